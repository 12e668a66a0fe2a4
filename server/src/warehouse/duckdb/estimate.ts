import type { CostEstimate } from '../warehouse.ts';

/** A step of a plan as EXPLAIN (FORMAT JSON) writes it. */
interface Step {
  readonly children: readonly Step[];
  readonly extra_info: Readonly<Record<string, unknown>>;
}

/** What the answer of EXPLAIN (FORMAT JSON) expects: the rows of all steps that read. DuckDB tells no cost. */
export function planEstimate(answer: readonly (readonly unknown[])[]): CostEstimate | undefined {
  const plan = answer.find(([kind]) => kind === 'physical_plan')?.[1];
  if (typeof plan !== 'string') return undefined;
  // The engine's own answer has the shape that it documents.
  const roots = JSON.parse(plan) as readonly Step[];
  return { rows: roots.reduce((sum, it) => sum + rowsRead(it), 0) };
}

/** Reading are the steps that nothing flows into. */
function rowsRead({ children, extra_info }: Step): number {
  if (children.length > 0) return children.reduce((sum, it) => sum + rowsRead(it), 0);
  const rows = Number(extra_info['Estimated Cardinality']);
  return Number.isFinite(rows) ? rows : 0;
}
