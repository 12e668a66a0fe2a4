import { describe, expect, test } from 'vitest';
import type { Data } from '../../../server/src/dbt/manifest/data.ts';
import type { Manifest, ManifestNode } from '../../../server/src/dbt/manifest/node.ts';
import { parseSelection } from '../../../server/src/dbt/selection/parse.ts';
import { select } from '../../../server/src/dbt/selection/select.ts';
import { readSelectors } from '../../../server/src/dbt/selection/selectors-file.ts';
import type { IndirectSelection } from '../../../server/src/dbt/selection/spec.ts';

/** Only what a selection reads of a node; the rest of a real one is not asked for. */
function node(uniqueId: string, path: string, parents: readonly string[], more: object = {}): ManifestNode {
  const [resourceType = '', packageName = '', ...names] = uniqueId.split('.');
  const folders = path.split('/').slice(1, -1);
  const partial = {
    uniqueId,
    resourceType,
    packageName,
    name: names.at(-1),
    originalPath: path,
    fqn: [packageName, ...folders, ...names],
    tags: [],
    config: new Map(),
    dependsOn: { nodes: parents, macros: [] },
    ...more,
  };
  return partial as unknown as ManifestNode;
}

const generic = { testMetadata: { name: 'not_null', namespace: undefined, kwargs: new Map() } };
const growth = { tags: ['daily'], config: new Map<string, Data>([['meta', new Map([['owner', 'growth']])]]) };
const nodes = [
  node('source.shop.raw.events', 'models/s.yml', [], { sourceName: 'raw', tags: ['money'] }),
  node('seed.shop.channels', 'seeds/channels.csv', []),
  node('model.shop.stg_events', 'models/staging/stg_events.sql', ['source.shop.raw.events'], { access: 'protected' }),
  node('model.shop.stg_users', 'models/staging/stg_users.sql', [], { access: 'protected' }),
  node('model.shop.funnel', 'models/marts/funnel.sql', ['model.shop.stg_events', 'model.shop.stg_users'], {
    ...growth,
    access: 'public',
    group: 'growth',
  }),
  node('model.shop.report', 'models/marts/report.sql', ['model.shop.funnel', 'seed.shop.channels'], {
    access: 'private',
  }),
  node('model.shop.wide.v1', 'models/wide_v1.sql', [], { name: 'wide', version: 1, latestVersion: 2 }),
  node('model.shop.wide.v2', 'models/wide_v2.sql', [], { name: 'wide', version: 2, latestVersion: 2 }),
  node('test.shop.funnel_filled', 'models/s.yml', ['model.shop.funnel'], generic),
  node('test.shop.both', 'tests/both.sql', ['model.shop.funnel', 'model.shop.stg_users']),
  node('test.shop.raw_filled', 'models/s.yml', ['source.shop.raw.events'], generic),
  node('unit_test.shop.report.sums', 'models/s.yml', ['model.shop.report']),
  node('exposure.shop.board', 'models/s.yml', ['model.shop.report']),
];

function manifest(): Manifest {
  const some = (...types: readonly string[]) =>
    new Map(nodes.filter(it => types.includes(it.resourceType)).map(it => [it.uniqueId, it]));
  const parents = new Map(nodes.map(it => [it.uniqueId, 'dependsOn' in it ? it.dependsOn.nodes : []]));
  const children = new Map(
    nodes.map(it => [
      it.uniqueId,
      nodes.filter(other => parents.get(other.uniqueId)!.includes(it.uniqueId)).map(other => other.uniqueId),
    ]),
  );
  const partial = {
    nodes: some('model', 'seed', 'test'),
    sources: some('source'),
    exposures: some('exposure'),
    unitTests: some('unit_test'),
    semantic: new Map(),
    parents,
    children,
  };
  return partial as unknown as Manifest;
}

const definitions = new Map<string, Data>([
  [
    'selectors',
    [
      new Map<string, Data>([
        ['name', 'marts'],
        ['default', true],
        [
          'definition',
          new Map<string, Data>([
            [
              'union',
              [
                'path:models/marts',
                new Map<string, Data>([
                  [
                    'exclude',
                    [
                      new Map([
                        ['method', 'fqn'],
                        ['value', 'report'],
                      ]),
                    ],
                  ],
                ]),
              ],
            ],
          ]),
        ],
      ]),
      new Map<string, Data>([
        ['name', 'loop'],
        ['definition', 'selector:loop'],
      ]),
      new Map<string, Data>([
        ['name', 'daily'],
        ['definition', new Map([['tag', 'daily']])],
      ]),
    ],
  ],
]);

function selected(text: string, exclude = '', indirect: IndirectSelection = 'eager'): string {
  const spec = parseSelection({ select: [text], exclude: [exclude], indirect });
  const selectors = readSelectors(definitions, indirect);
  if (!spec.ok) return spec.failure.message;
  if (!selectors.ok) return selectors.failure.message;
  const ids = select(spec.value, { manifest: manifest(), projectName: 'shop', selectors: selectors.value.specs });
  return ids.ok ? ids.value.map(it => it.replace(/^(\w)\w*\.shop\./, '$1:')).join(' ') : ids.failure.message;
}

describe('names and methods', () => {
  test.each([
    ['funnel', 'm:funnel t:both t:funnel_filled'],
    ['shop.staging', 'm:stg_events m:stg_users t:both'],
    ['staging.stg_events', 'm:stg_events'],
    ['stg_*', ''],
    ['staging.stg_*', 'm:stg_events m:stg_users t:both'],
    ['sums', 'u:report.sums'],
    ['wide', 'm:wide.v1 m:wide.v2'],
    ['wide.v1', 'm:wide.v1'],
    ['wide_v2', 'm:wide.v2'],
    ['version:latest', 'm:wide.v2'],
    ['version:old', 'm:wide.v1'],
    ['channels', 's:channels'],
    ['funnel.sql', 'm:funnel t:both t:funnel_filled'],
    ['file:wide_v1', 'm:wide.v1'],
    ['models/marts', 'm:funnel m:report t:both t:funnel_filled u:report.sums'],
    ['path:models/**/rep*.sql', 'm:report u:report.sums'],
    ['path:tests', 't:both'],
    ['tag:daily', 'm:funnel t:both t:funnel_filled'],
    ['tag:money', 's:raw.events t:raw_filled'],
    ['source:raw', 's:raw.events t:raw_filled'],
    ['source:shop.raw.events', 's:raw.events t:raw_filled'],
    ['exposure:board', 'e:board'],
    ['access:public', 'm:funnel t:both t:funnel_filled'],
    ['group:growth', 'm:funnel t:both t:funnel_filled'],
    ['config.meta.owner:Growth', 'm:funnel t:both t:funnel_filled'],
    ['test_type:singular', 't:both'],
    ['test_name:not_null', 't:funnel_filled t:raw_filled'],
    ['resource_type:exposure', 'e:board'],
    ['package:this,resource_type:seed', 's:channels'],
    ['selector:daily', 'm:funnel t:both t:funnel_filled'],
    ['selector:marts', 'm:funnel t:both t:funnel_filled'],
  ])('%s', (text, expected) => expect(selected(text)).toBe(expected));
});

describe('along the graph', () => {
  test.each([
    ['stg_events+', 'e:board m:funnel m:report m:stg_events t:both t:funnel_filled u:report.sums'],
    ['stg_events+1', 'm:funnel m:stg_events t:both t:funnel_filled'],
    ['+source:raw', 's:raw.events t:raw_filled'],
    ['1+report', 'm:funnel m:report s:channels t:both t:funnel_filled u:report.sums'],
    [
      '@channels',
      'e:board m:funnel m:report m:stg_events m:stg_users s:channels s:raw.events t:both t:funnel_filled t:raw_filled u:report.sums',
    ],
    ['+exposure:board,tag:daily', 'm:funnel t:both t:funnel_filled'],
    ['stg_users channels', 'm:stg_users s:channels t:both'],
    ['1+selector:daily', 'm:funnel m:stg_events m:stg_users t:both t:funnel_filled'],
  ])('%s', (text, expected) => expect(selected(text)).toBe(expected));

  test('an exclusion takes away with it the tests that come along', () => {
    expect(selected('tag:daily', 'stg_users')).toBe('m:funnel t:funnel_filled');
    expect(selected('', 'path:models path:tests path:seeds')).toBe('');
  });
});

test.each([
  ['eager', 'm:funnel t:both t:funnel_filled'],
  ['cautious', 'm:funnel t:funnel_filled'],
  ['buildable', 'm:funnel t:both t:funnel_filled'],
  ['empty', 'm:funnel'],
] as const)('tests come along %s', (mode, expected) => {
  expect(selected('funnel', '', mode)).toBe(expected);
});

test('cautious tests come along when other criteria select the rest of their parents', () => {
  expect(selected('funnel stg_users', '', 'cautious')).toBe('m:funnel m:stg_users t:both t:funnel_filled');
});

test.each([
  ['shape:round', "'shape' is not a valid method name"],
  ['@funnel+', '"@" prefix and "+" suffix are incompatible'],
  ['source:a.b.c.d', 'Invalid source selector value "a.b.c.d"'],
  ['state:modified', 'no comparison manifest'],
  ['selector:ghost', "Could not find selector named ghost, expected one of ['marts', 'loop', 'daily']"],
  ['selector:loop', 'Could not find selector named loop'],
])('%s is refused', (text, message) => expect(selected(text)).toContain(message));
