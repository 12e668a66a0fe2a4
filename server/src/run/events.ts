import type { PlannedNode } from './plan.ts';
import type { NodeResult } from './result.ts';

/** How one batch of a microbatch model ended: `2024-09-17`, the second of three. */
export interface BatchProgress {
  readonly name: string;
  readonly nth: number;
  readonly total: number;
  readonly result: Pick<NodeResult, 'status' | 'message' | 'rows' | 'seconds'>;
}

/** What happens in a run, as it happens. */
export type RunEvent =
  | { readonly kind: 'planned'; readonly nodes: readonly PlannedNode[] }
  | { readonly kind: 'started'; readonly node: PlannedNode }
  | { readonly kind: 'finished'; readonly node: PlannedNode; readonly result: NodeResult }
  | { readonly kind: 'batch'; readonly node: PlannedNode; readonly batch: BatchProgress }
  /** What a template said by `log(…, info=true)`, `print` or `exceptions.warn`, or the run itself. */
  | { readonly kind: 'log'; readonly level: 'info' | 'warning' | 'error'; readonly message: string };
