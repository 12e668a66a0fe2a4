import { ok, type Result } from '../base/result.ts';
import type { CostEstimate, Session, WarehouseFailure } from '../warehouse/warehouse.ts';
import { queryRows, type QueryResult } from './query.ts';

/** The most that a query may be expected to take, by measure. */
export type CostLimit = CostEstimate;

/** The rows of a query, or why it was not run. */
export type AffordableRows =
  ({ readonly kind: 'rows' } & QueryResult) | { readonly kind: 'costly'; readonly message: string };

/**
 * The first rows of a query, as `queryRows` reads them, unless the engine expects it to take more than `costLimit`
 * allows: then nothing is run. An engine that expects nothing keeps nobody from running.
 */
export async function affordableRows(
  session: Session,
  sql: string,
  {
    limit,
    costLimit,
    signal,
  }: { readonly limit: number; readonly costLimit: CostLimit | undefined; readonly signal: AbortSignal },
): Promise<Result<AffordableRows, WarehouseFailure>> {
  if (costLimit !== undefined && MEASURES.some(it => costLimit[it] !== undefined)) {
    const estimate = await session.estimate(sql, { signal });
    if (!estimate.ok) return estimate;
    const message = estimate.value && excess(estimate.value, costLimit);
    if (message !== undefined) return ok({ kind: 'costly', message });
  }
  const rows = await queryRows(session, sql, { limit, signal });
  return rows.ok ? ok({ kind: 'rows', ...rows.value }) : rows;
}

const MEASURES = ['bytes', 'rows', 'cost'] as const;

/** What an estimate is over the limit in, as a sentence; `undefined` when it is within it. */
function excess(estimate: CostEstimate, limit: CostLimit): string | undefined {
  const over = MEASURES.flatMap(measure => {
    const [expected, allowed] = [estimate[measure], limit[measure]];
    if (expected === undefined || allowed === undefined || expected <= allowed) return [];
    const [verb, amount] = TEXT[measure];
    return [`${verb} ${amount(expected)} (the limit is ${amount(allowed)})`];
  });
  return over.length === 0 ? undefined : `This query is expected to ${over.join(' and to ')}.`;
}

const TEXT: Readonly<Record<(typeof MEASURES)[number], readonly [string, (amount: number) => string]>> = {
  bytes: ['read', bytesText],
  rows: ['read', amount => `${numberText(amount)} rows`],
  cost: ['cost', amount => `${numberText(amount)} units of the planner`],
};

const numberText = (amount: number): string => Math.round(amount).toLocaleString('en-US');

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];

function bytesText(bytes: number): string {
  const thousands = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  const amount = bytes / 1000 ** thousands;
  return `${amount.toLocaleString('en-US', { maximumFractionDigits: 1 })} ${UNITS[thousands]}`;
}
