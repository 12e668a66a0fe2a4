import type { Binding } from '../binder/bind.ts';
import type { SqlType } from '../binder/types.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import type { FileId, Segment } from '../render/rendered.ts';
import type { DialectName } from '../syntax/sql/dialect.ts';
import type { TableName } from '../syntax/sql/nodes.ts';
import type { SqlTree } from '../syntax/sql/parse.ts';

/** The SQL a node compiles to, read: its text with the map back to the template, and its tree. */
export interface SqlStatement {
  readonly uniqueId: UniqueId;
  /** The file of the template. */
  readonly file: FileId;
  readonly dialect: DialectName;
  /**
   * The text without the queries of ephemeral parents: those are statements of their own, and the text names them as
   * tables (`__dbt__cte__x`). After a problem it is what was rendered until then.
   */
  readonly text: string;
  readonly segments: readonly Segment[];
  /** Whether the template rendered to its end. */
  readonly isWhole: boolean;
  /** Whether the text is what dbt would send: nothing in it was made up, and every word of it was read. */
  readonly isCertain: boolean;
  readonly tree: SqlTree;
}

/** A statement with the meaning of its names. */
export interface BoundStatement extends SqlStatement {
  readonly binding: Binding;
  /** The node behind each table name that means one of the project's. */
  readonly tables: ReadonlyMap<TableName, UniqueId>;
  readonly hearsay: Hearsay | undefined;
}

/** A text that is put together from a template without rendering it. */
export interface SketchedSql extends Pick<SqlStatement, 'text' | 'segments'> {
  readonly nodes: readonly UniqueId[];
}

/** Who says what type a column has, or that it is there. */
export type ColumnAuthority =
  | { readonly kind: 'query' }
  /** A `data_type` of a properties file. */
  | { readonly kind: 'declared' }
  /** The same, and dbt enforces it. */
  | { readonly kind: 'contract' }
  /** The values of a seed, or its `column_types`. */
  | { readonly kind: 'seed' }
  /** Added by dbt: the columns of a snapshot that tell when a row was valid. */
  | { readonly kind: 'snapshot' }
  /** The warehouse, as it was last seen. */
  | { readonly kind: 'catalog'; readonly takenAt: string };

/** A column of a node, without places: what depends on it must not change when the text around it moves. */
export interface NodeColumn {
  readonly name: string;
  /** What equals `nameKey` of the names that mean it, where it is known whether quotes named it. */
  readonly key?: string | undefined;
  /** `undefined` when nobody knows. */
  readonly type: SqlType | undefined;
  /** Whether it may hold NULL, where that is certain. */
  readonly nullable: boolean | undefined;
  readonly source: ColumnAuthority;
}

/**
 * What is known of columns, here or further up, but enforced by nobody: `names` that the warehouse was last seen to
 * have, which may have moved on since; or only `types` that properties files declare.
 */
export type Hearsay = 'names' | 'types';

/** The columns of a node in order. */
export interface NodeColumns {
  readonly columns: readonly NodeColumn[];
  /** Whether there may be more than these. */
  readonly isOpen: boolean;
  readonly hearsay: Hearsay | undefined;
}

export const UNKNOWN_COLUMNS: NodeColumns = { columns: [], isOpen: true, hearsay: undefined };

/** The graver of two kinds of hearsay. */
export const graver = (one: Hearsay | undefined, two: Hearsay | undefined): Hearsay | undefined =>
  one === 'names' || two === 'names' ? 'names' : (one ?? two);

/** How a value depends on a column. */
export type DependencyKind = 'copied' | 'transformed' | 'aggregated';

/** A column of another relation that a column is made from. */
export interface ColumnInput {
  /** The node it belongs to; `undefined` for a relation outside of the project. */
  readonly uniqueId: UniqueId | undefined;
  /** The relation as the SQL names it, for what is no node. */
  readonly relation: string;
  readonly column: string;
  readonly kind: DependencyKind;
}

/** What each output column of a node is made from, one step up. */
export interface ColumnLineage {
  readonly columns: readonly { readonly name: string; readonly inputs: readonly ColumnInput[] }[];
  /** Columns that decide which rows there are, and in which order. */
  readonly influences: readonly RowInfluence[];
}

/** A column of another relation that has a say in which rows a query gives. */
export interface RowInfluence extends Omit<ColumnInput, 'kind'> {
  readonly kind: 'filter' | 'join' | 'group' | 'order';
}

export const NO_LINEAGE: ColumnLineage = { columns: [], influences: [] };
