import { expect, test } from 'vitest';
import { ok } from '../../server/src/base/result.ts';
import { affordableRows, type CostLimit } from '../../server/src/run/affordable-rows.ts';
import type { CostEstimate, Session } from '../../server/src/warehouse/warehouse.ts';

const expecting = (estimate: CostEstimate | undefined): Session => ({
  execute: () => Promise.reject(new Error('not asked for')),
  insertRows: () => Promise.reject(new Error('not asked for')),
  query: async () => ok({ columns: [], next: async () => ok(undefined), close: async () => undefined }),
  estimate: async () => ok(estimate),
  close: async () => undefined,
});

const answer = async (estimate: CostEstimate | undefined, costLimit: CostLimit): Promise<unknown> => {
  const options = { limit: 1, costLimit, signal: new AbortController().signal };
  const rows = await affordableRows(expecting(estimate), 'select 1', options);
  return rows.ok && rows.value.kind === 'costly' ? rows.value.message : rows.ok && rows.value.kind;
};

test.each<[CostEstimate | undefined, CostLimit, string]>([
  [{ bytes: 999 }, { bytes: 10 }, 'This query is expected to read 999 bytes (the limit is 10 bytes).'],
  [{ bytes: 1.24e12 }, { bytes: 5e9 }, 'This query is expected to read 1.2 TB (the limit is 5 GB).'],
  [
    { bytes: 2e6, rows: 1234567, cost: 12.7 },
    { rows: 1e6, cost: 12 },
    'This query is expected to read 1,234,567 rows (the limit is 1,000,000 rows) and to cost 13 units of the planner (the limit is 12 units of the planner).',
  ],
  [{ rows: 5 }, { bytes: 1 }, 'rows'],
  [undefined, { bytes: 0, rows: 0, cost: 0 }, 'rows'],
])('an estimate of %o against the limit %o', async (estimate, limit, expected) => {
  expect(await answer(estimate, limit)).toBe(expected);
});

test('without a limit in any measure nothing is asked of the engine', async () => {
  const session: Session = { ...expecting(undefined), estimate: () => Promise.reject(new Error('not asked for')) };
  const options = { limit: 1, signal: new AbortController().signal };
  for (const costLimit of [undefined, {}]) {
    expect(await affordableRows(session, 'select 1', { ...options, costLimit })).toMatchObject({ ok: true });
  }
});
