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

/** The table that rows go into: the rendered relation name, its column names in order, and the warehouse's type of each. */
export interface InsertTarget {
  readonly relation: string;
  readonly columns: readonly string[];
  readonly types: readonly string[];
}

/** A warehouse's cell as the driver gives it, already portable between threads. Decimals, big integers, dates and times are text in the warehouse's own spelling. */
export type Cell = null | boolean | number | bigint | string | readonly Cell[] | { readonly [key: string]: Cell };

/** A column of a result: its name and the warehouse's own name of its type. */
export interface ResultColumn {
  readonly name: string;
  readonly type: string;
}

/** The answer to one statement. `columns` and `rows` are empty when nothing was fetched. */
export interface StatementResult {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /** The status dbt would show: `SELECT 12`, `CREATE VIEW`, `OK`. */
  readonly status: string;
  /** Rows changed, where the warehouse tells. */
  readonly rowsAffected: number | undefined;
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
