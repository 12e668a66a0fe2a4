import { describe, expect, test } from 'vitest';
import type { Manifest, ManifestNode } from '../../server/src/dbt/manifest/node.ts';
import { planRun, widthOf, type PlannedNode, type RunCommand } from '../../server/src/run/plan.ts';

/** Only what a plan reads of a node. */
function node(uniqueId: string, parents: readonly string[], materialized = 'view'): ManifestNode {
  const [resourceType, , name] = uniqueId.split('.');
  const partial = {
    uniqueId,
    resourceType,
    name,
    file: `${name}.sql`,
    config: new Map([['materialized', materialized]]),
    dependsOn: { nodes: parents, macros: [] },
    testedNode: resourceType === 'unit_test' ? parents[0] : undefined,
    relation: { relationName: `"main"."${name}"` },
  };
  return partial as unknown as ManifestNode;
}

const nodes = [
  node('source.s.raw', []),
  node('seed.s.channels', [], 'seed'),
  node('model.s.stg', ['source.s.raw']),
  node('model.s.hidden', ['model.s.stg'], 'ephemeral'),
  node('model.s.funnel', ['model.s.hidden', 'seed.s.channels'], 'table'),
  node('model.s.report', ['model.s.funnel']),
  node('model.s.lone', []),
  node('test.s.stg_filled', ['model.s.stg']),
  node('test.s.stg_and_funnel', ['model.s.stg', 'model.s.funnel']),
  node('test.s.report_filled', ['model.s.report']),
  node('unit_test.s.funnel_sums', ['model.s.funnel']),
];

function manifest(): Manifest {
  const isUnitTest = (it: ManifestNode) => it.resourceType === 'unit_test';
  const parents = new Map(nodes.map(it => [it.uniqueId, 'dependsOn' in it ? it.dependsOn.nodes : []]));
  const childrenOf = (id: string) => nodes.filter(it => parents.get(it.uniqueId)!.includes(id)).map(it => it.uniqueId);
  const partial = {
    nodes: new Map(nodes.filter(it => !isUnitTest(it) && it.resourceType !== 'source').map(it => [it.uniqueId, it])),
    unitTests: new Map(nodes.filter(isUnitTest).map(it => [it.uniqueId, it])),
    parents,
    children: new Map(nodes.map(it => [it.uniqueId, childrenOf(it.uniqueId)])),
  };
  return partial as unknown as Manifest;
}

/** Each planned node with what it waits for. */
function planned(command: RunCommand, without: readonly string[] = []): Readonly<Record<string, string>> {
  const ids = nodes.map(it => it.uniqueId).filter(id => !without.includes(id));
  const { nodes: inOrder, waitsFor } = planRun(command, ids, manifest());
  return Object.fromEntries(
    inOrder.map(it => [
      it.name,
      [...waitsFor.get(it.id)!]
        .map(id => id.split('.')[2]!)
        .sort()
        .join(' '),
    ]),
  );
}

describe('a plan', () => {
  test('run: models after models, ephemeral ones passed through', () => {
    expect(planned('run')).toEqual({ stg: '', lone: '', funnel: 'stg', report: 'funnel' });
  });

  test('a node waits for the nearest selected ones, whatever lies between', () => {
    expect(planned('run', ['model.s.funnel'])).toEqual({ stg: '', lone: '', report: 'stg' });
  });

  test('test: nothing waits for anything', () => {
    expect(planned('test')).toEqual({ stg_filled: '', stg_and_funnel: '', report_filled: '', funnel_sums: '' });
  });

  test('build: models wait for the tests above them, and for their own unit tests', () => {
    expect(planned('build')).toEqual({
      channels: '',
      stg: '',
      lone: '',
      stg_filled: 'stg',
      funnel_sums: 'channels stg stg_filled',
      funnel: 'channels funnel_sums stg stg_filled',
      stg_and_funnel: 'funnel stg',
      report: 'funnel stg_and_funnel stg_filled',
      report_filled: 'report',
    });
  });

  test('the order of the nodes respects what they wait for', () => {
    const { nodes: inOrder, waitsFor } = planRun(
      'build',
      nodes.map(it => it.uniqueId),
      manifest(),
    );
    const place = new Map(inOrder.map((it, at) => [it.id, at]));
    for (const [id, parents] of waitsFor) {
      for (const parent of parents) expect(place.get(parent)).toBeLessThan(place.get(id)!);
    }
  });
});

test('a plan is as wide as its widest level', () => {
  const plan = (waits: Readonly<Record<string, readonly string[]>>): number =>
    widthOf({
      nodes: Object.keys(waits).map(id => ({ ...({} as PlannedNode), id })),
      waitsFor: new Map(Object.entries(waits).map(([id, above]) => [id, new Set(above)])),
    });
  expect(plan({})).toBe(0);
  expect(plan({ a: [], b: ['a'], c: ['b'] })).toBe(1);
  expect(plan({ a: [], lone: [], b: ['a'], c: ['a'], d: ['a', 'lone'], e: ['b', 'c'] })).toBe(3);
});
