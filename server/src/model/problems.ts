import type { Origin } from '../render/rendered.ts';

/** How bad a problem is: an error stops the node from running, a warning is dbt's or ours, a hint only helps. */
export type Severity = 'error' | 'warning' | 'hint';

/** Another place that explains a problem: a macro on the way, the first of two declarations. */
export interface RelatedPlace {
  readonly origin: Origin;
  readonly message: string;
}

/**
 * A mistake in the user's project, as a value. The origin is exact; `data` holds what a quick fix needs (the nearest
 * name, the missing file).
 */
export interface Problem {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly origin: Origin;
  readonly related: readonly RelatedPlace[];
  readonly data?: { readonly suggestion?: string; readonly name?: string };
}
