import type { PlannedNode } from './plan.ts';
import type { NodeResult } from './result.ts';

/** What happens in a run, as it happens. */
export type RunEvent =
  | { readonly kind: 'planned'; readonly nodes: readonly PlannedNode[] }
  | { readonly kind: 'started'; readonly node: PlannedNode }
  | { readonly kind: 'finished'; readonly node: PlannedNode; readonly result: NodeResult }
  /** What a template said by `log(…, info=true)`, `print` or `exceptions.warn`, or the run itself. */
  | { readonly kind: 'log'; readonly level: 'info' | 'warning' | 'error'; readonly message: string };
