import type { TextRange } from '../base/text-range.ts';
import type { TableName } from '../syntax/sql/nodes.ts';
import type { SqlType } from './types.ts';

/** How a value depends on a column: it is that value, it is computed from it, or it is computed from many of it. */
export type SourceKind = 'copied' | 'transformed' | 'aggregated';

/** A column of a relation outside the text, from which a value comes. */
export interface ColumnSource {
  /** The id the catalog gave the relation, or its name as the text has it when the catalog does not know it. */
  readonly relation: string;
  /** The first place where the text names it. */
  readonly table: TableName;
  /** As the catalog spells it, or as the text does. */
  readonly column: string;
  readonly kind: SourceKind;
}

/** What decides which rows there are, or how they are put together, without being a value of theirs. */
export type InfluenceKind = 'filter' | 'join' | 'group' | 'order';

/** A column outside the text that has such a say. */
export interface Influence {
  readonly kind: InfluenceKind;
  readonly source: ColumnSource;
}

/** A column that a relation or query gives. */
export interface BoundColumn {
  /** As it is spelt where it gets its name; empty when it has none or the engine makes one up that is not known. */
  readonly name: string;
  /** Equal for names that the dialect takes for the same. */
  readonly key: string;
  /** Where in this text its name stands, or its value when it has no name; `undefined` for columns of tables. */
  readonly definition: TextRange | undefined;
  /** The expression that makes it, where it is written out; the star it comes from. */
  readonly expression: TextRange | undefined;
  readonly type: SqlType | undefined;
  /** Whether it may be NULL, where that is certain. */
  readonly nullable: boolean | undefined;
  /** The table columns that its value is made from, each once. */
  readonly sources: readonly ColumnSource[];
}

/** The columns of a relation or query, in order. */
export interface Rows {
  readonly columns: readonly BoundColumn[];
  /** Whether there may be columns besides: those of a table nobody described, of a function, of a pivot. */
  readonly isOpen: boolean;
  /** What decided which rows these are, all the way down, each once. */
  readonly influences: readonly Influence[];
  /** What the columns that are not listed are made from, where that is known. */
  readonly rest?: readonly ColumnSource[] | undefined;
  /** What a row is as a value, where it is one: the rows of BigQuery's SELECT AS STRUCT and AS VALUE. */
  readonly value?: BoundColumn | undefined;
}

/** Rows of which nothing is known. */
export const UNKNOWN_ROWS: Rows = { columns: [], isOpen: true, influences: [] };

/** The first column with a key. Rows of many columns are asked for many of them, so those get an index. */
export function columnNamed(rows: Rows, key: string): BoundColumn | undefined {
  const { columns } = rows;
  if (columns.length > MANY) return indexOf(columns).get(key);
  for (const it of columns) if (it.key === key) return it;
  return undefined;
}

const MANY = 24;

const indexes = new WeakMap<readonly BoundColumn[], ReadonlyMap<string, BoundColumn>>();

function indexOf(columns: readonly BoundColumn[]): ReadonlyMap<string, BoundColumn> {
  const known = indexes.get(columns);
  if (known !== undefined) return known;
  const index = new Map<string, BoundColumn>();
  for (const it of columns) if (!index.has(it.key)) index.set(it.key, it);
  indexes.set(columns, index);
  return index;
}

/** Several lists as one in which each thing comes once; things are the same when they are identical. */
export function union<T>(lists: readonly (readonly T[])[]): readonly T[] {
  let first: readonly T[] = [];
  let all: Set<T> | undefined;
  for (const list of lists) {
    if (list.length === 0) continue;
    if (first.length === 0) first = list;
    else {
      all ??= new Set(first);
      for (const it of list) all.add(it);
    }
  }
  return all === undefined ? first : [...all];
}
