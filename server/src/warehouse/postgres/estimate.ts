import type { CostEstimate } from '../warehouse.ts';

/**
 * What the lines of EXPLAIN expect, in PostgreSQL's words and in Redshift's, which differ by a prefix: the whole cost
 * and the rows of all steps that read a table, a function or a file. `undefined` when no line tells a cost.
 */
export function planEstimate(lines: readonly string[]): CostEstimate | undefined {
  const steps = lines.flatMap(stepsOf);
  const [whole] = steps;
  if (whole === undefined) return undefined;
  const rows = steps.filter(it => READING.test(it.name)).reduce((sum, it) => sum + it.rows, 0);
  return { cost: whole.cost, rows };
}

function stepsOf(line: string): readonly { readonly name: string; readonly cost: number; readonly rows: number }[] {
  const [matched, name = '', cost, rows] = STEP.exec(line) ?? [];
  return matched === undefined ? [] : [{ name, cost: Number(cost), rows: Number(rows) }];
}

const STEP = /^\s*(?:->\s+)?(.*?)\s+\(cost=[\d.]+\.\.([\d.]+) rows=(\d+) width=\d+\)/;

/** Other scans read what another step has read: a CTE, a subquery, the index of a bitmap. */
const READING =
  /^(?:XN )?(?:Parallel )?(?:(?:Seq|Index|Index Only|Bitmap Heap|Tid|Tid Range|Sample|Foreign|Function|Table Function|S3 Query) Scan)\b/;
