import { unpackRows, type PackedRows } from '../../base/packed-rows.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Cell, InsertTarget, ResultColumn, StatementResult } from '../../base/statement.ts';
import { behind } from '../prefix.ts';
import { executeInOrder } from '../in-order.ts';
import { planEstimate } from './estimate.ts';
import type { CostEstimate, RowStream, Session, Statement, WarehouseFailure } from '../warehouse.ts';
import { cancelled, statementFailure } from './failure.ts';
import type { TrinoProfile } from './profile.ts';
import type { SessionState } from './protocol.ts';
import { TrinoQuery } from './query.ts';

type Row = readonly Cell[];

/** The server refuses longer statements than a million characters by default. */
const STATEMENT_CHARACTERS = 500_000;

const EXPLAIN = 'explain (type io, format json) ';

/** A session of Trino: no connection, but what its statements have set. Statements run one after the other. */
export class TrinoSession implements Session {
  readonly #profile: TrinoProfile;
  readonly #state: SessionState = {
    catalog: undefined,
    schema: undefined,
    transaction: undefined,
    properties: new Map(),
  };
  #last: Promise<unknown> = Promise.resolve();
  #stream: RowStream | undefined;

  constructor(profile: TrinoProfile) {
    this.#profile = profile;
  }

  execute(
    sql: string,
    { fetch, signal }: { readonly fetch: boolean; readonly signal?: AbortSignal },
  ): Promise<Result<StatementResult, WarehouseFailure>> {
    return this.#inTurn(() => this.#attempt(sql, signal, query => readAll(query, sql, fetch)));
  }

  executeAll(
    statements: readonly Statement[],
    { signal }: { readonly signal?: AbortSignal },
  ): Promise<readonly Result<StatementResult, WarehouseFailure>[]> {
    return executeInOrder(this, statements, signal);
  }

  insertRows(target: InsertTarget, rows: PackedRows): Promise<Result<number, WarehouseFailure>> {
    return this.#inTurn(async () => {
      for (const sql of insertStatements(target, [...unpackRows(rows)])) {
        const inserted = await this.#attempt(sql, undefined, query => readAll(query, sql, false));
        if (!inserted.ok) return inserted;
      }
      return ok(rows.nRows);
    });
  }

  query(
    sql: string,
    { pageSize, signal }: { readonly pageSize: number; readonly signal?: AbortSignal },
  ): Promise<Result<RowStream, WarehouseFailure>> {
    return this.#inTurn(async () => {
      const begun = await this.#control('start transaction read only');
      if (!begun.ok) return begun;
      const opened = await this.#attempt(sql, signal, async query => {
        const rows = [...(await query.start(sql))];
        while (!query.knowsColumns && !query.isFinished) rows.push(...(await query.more()));
        return { query, rows };
      });
      if (!opened.ok) {
        await this.#control('rollback');
        return opened;
      }
      const stream = new TrinoRowStream({
        ...opened.value,
        sql,
        pageSize,
        signal,
        finish: () => this.#control('rollback'),
      });
      this.#stream = stream;
      return ok(stream);
    });
  }

  estimate(
    sql: string,
    { signal }: { readonly signal?: AbortSignal },
  ): Promise<Result<CostEstimate | undefined, WarehouseFailure>> {
    return this.#inTurn(async () => {
      const planned = await this.#attempt(EXPLAIN + sql, signal, query => readAll(query, EXPLAIN + sql, true));
      return planned.ok ? ok(planEstimate(planned.value.rows)) : err(behind(EXPLAIN, planned.failure));
    });
  }

  async close(): Promise<void> {
    await this.#inTurn(async () => undefined);
  }

  #control(sql: string): Promise<Result<StatementResult, WarehouseFailure>> {
    return this.#attempt(sql, undefined, query => readAll(query, sql, false));
  }

  async #attempt<T>(
    sql: string,
    signal: AbortSignal | undefined,
    work: (query: TrinoQuery) => Promise<T>,
  ): Promise<Result<T, WarehouseFailure>> {
    if (signal?.aborted === true) return err(cancelled);
    const query = new TrinoQuery(this.#profile, this.#state);
    try {
      return ok(await cancellable(query, signal, () => work(query)));
    } catch (error) {
      return err(statementFailure(error, sql, signal));
    }
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => {
      await this.#stream?.close();
      this.#stream = undefined;
      return work();
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

async function readAll(query: TrinoQuery, sql: string, fetch: boolean): Promise<StatementResult> {
  const rows: Row[] = [];
  for (let page = await query.start(sql); ; page = await query.more()) {
    if (fetch) rows.push(...page);
    if (query.isFinished) break;
  }
  const { updateCount, updateType } = query;
  const count = updateCount === undefined ? '' : ` (${updateCount} rows)`;
  return {
    columns: fetch ? query.columns : [],
    rows,
    status: `${updateType ?? 'SUCCESS'}${count}`,
    rowsAffected: updateCount,
  };
}

/** Does work on a query, and ends the query in the server when `signal` is aborted meanwhile. */
async function cancellable<T>(query: TrinoQuery, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  let stopping: Promise<void> | undefined;
  const stop = (): void => {
    // What the work ends with tells the outcome; the server may have finished the query already.
    stopping = query.cancel().catch(() => undefined);
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await work();
  } finally {
    signal?.removeEventListener('abort', stop);
    await stopping;
  }
}

interface StreamSource {
  readonly query: TrinoQuery;
  readonly rows: readonly Row[];
  readonly sql: string;
  readonly pageSize: number;
  readonly signal: AbortSignal | undefined;
  readonly finish: () => Promise<unknown>;
}

/** A query's rows in pages; what the server has not been asked for, it holds. */
class TrinoRowStream implements RowStream {
  readonly columns: readonly ResultColumn[];
  readonly #source: StreamSource;
  readonly #ahead: Row[];
  #isClosed = false;

  constructor(source: StreamSource) {
    this.columns = source.query.columns;
    this.#source = source;
    this.#ahead = [...source.rows];
  }

  async next(): Promise<Result<readonly Row[] | undefined, WarehouseFailure>> {
    const { query, sql, pageSize, signal } = this.#source;
    if (this.#isClosed || signal?.aborted === true) return err(cancelled);
    try {
      await cancellable(query, signal, async () => {
        while (this.#ahead.length < pageSize && !query.isFinished) this.#ahead.push(...(await query.more()));
      });
    } catch (error) {
      return err(statementFailure(error, sql, signal));
    }
    if (isAborted(signal)) return err(cancelled);
    const page = this.#ahead.splice(0, pageSize);
    return ok(page.length === 0 ? undefined : page);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#ahead.length = 0;
    // A server that is gone has ended the query too.
    await this.#source.query.cancel().catch(() => undefined);
    await this.#source.finish();
  }
}

// A function, because the compiler takes the property for unchanged across an await.
const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

/** The rows as INSERT statements with literals, the only way in that every connector has. */
function* insertStatements(
  { relation, columns, types }: InsertTarget,
  rows: readonly (readonly (string | null)[])[],
): Generator<string> {
  const head = `insert into ${relation} (${columns.join(', ')}) values `;
  let tuples: string[] = [];
  let length = 0;
  for (const row of rows) {
    const tuple = `(${types.map((type, at) => literal(row[at] ?? null, type)).join(', ')})`;
    if (length + tuple.length > STATEMENT_CHARACTERS && tuples.length > 0) {
      yield head + tuples.join(', ');
      tuples = [];
      length = 0;
    }
    tuples.push(tuple);
    length += tuple.length + 2;
  }
  if (tuples.length > 0) yield head + tuples.join(', ');
}

const literal = (value: string | null, type: string): string =>
  value === null ? `cast(null as ${type})` : `cast('${value.replaceAll("'", "''")}' as ${type})`;
