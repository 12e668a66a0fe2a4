import type { InsertTarget, StatementResult } from '../base/statement.ts';

/**
 * What a template may ask of the warehouse while it renders. Calls block: in a run the renderer lives in a worker
 * thread that waits for the warehouse process. In the editor there is no access at all, and the context answers from
 * inferred schemas and the cached catalog instead.
 */
export interface WarehouseAccess {
  /** Runs one text of SQL on the node's own session. Throws `WarehouseError` when the warehouse refuses. */
  execute(sql: string, options: { readonly fetch: boolean }): StatementResult;
  /** Loads rows into an existing table by the fastest way the warehouse has (seeds). Returns the number of rows. */
  insertRows(relation: InsertTarget, rows: readonly (readonly (string | null)[])[]): number;
}

/** The warehouse refused a statement. `position` is an offset (UTF-16) into the SQL that was sent, where the warehouse gives one. */
export class WarehouseError extends Error {
  override readonly name = 'WarehouseError';
  readonly sql: string;
  readonly position: number | undefined;
  constructor(message: string, sql: string, position: number | undefined) {
    super(message);
    this.sql = sql;
    this.position = position;
  }
}
