import type { PackedRows } from '../base/packed-rows.ts';
import type { Cell, InsertTarget, ResultColumn, StatementResult } from '../base/statement.ts';
import type { Result } from '../base/result.ts';

/** One target of `profiles.yml`, rendered: the adapter's type and its keys. Credentials never leave `warehouse/`. */
export interface Credentials {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Why the warehouse did not answer. `message` says what to do about it, in words for a person. */
export interface WarehouseFailure {
  readonly kind: 'unsupported-adapter' | 'connection' | 'locked' | 'statement' | 'cancelled' | 'crashed';
  readonly message: string;
  /** Offset (UTF-16) into the SQL that was sent, for `statement` failures whose place is known. */
  readonly position?: number;
}

/** A database engine. One is made for each target; it connects at the first session. */
export interface Warehouse {
  /** Opens a session; sessions of one warehouse may work side by side where the engine allows it. */
  session(): Promise<Result<Session, WarehouseFailure>>;
  /** What it came by since it was made and must not be shown, such as passwords that were given to it. */
  secrets?(): readonly string[];
  /** Ends every session and gives files and sockets back. */
  close(): Promise<void>;
}

/** A statement among several. */
export interface Statement {
  readonly sql: string;
  readonly fetch: boolean;
  /** Those after it run whether it is refused or not. */
  readonly isGivenUp?: boolean;
}

/** One connection. Statements run one after the other; `signal` cancels the running one in the server. */
export interface Session {
  execute(
    sql: string,
    options: { readonly fetch: boolean; readonly signal?: AbortSignal },
  ): Promise<Result<StatementResult, WarehouseFailure>>;
  /**
   * Runs statements in their order, asked for at once, until one is refused. Answers each that ran; when the last of these
   * answers is a failure, the rest has not run.
   */
  executeAll(
    statements: readonly Statement[],
    options: { readonly signal?: AbortSignal },
  ): Promise<readonly Result<StatementResult, WarehouseFailure>[]>;
  /** Loads rows into an existing table by the engine's bulk path, all or none. Answers how many. */
  insertRows(target: InsertTarget, rows: PackedRows): Promise<Result<number, WarehouseFailure>>;
  /** Streams a query's rows in pages; never holds more than a few pages. Read-only where the engine can enforce it. */
  query(
    sql: string,
    options: { readonly pageSize: number; readonly signal?: AbortSignal },
  ): Promise<Result<RowStream, WarehouseFailure>>;
  /**
   * What the engine expects of a query, which is not run; `undefined` where it expects nothing that it could tell.
   * A query that cannot be planned fails as it would when run.
   */
  estimate(
    sql: string,
    options: { readonly signal?: AbortSignal },
  ): Promise<Result<CostEstimate | undefined, WarehouseFailure>>;
  close(): Promise<void>;
}

/** What a query is expected to take, in the measures that its engine has; one that it does not tell is left out. */
export interface CostEstimate {
  /** In the planner's own unit. */
  readonly cost?: number;
  /** Rows that come out of the tables and files it reads, as far as filters apply while reading. */
  readonly rows?: number;
  /** Bytes read from tables, or paid for. */
  readonly bytes?: number;
}

/** A running query's result: its columns at once, its rows page by page; `undefined` after the last page. */
export interface RowStream {
  readonly columns: readonly ResultColumn[];
  next(): Promise<Result<readonly (readonly Cell[])[] | undefined, WarehouseFailure>>;
  close(): Promise<void>;
}
