import { expect, test } from 'vitest';
import { ok } from '../../server/src/base/result.ts';
import { costlyMessage, type CostLimit } from '../../server/src/run/query-cost.ts';
import type { CostEstimate, Session } from '../../server/src/warehouse/warehouse.ts';

const expecting = (estimate: CostEstimate | undefined): Session => ({
  execute: () => Promise.reject(new Error('not asked for')),
  executeAll: () => Promise.reject(new Error('not asked for')),
  insertRows: () => Promise.reject(new Error('not asked for')),
  query: async () => ok({ columns: [], next: async () => ok(undefined), close: async () => undefined }),
  estimate: async () => ok(estimate),
  close: async () => undefined,
});

const answer = async (estimate: CostEstimate | undefined, costLimit: CostLimit): Promise<unknown> => {
  const message = await costlyMessage(expecting(estimate), 'select 1', {
    costLimit,
    signal: new AbortController().signal,
  });
  return message.ok ? message.value : message;
};

test.each<[CostEstimate | undefined, CostLimit, string | undefined]>([
  [{ bytes: 999 }, { bytes: 10 }, 'This query is expected to read 999 bytes (the limit is 10 bytes).'],
  [{ bytes: 1.24e12 }, { bytes: 5e9 }, 'This query is expected to read 1.2 TB (the limit is 5 GB).'],
  [
    { bytes: 2e6, rows: 1234567, cost: 12.7 },
    { rows: 1e6, cost: 12 },
    'This query is expected to read 1,234,567 rows (the limit is 1,000,000 rows) and to cost 13 units of the planner (the limit is 12 units of the planner).',
  ],
  [{ rows: 5 }, { bytes: 1 }, undefined],
  [undefined, { bytes: 0, rows: 0, cost: 0 }, undefined],
])('an estimate of %o against the limit %o', async (estimate, limit, expected) => {
  expect(await answer(estimate, limit)).toBe(expected);
});

test('without a limit in any measure nothing is asked of the engine', async () => {
  const session: Session = { ...expecting(undefined), estimate: () => Promise.reject(new Error('not asked for')) };
  const { signal } = new AbortController();
  for (const costLimit of [undefined, {}]) {
    expect(await costlyMessage(session, 'select 1', { costLimit, signal })).toEqual(ok(undefined));
  }
});
