import type { DialectName } from '../syntax/sql/dialect.ts';
import type { ColumnRef } from '../syntax/sql/expression-nodes.ts';
import type { Query, TableName } from '../syntax/sql/nodes.ts';
import type { Rows } from './rows.ts';
import type { Reference, Scope } from './scope.ts';

/** CTEs that can be seen, the nearest first. */
export interface CteScope {
  readonly key: string;
  readonly rows: Rows;
  readonly next: CteScope | undefined;
}

/** What binding carries along: the questions it may ask, and the answers it collects. */
export interface BindContext {
  readonly dialect: DialectName;
  readonly catalog: (table: TableName) => readonly string[] | undefined;
  readonly references: Map<ColumnRef, Reference>;
  /** Binds a query inside `outer`, which correlated names are looked up in. */
  readonly bindQuery: (context: BindContext, query: Query, outer: Scope, ctes: CteScope | undefined) => Rows;
}

/** A place in a query: what can be named there. */
export interface Place {
  readonly context: BindContext;
  readonly scope: Scope;
  readonly ctes: CteScope | undefined;
}
