import type { InsertTarget, StatementResult } from '../base/statement.ts';

/**
 * What a template may ask of the warehouse while it renders, on the node's own session and in the order of the calls. In
 * a run the renderer lives in a worker thread, and a call that needs an answer blocks until the warehouse process has
 * given it. In the editor there is no access at all, and the context answers from inferred schemas and the cached catalog
 * instead.
 */
export interface WarehouseAccess {
  /**
   * Runs one text of SQL and waits for its answer. Throws `WarehouseError` when the warehouse refuses it, or when it has
   * refused one that was sent before; then neither this one nor any other that was sent after the refused one has run.
   */
  execute(sql: string, options: { readonly fetch: boolean }): StatementResult;
  /** Loads rows into an existing table by the fastest way the warehouse has (seeds). Returns the number of rows. */
  insertRows(relation: InsertTarget, rows: readonly (readonly (string | null)[])[]): number;
  /**
   * Sends a text of SQL that nobody waits for, and answers its number among all that was asked. It does not run when one
   * before it is refused. What is given up may be refused: nobody is told.
   */
  send(sql: string, options: { readonly isGivenUp: boolean }): number;
  /** Waits for all that was sent; the answer to the statement of a number. Throws as `execute` does. */
  answerTo(number: number): StatementResult;
}

/** The warehouse refused a statement. `position` is an offset (UTF-16) into the SQL that was sent, where the warehouse gives one. */
export class WarehouseError extends Error {
  override readonly name = 'WarehouseError';
  readonly sql: string;
  readonly position: number | undefined;
  /** The number of the statement, if it is one that was sent before. */
  readonly sent: number | undefined;
  constructor(message: string, sql: string, position: number | undefined, sent?: number) {
    super(message);
    this.sql = sql;
    this.position = position;
    this.sent = sent;
  }
}
