import type { DuckDBConnection } from '@duckdb/node-api';
import { err, ok, type Result } from '../../base/result.ts';
import type { PackedRows } from '../../base/packed-rows.ts';
import type { InsertTarget, StatementResult } from '../../base/statement.ts';
import { behind } from '../prefix.ts';
import { executeInOrder } from '../in-order.ts';
import { planEstimate } from './estimate.ts';
import type { CostEstimate, RowStream, Session, Statement, WarehouseFailure } from '../warehouse.ts';
import { interruptible } from './interruptible.ts';
import { loadRows } from './load-rows.ts';
import { openReadOnly } from './read-only.ts';
import { columnsOf, rowOf, shownZone } from './result-rows.ts';
import { DuckdbRowStream } from './row-stream.ts';

const EXPLAIN = 'EXPLAIN (FORMAT JSON) ';

/** One connection. Statements wait for the one before; a statement closes a result that is still being read. */
export class DuckdbSession implements Session {
  readonly #connection: DuckDBConnection;
  readonly #closed: () => void;
  #last: Promise<unknown> = Promise.resolve();
  #stream: DuckdbRowStream | undefined;
  /** Whether a statement was run that may have begun a transaction. */
  #hasRun = false;

  constructor(connection: DuckDBConnection, closed: () => void) {
    this.#connection = connection;
    this.#closed = closed;
  }

  execute(
    sql: string,
    { fetch, signal }: { readonly fetch: boolean; readonly signal?: AbortSignal },
  ): Promise<Result<StatementResult, WarehouseFailure>> {
    return this.#inTurn(() => interruptible(this.#connection, sql, signal, async () => this.#run(sql, fetch)));
  }

  executeAll(
    statements: readonly Statement[],
    { signal }: { readonly signal?: AbortSignal },
  ): Promise<readonly Result<StatementResult, WarehouseFailure>[]> {
    return executeInOrder(this, statements, signal);
  }

  insertRows(target: InsertTarget, rows: PackedRows): Promise<Result<number, WarehouseFailure>> {
    return this.#inTurn(() => loadRows(this.#connection, target, rows));
  }

  query(
    sql: string,
    { pageSize, signal }: { readonly pageSize: number; readonly signal?: AbortSignal },
  ): Promise<Result<RowStream, WarehouseFailure>> {
    return this.#inTurn(async () => {
      const opened = await openReadOnly(this.#connection, sql, { signal, hasRun: this.#hasRun });
      if (!opened.ok) return opened;
      this.#stream = new DuckdbRowStream(this.#connection, sql, opened.value, { pageSize, signal });
      return ok(this.#stream);
    });
  }

  estimate(
    sql: string,
    { signal }: { readonly signal?: AbortSignal },
  ): Promise<Result<CostEstimate | undefined, WarehouseFailure>> {
    return this.#inTurn(async () => {
      const planned = await interruptible(this.#connection, EXPLAIN + sql, signal, () => this.#plan(sql));
      return planned.ok ? planned : err(behind(EXPLAIN, planned.failure));
    });
  }

  async close(): Promise<void> {
    await this.#inTurn(async () => {
      this.#connection.closeSync();
      this.#closed();
    });
  }

  /** One PIVOT is several statements, and the plan of its last one needs what the others make. */
  async #plan(sql: string): Promise<CostEstimate | undefined> {
    const { count } = await this.#connection.extractStatements(sql);
    if (count !== 1) return undefined;
    const plan = await this.#connection.runAndReadAll(EXPLAIN + sql);
    return planEstimate(plan.getRowsJson());
  }

  async #run(sql: string, fetch: boolean): Promise<StatementResult> {
    this.#hasRun = true;
    const result = await this.#connection.run(sql);
    const rowsAffected = result.rowsChanged > 0 ? result.rowsChanged : undefined;
    if (!fetch) return { columns: [], rows: [], status: 'OK', rowsAffected };
    const types = result.columnTypes();
    const zone = await shownZone(this.#connection, types);
    const rows = (await result.getRows()).map(row => rowOf(row, types, zone));
    return { columns: columnsOf(result), rows, status: 'OK', rowsAffected };
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#last;
    const turn = before.then(async () => {
      await this.#stream?.close();
      this.#stream = undefined;
      return work();
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
