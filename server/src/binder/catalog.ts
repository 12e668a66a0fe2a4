import type { TableName } from '../syntax/sql/nodes.ts';
import type { SqlType } from './types.ts';

/** A column of a relation outside the text. */
export interface KnownColumn {
  readonly name: string;
  /** What equals `nameKey` of the names that mean it, where it is known whether quotes named it. */
  readonly key?: string | undefined;
  /** `undefined` when nobody knows it; `parseType` reads how a dialect writes it. */
  readonly type: SqlType | undefined;
  /** Whether it may hold NULL, where that is certain. */
  readonly nullable: boolean | undefined;
}

/** A relation outside the text: a table, a view, another model. */
export interface KnownRelation {
  /** Who it is: sources of equal ids and columns are one. Handed back as it came. */
  readonly id: string;
  readonly columns: readonly KnownColumn[];
  /** Whether it may have columns besides. */
  readonly isOpen: boolean;
}

/** What is known of a relation by the name that the text gives it; `undefined` when nothing is. */
export type Catalog = (table: TableName) => KnownRelation | undefined;
