import type { TextRange } from '../base/text-range.ts';
import type { TableName } from '../syntax/sql/nodes.ts';

/** A column of a table outside the text, from which a value comes. */
export interface ColumnSource {
  /** The table as the text names it. */
  readonly table: TableName;
  readonly column: string;
}

/** A column that a relation or query gives. */
export interface BoundColumn {
  /** As it is spelt where it gets its name; empty when it has none. */
  readonly name: string;
  /** Equal for names that the dialect takes for the same. */
  readonly key: string;
  /** Where in this text its name or value stands; `undefined` for columns of tables. */
  readonly definition: TextRange | undefined;
  /** The table columns that its value is made from, each once. */
  readonly sources: readonly ColumnSource[];
}

/** The columns of a relation or query, in order. */
export interface Rows {
  readonly columns: readonly BoundColumn[];
  /** Whether there may be columns besides: those of a table nobody described, of a function, of a pivot. */
  readonly isOpen: boolean;
}

/** Rows of which nothing is known. */
export const UNKNOWN_ROWS: Rows = { columns: [], isOpen: true };

/** The sources of several values as those of one. */
export function mergeSources(lists: readonly (readonly ColumnSource[])[]): readonly ColumnSource[] {
  if (lists.length === 1) return lists[0] ?? [];
  const merged = new Map<string, ColumnSource>();
  for (const source of lists.flat()) merged.set(`${source.table.start}.${source.column}`, source);
  return [...merged.values()];
}
