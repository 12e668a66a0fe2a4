import type Cursor from 'pg-cursor';
import { err, ok, type Result } from '../../base/result.ts';
import type { Cell, ResultColumn } from '../../base/statement.ts';
import type { RowStream, WarehouseFailure } from '../warehouse.ts';
import { cancelled, statementFailure } from './failure.ts';

type Row = readonly Cell[];

/** What a stream needs of the session it runs in. */
export interface StreamSource {
  readonly sql: string;
  readonly cursor: Cursor<Row>;
  readonly columns: readonly ResultColumn[];
  /** The rows that had to be read to learn the columns. */
  readonly firstPage: readonly Row[];
  readonly pageSize: number;
  readonly signal: AbortSignal | undefined;
  /** Does work that `signal` cancels in the server. */
  readonly cancellable: <T>(work: () => Promise<T>) => Promise<T>;
  /** Closes the cursor and ends the transaction of the query. */
  readonly finish: () => Promise<void>;
  /** Ends the transaction of a query that failed: the server has closed its cursor, or is not there any more. */
  readonly abandon: () => Promise<void>;
}

/** A query's rows through a cursor of the server; one page is held at a time. */
export class PostgresRowStream implements RowStream {
  readonly columns: readonly ResultColumn[];
  readonly #source: StreamSource;
  #ahead: readonly Row[] | undefined;
  #isClosed = false;
  #hasFailed = false;

  constructor(source: StreamSource) {
    this.columns = source.columns;
    this.#source = source;
    this.#ahead = source.firstPage;
  }

  async next(): Promise<Result<readonly Row[] | undefined, WarehouseFailure>> {
    if (this.#isClosed) return err(cancelled);
    const { sql, cursor, pageSize, signal, cancellable } = this.#source;
    const first = this.#ahead;
    this.#ahead = undefined;
    if (first !== undefined) return ok(first.length === 0 ? undefined : first);
    try {
      const page = await cancellable(() => cursor.read(pageSize));
      return ok(page.length === 0 ? undefined : page);
    } catch (error) {
      this.#hasFailed = true;
      return err(statementFailure(error, sql, signal));
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#ahead = undefined;
    await (this.#hasFailed ? this.#source.abandon() : this.#source.finish());
  }
}
