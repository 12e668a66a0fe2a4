import type { Cell } from '../../base/statement.ts';
import type { CostEstimate } from '../warehouse.ts';

/** The part that is read here of what EXPLAIN (TYPE IO, FORMAT JSON) answers. */
interface IoPlan {
  readonly inputTableColumnInfos?: readonly { readonly estimate?: Readonly<Record<string, unknown>> }[];
}

/**
 * What the answer of EXPLAIN (TYPE IO) expects: rows and bytes of all tables read. A table without statistics is told
 * as NaN and makes the sum unknown, so that no part of it is taken for all.
 */
export function planEstimate(rows: readonly (readonly Cell[])[]): CostEstimate | undefined {
  const text = rows[0]?.[0];
  if (typeof text !== 'string') return undefined;
  // The server's answer has the shape that it documents.
  const { inputTableColumnInfos: tables = [] } = JSON.parse(text) as IoPlan;
  const sum = (measure: string): number => tables.reduce((total, it) => total + Number(it.estimate?.[measure]), 0);
  const [nRows, bytes] = [sum('outputRowCount'), sum('outputSizeInBytes')];
  const known = { ...(Number.isFinite(nRows) ? { rows: nRows } : {}), ...(Number.isFinite(bytes) ? { bytes } : {}) };
  return Object.keys(known).length === 0 ? undefined : known;
}
