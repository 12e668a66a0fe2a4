import type { DuckDBConnection, DuckDBDataChunk, DuckDBType, DuckDBVector } from '@duckdb/node-api';
import { err, ok, type Result } from '../../base/result.ts';
import type { Cell, ResultColumn } from '../../base/statement.ts';
import type { RowStream, WarehouseFailure } from '../warehouse.ts';
import { cancelled, interruptible } from './interruptible.ts';
import type { ReadOnlyQuery } from './read-only.ts';
import { columnsOf, rowOf } from './result-rows.ts';

/** What the driver made at once, and how many of its rows have been asked for. */
interface OpenChunk {
  readonly chunk: DuckDBDataChunk;
  readonly vectors: readonly DuckDBVector[];
  readonly nTaken: number;
}

/** A query's rows as the driver makes them; no more than a page and a chunk of the driver are held. */
export class DuckdbRowStream implements RowStream {
  readonly columns: readonly ResultColumn[];
  readonly #connection: DuckDBConnection;
  readonly #sql: string;
  readonly #query: ReadOnlyQuery;
  readonly #pageSize: number;
  readonly #signal: AbortSignal | undefined;
  readonly #types: readonly DuckDBType[];
  #chunk: OpenChunk | undefined;
  #state: 'open' | 'drained' | 'closed' = 'open';

  constructor(
    connection: DuckDBConnection,
    sql: string,
    query: ReadOnlyQuery,
    options: { readonly pageSize: number; readonly signal: AbortSignal | undefined },
  ) {
    this.columns = columnsOf(query.result);
    this.#connection = connection;
    this.#sql = sql;
    this.#query = query;
    this.#types = query.result.columnTypes();
    this.#pageSize = options.pageSize;
    this.#signal = options.signal;
  }

  async next(): Promise<Result<readonly (readonly Cell[])[] | undefined, WarehouseFailure>> {
    if (this.#state === 'closed') return err(cancelled);
    const page = await interruptible(this.#connection, this.#sql, this.#signal, () => this.#page());
    if (!page.ok) return page;
    return ok(page.value.length === 0 ? undefined : page.value);
  }

  async close(): Promise<void> {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#chunk = undefined;
    await this.#query.finish();
  }

  /** The next rows; those of a chunk that no page has asked for yet stay as the driver has them. */
  async #page(): Promise<readonly (readonly Cell[])[]> {
    const page: (readonly Cell[])[] = [];
    while (this.#state !== 'closed' && page.length < this.#pageSize) {
      this.#chunk ??= await this.#nextChunk();
      if (this.#chunk === undefined) break;
      const { chunk, vectors, nTaken } = this.#chunk;
      const end = Math.min(nTaken + this.#pageSize - page.length, chunk.rowCount);
      for (let row = nTaken; row < end; row++) page.push(this.#row(vectors, row));
      this.#chunk = end === chunk.rowCount ? undefined : { chunk, vectors, nTaken: end };
    }
    return page;
  }

  async #nextChunk(): Promise<OpenChunk | undefined> {
    if (this.#state === 'drained') return undefined;
    const chunk = await this.#query.result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) {
      if (this.#state === 'open') this.#state = 'drained';
      return undefined;
    }
    return { chunk, vectors: this.#types.map((_, column) => chunk.getColumnVector(column)), nTaken: 0 };
  }

  #row(vectors: readonly DuckDBVector[], row: number): readonly Cell[] {
    const values = vectors.map(vector => vector.getItem(row));
    return rowOf(values, this.#types, this.#query.zone);
  }
}
