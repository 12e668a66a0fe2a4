import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Plan, PlannedNode } from '../../server/src/run/plan.ts';
import type { NodeResult, NodeStatus } from '../../server/src/run/result.ts';
import { runPlan, type ScheduleOptions } from '../../server/src/run/schedule.ts';

const nodeNamed = (id: string): PlannedNode => ({
  id,
  name: id,
  resourceType: 'model',
  materialized: 'view',
  relation: undefined,
  file: `${id}.sql`,
});

function resultOf(id: string, status: NodeStatus, message?: string): NodeResult {
  return {
    id,
    status,
    message,
    rows: undefined,
    failures: undefined,
    seconds: 0,
    startedAt: '',
    completedAt: '',
    thread: '',
    failure: undefined,
    compiledSql: undefined,
    ctes: [],
    macros: [],
    runSql: undefined,
  };
}

/** `a b<a c<a,b`: nodes, each with what it waits for. */
function planOf(text: string): Plan {
  const nodes = text.split(' ').map(it => it.split('<'));
  return {
    nodes: nodes.map(([id]) => nodeNamed(id!)),
    waitsFor: new Map(nodes.map(([id, parents]) => [id!, new Set(parents?.split(',') ?? [])])),
  };
}

/** Runs a plan whose failing nodes end with the given status, and says what happened in order. */
async function run(
  text: string,
  failing: Readonly<Record<string, NodeStatus>> = {},
  more: Partial<ScheduleOptions> = {},
) {
  const log: string[] = [];
  await runPlan(planOf(text), {
    threads: 1,
    failFast: false,
    signal: new AbortController().signal,
    work: async ({ id }) => resultOf(id, failing[id] ?? 'success'),
    notRun: ({ id }, why, message) => resultOf(id, why, message),
    started: ({ id }) => log.push(`+${id}`),
    finished: (_, { id, status }) => log.push(`${id}:${status}`),
    ...more,
  });
  return log.join(' ');
}

describe('a plan is worked off', () => {
  test('in the order of what waits for what', async () => {
    expect(await run('a b<a c<a,b')).toBe('+a a:success +b b:success +c c:success');
  });

  test('as many nodes side by side as there are threads', async () => {
    expect(await run('a b c<a,b', {}, { threads: 2 })).toBe('+a +b a:success b:success +c c:success');
  });

  test.each(['error', 'fail', 'cancelled'] as const)(
    'what lies below a node that ended with %s is skipped',
    async status => {
      expect(await run('a b<a c<b d', { a: status })).toBe(`+a a:${status} b:skipped c:skipped +d d:success`);
    },
  );

  test('a warning keeps nobody from starting', async () => {
    expect(await run('a b<a', { a: 'warn' })).toBe('+a a:warn +b b:success');
  });

  test('with fail-fast only what was ready at the first failure starts, as in dbt', async () => {
    expect(await run('a b c<b', { a: 'fail' }, { failFast: true })).toBe('+a a:fail +b b:success c:skipped');
  });

  test('after a cancel nothing starts, and what has not started is cancelled', async () => {
    const controller = new AbortController();
    const work = async ({ id }: PlannedNode) => {
      controller.abort();
      return resultOf(id, 'cancelled');
    };
    expect(await run('a b<a c', {}, { signal: controller.signal, work })).toBe(
      '+a a:cancelled b:cancelled c:cancelled',
    );
  });

  test('nodes of a cycle are skipped, and the rest is done', async () => {
    expect(await run('a b<c c<b')).toBe('+a a:success b:skipped c:skipped');
  });

  test('every node ends exactly once, never before what it waits for, whatever fails and however many threads', async () => {
    const size = 12;
    const edges = fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(
        edges,
        fc.array(fc.nat(size - 1)),
        fc.integer({ min: 1, max: 5 }),
        async (pairs, failing, threads) => {
          const ids = Array.from({ length: size }, (_, at) => `n${at}`);
          const waitsFor = new Map(
            ids.map((id, at) => [id, new Set(pairs.filter(([a, b]) => a < b && b === at).map(([a]) => `n${a}`))]),
          );
          const ended: NodeResult[] = [];
          const results = await runPlan(
            { nodes: ids.map(nodeNamed), waitsFor },
            {
              threads,
              failFast: false,
              signal: new AbortController().signal,
              work: async ({ id }) => {
                const good = new Set(ended.filter(it => it.status === 'success').map(it => it.id));
                expect([...waitsFor.get(id)!].filter(parent => !good.has(parent))).toEqual([]);
                await new Promise(resolve => setImmediate(resolve));
                return resultOf(id, failing.includes(Number(id.slice(1))) ? 'error' : 'success');
              },
              notRun: ({ id }, why, message) => resultOf(id, why, message),
              started: () => undefined,
              finished: (_, result) => ended.push(result),
            },
          );
          expect(results.map(it => it.id).sort()).toEqual([...ids].sort());
        },
      ),
      { numRuns: 50 },
    );
  });
});
