import type { ColumnRef } from '../syntax/sql/expression-nodes.ts';
import type { Query, TableName } from '../syntax/sql/nodes.ts';
import type { SqlTree } from '../syntax/sql/parse.ts';
import { bindQuery } from './query.ts';
import type { Rows } from './rows.ts';
import { EMPTY_SCOPE, type Reference } from './scope.ts';

/** The names of a table's columns in order, or `undefined` when nobody knows them. */
export type Catalog = (table: TableName) => readonly string[] | undefined;

/** What the names of a text mean. */
export interface Binding {
  /** The columns of each query that is a statement. */
  readonly outputs: ReadonlyMap<Query, Rows>;
  /** Every column reference that was looked up. */
  readonly references: ReadonlyMap<ColumnRef, Reference>;
}

/** Finds the meaning of every name in the queries of a text. What is not known stays unknown; nothing is an error. */
export function bind(tree: SqlTree, catalog: Catalog): Binding {
  const references = new Map<ColumnRef, Reference>();
  const outputs = new Map<Query, Rows>();
  const context = { dialect: tree.dialect, catalog, references, bindQuery };
  for (const { query } of tree.root.statements) {
    if (query !== undefined) outputs.set(query, bindQuery(context, query, EMPTY_SCOPE, undefined));
  }
  return { outputs, references };
}
