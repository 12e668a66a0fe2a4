import { ok, type Result } from '../base/result.ts';
import type { CostEstimate, Session, WarehouseFailure } from '../warehouse/warehouse.ts';

/** The most that a query may be expected to take, by measure. */
export type CostLimit = CostEstimate;

/**
 * Why a query is not run without being asked for again: the engine expects it to take more than `costLimit` allows.
 * `undefined` when it is within it, and when the engine expects nothing.
 */
export async function costlyMessage(
  session: Pick<Session, 'estimate'>,
  sql: string,
  { costLimit, signal }: { readonly costLimit: CostLimit | undefined; readonly signal: AbortSignal },
): Promise<Result<string | undefined, WarehouseFailure>> {
  if (costLimit === undefined || MEASURES.every(it => costLimit[it] === undefined)) return ok(undefined);
  const estimate = await session.estimate(sql, { signal });
  return estimate.ok ? ok(estimate.value && excess(estimate.value, costLimit)) : estimate;
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
