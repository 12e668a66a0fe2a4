import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Data } from '../../../server/src/dbt/manifest/data.ts';
import type { Manifest, ManifestNode } from '../../../server/src/dbt/manifest/node.ts';
import { parseSelection } from '../../../server/src/dbt/selection/parse.ts';
import { select } from '../../../server/src/dbt/selection/select.ts';
import { readSelectors } from '../../../server/src/dbt/selection/selectors-file.ts';
import type { IndirectSelection, SelectionSpec } from '../../../server/src/dbt/selection/spec.ts';
import { dataOf } from '../../../server/src/dbt/manifest/yaml-data.ts';
import { parseYaml } from '../../../server/src/syntax/yaml/parse.ts';

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
const meta = new Map<string, Data>([
  ['owner', 'growth'],
  ['tier', 1],
  ['core', true],
  ['teams', ['sales', 'ops']],
]);
const growth = {
  tags: ['daily'],
  config: new Map<string, Data>([
    ['meta', meta],
    ['group', 'growth'],
  ]),
};
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

function selected(text: string, exclude = '', indirect: IndirectSelection = 'eager'): string {
  const spec = parseSelection({ select: text === '' ? [] : [text], exclude: [exclude], indirect });
  return spec.ok ? found(spec.value) : spec.failure.message;
}

function found(spec: SelectionSpec): string {
  const ids = select(spec, { manifest: manifest(), projectName: 'shop' });
  return ids.ok ? ids.value.map(it => it.replace(/^(\w)\w*\.shop\./, '$1:')).join(' ') : ids.failure.message;
}

/** What a selector of a `selectors.yml` finds, or what is wrong with the file. */
function selectedBy(yaml: string, name: string, indirect: IndirectSelection = 'eager'): string {
  const selectors = readSelectors(dataOf(parseYaml(yaml).root), indirect);
  if (!selectors.ok) return selectors.failure.message;
  return found(selectors.value.specs.get(name)!);
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
    ['config.meta.owner:growth', 'm:funnel t:both t:funnel_filled'],
    ['config.meta.owner:Growth', ''],
    ['config.meta.tier:1', ''],
    ['config.meta.core:True', 'm:funnel t:both t:funnel_filled'],
    ['config.meta.teams:sales', 'm:funnel t:both t:funnel_filled'],
    ['test_type:singular', 't:both'],
    ['test_name:not_null', 't:funnel_filled t:raw_filled'],
    ['resource_type:exposure', 'e:board'],
    ['package:this,resource_type:seed', 's:channels'],
    ['board', 'e:board'],
    ['group:growth', 'm:funnel t:both t:funnel_filled'],
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
  ])('%s', (text, expected) => expect(selected(text)).toBe(expected));

  test('an empty text selects nothing', () => {
    expect(selected(' ')).toBe('');
  });

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
  ['selector:daily', "'selector' is not a valid method name"],
  ['resource_type:table', 'Invalid resource_type selector "table"'],
  ['exposure:a.b.c', 'Invalid exposure selector value "a.b.c"'],
])('%s is refused', (text, message) => expect(selected(text)).toContain(message));

describe('selectors.yml', () => {
  const file = (...entries: readonly string[]): string => `selectors:\n${entries.map(it => `  - ${it}\n`).join('')}`;

  test.each([
    ['a text', '"tag:daily"', 'm:funnel t:both t:funnel_filled'],
    ['one method', '{tag: daily}', 'm:funnel t:both t:funnel_filled'],
    [
      'neighbours',
      '{method: fqn, value: funnel, parents: true, parents_depth: 1}',
      'm:funnel m:stg_events m:stg_users t:both t:funnel_filled',
    ],
    [
      'a depth of zero, which is none',
      '{method: fqn, value: report, parents: true, parents_depth: 0, indirect_selection: empty}',
      'm:funnel m:report m:stg_events m:stg_users s:channels s:raw.events u:report.sums',
    ],
    ['its own mode', '{method: fqn, value: funnel, indirect_selection: cautious}', 'm:funnel t:funnel_filled'],
    ['an exclusion', '{method: fqn, value: funnel, exclude: [{test_type: singular}]}', 'm:funnel t:funnel_filled'],
    [
      'a union with an exclusion',
      '{union: ["path:models/marts", {exclude: [report]}]}',
      'm:funnel t:both t:funnel_filled',
    ],
    ['an intersection', '{intersection: [{path: models/marts}, {tag: daily}]}', 'm:funnel t:both t:funnel_filled'],
    ['numbers as they are', '{config.meta.tier: 1}', 'm:funnel t:both t:funnel_filled'],
  ])('understands %s', (_, definition, expected) => {
    expect(selectedBy(file(`{name: a, definition: ${definition}}`), 'a')).toBe(expected);
  });

  test('one definition takes another as it is, whatever stands beside', () => {
    const yaml = file(
      '{name: a, definition: {tag: daily}}',
      '{name: b, definition: {method: selector, value: a, parents: true}}',
    );
    expect(selectedBy(yaml, 'b')).toBe('m:funnel t:both t:funnel_filled');
  });

  test('what is put together in the file waits for no other parents of a cautious test', () => {
    const yaml = file('{name: a, definition: {union: [funnel, stg_users]}}');
    expect(selectedBy(yaml, 'a', 'cautious')).toBe('m:funnel m:stg_users t:funnel_filled');
  });

  test.each([
    ['{name: a, definition: {method: selector, value: b}}', 'Existing selector definition for b not found.'],
    ['{name: a, definition: {nope: x}}', "'nope' is not a valid method name"],
    ['{name: a, definition: {union: x}}', 'Invalid value for key "union". Expected a list.'],
    ['{name: a, definition: {union: [x], intersection: [y]}}', "Only a single 'union' or 'intersection' key"],
    [
      '{name: a, definition: {union: [{exclude: [x]}, {exclude: [y]}]}}',
      'You cannot provide multiple exclude arguments',
    ],
    ['{name: a, definition: [x]}', 'Could not parse selector file data: \n- x\n'],
    ['{definition: x}', 'Could not parse selector file data: \ndefinition: x\n'],
    ['{name: a, definition: {tag: x, fqn: y}}', 'Expected either 1 key or else "method" and "value" keys'],
  ])('refuses %s', (entry, message) => expect(selectedBy(file(entry), 'a')).toContain(message));

  test('refuses two defaults', () => {
    const yaml = file('{name: a, default: true, definition: x}', '{name: b, default: true, definition: x}');
    expect(selectedBy(yaml, 'a')).toContain('Found multiple selectors with `default: true`:a and b');
  });
});

describe('the algebra of selections', () => {
  const terms =
    'funnel report stg_* tag:daily path:models/marts source:raw +report stg_events+ @channels 1+report wide exposure:board test_type:generic fqn:*'.split(
      ' ',
    );
  const term = fc.constantFrom(...terms);
  const modes = fc.constantFrom<IndirectSelection>('eager', 'cautious', 'buildable', 'empty');
  const set = (text: string, exclude = '', mode: IndirectSelection = 'eager'): ReadonlySet<string> =>
    new Set(selected(text, exclude, mode).split(' ').filter(Boolean));

  const isSubset = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => [...a].every(it => b.has(it));

  test('blanks are unions, commas intersections and --exclude a difference', () => {
    fc.assert(
      fc.property(term, term, fc.constantFrom<IndirectSelection>('eager', 'empty'), (a, b, mode) => {
        const [left, right] = [set(a, '', mode), set(b, '', mode)];
        expect(set(`${a} ${b}`, '', mode)).toEqual(new Set([...left, ...right]));
        expect(set(`${a},${b}`, '', mode)).toEqual(new Set([...left].filter(it => right.has(it))));
        expect(set(a, b, mode)).toEqual(new Set([...left].filter(it => !right.has(it))));
      }),
    );
  });

  test('the order of parts does not matter, nor does saying one twice', () => {
    fc.assert(
      fc.property(term, term, modes, (a, b, mode) => {
        expect(set(`${a} ${b}`, '', mode)).toEqual(set(`${b} ${a}`, '', mode));
        expect(set(`${a},${b}`, '', mode)).toEqual(set(`${b},${a}`, '', mode));
        expect(set(`${a} ${a}`, '', mode)).toEqual(set(a, '', mode));
      }),
    );
  });

  test('each mode brings the tests of the stricter ones and maybe more', () => {
    fc.assert(
      fc.property(term, term, (a, b) => {
        const text = `${a} ${b}`;
        const [none, cautious, buildable, eager] = (['empty', 'cautious', 'buildable', 'eager'] as const).map(mode =>
          set(text, '', mode),
        );
        expect(isSubset(none!, cautious!) && isSubset(cautious!, buildable!) && isSubset(buildable!, eager!)).toBe(
          true,
        );
      }),
    );
  });

  test('one step further finds what is there already and its neighbours', () => {
    fc.assert(
      fc.property(fc.constantFrom('report', 'funnel', 'source:raw', 'channels'), fc.nat(3), (name, steps) => {
        const near = set(`${steps}+${name}`, '', 'empty');
        const next = set(`${steps + 1}+${name}`, '', 'empty');
        expect(isSubset(near, next)).toBe(true);
        expect(isSubset(next, set(`+${name}`, '', 'empty'))).toBe(true);
      }),
    );
  });
});
