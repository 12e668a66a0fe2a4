import type { TextRange } from '../base/text-range.ts';

/** Codes of what can be wrong in a query that has good syntax. Each has a section in docs/problems.md. */
export type SqlProblemCode =
  | 'sql-unknown-column'
  | 'sql-ambiguous-column'
  | 'sql-unknown-alias'
  | 'sql-duplicate-cte'
  | 'sql-duplicate-column'
  | 'sql-duplicate-alias'
  | 'sql-union-arity'
  | 'sql-union-type'
  | 'sql-missing-group-by'
  | 'sql-aggregate-in-where'
  | 'sql-window-misuse'
  | 'sql-wrong-arguments'
  | 'sql-impossible-cast'
  | 'sql-impossible-comparison'
  | 'sql-unused-cte'
  | 'sql-select-star'
  | 'sql-duplicate-join';

/** A mistake in the meaning of a query; the range is of the compiled text. */
export interface SqlMeaningProblem {
  readonly code: SqlProblemCode;
  readonly severity: 'error' | 'warning' | 'hint';
  readonly range: TextRange;
  readonly message: string;
  /** The names that would do, the nearest first. */
  readonly candidates: readonly string[];
  /** Whether it is wrong because of the types of values. */
  readonly isOfTypes: boolean;
  /** Another place that explains it: the first of two declarations. */
  readonly related: TextRange | undefined;
}
