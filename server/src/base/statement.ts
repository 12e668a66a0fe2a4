/** The table that rows go into: the relation and its columns in order, as SQL writes them (quoted where they must be), and the warehouse's type of each. */
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
  /** Set when the statement may have dropped relations that it does not name. */
  readonly cascaded?: true;
}
