import type { DuckDBConnection } from '@duckdb/node-api';
import { err, ok, type Result } from '../../base/result.ts';
import type { Cell, ResultColumn } from '../../base/statement.ts';
import type { RowStream, WarehouseFailure } from '../warehouse.ts';
import { cancelled, interruptible } from './interruptible.ts';
import type { ReadOnlyQuery } from './read-only.ts';
import { columnsOf, rowOf } from './result-rows.ts';

/** A query's rows as the driver makes them; no more than a page and a chunk of the driver are held. */
export class DuckdbRowStream implements RowStream {
  readonly columns: readonly ResultColumn[];
  readonly #connection: DuckDBConnection;
  readonly #sql: string;
  readonly #query: ReadOnlyQuery;
  readonly #pageSize: number;
  readonly #signal: AbortSignal | undefined;
  #ahead: (readonly Cell[])[] = [];
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
    this.#pageSize = options.pageSize;
    this.#signal = options.signal;
  }

  async next(): Promise<Result<readonly (readonly Cell[])[] | undefined, WarehouseFailure>> {
    if (this.#state === 'closed') return err(cancelled);
    const filled = await interruptible(this.#connection, this.#sql, this.#signal, () => this.#fill());
    if (!filled.ok) return filled;
    const page = this.#ahead.splice(0, this.#pageSize);
    return ok(page.length === 0 ? undefined : page);
  }

  async close(): Promise<void> {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#ahead = [];
    await this.#query.finish();
  }

  async #fill(): Promise<void> {
    const { result, zone } = this.#query;
    const types = result.columnTypes();
    while (this.#state === 'open' && this.#ahead.length < this.#pageSize) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) this.#state = 'drained';
      else for (const row of chunk.getRows()) this.#ahead.push(rowOf(row, types, zone));
    }
  }
}
