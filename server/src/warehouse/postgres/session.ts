import { Client, type ClientConfig, type FieldDef, type QueryArrayResult } from 'pg';
import Cursor from 'pg-cursor';
import { unpackRows, type PackedRows } from '../../base/packed-rows.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Cell, InsertTarget, ResultColumn, StatementResult } from '../../base/statement.ts';
import { behind } from '../prefix.ts';
import { executeInOrder } from '../in-order.ts';
import { planEstimate } from './estimate.ts';
import type { CostEstimate, RowStream, Session, Statement, WarehouseFailure } from '../warehouse.ts';
import { cancelled, statementFailure } from './failure.ts';
import { copyRows, copyStatement, insertStatements } from './load-rows.ts';
import { PostgresRowStream } from './row-stream.ts';
import { cellTypes, typeName } from './types.ts';

type Row = readonly Cell[];

/** The part of the server that gives notice of a `drop … if exists` that found nothing, in whatever language. */
const NOTHING_TO_DROP = 'DropErrorMsgNonExistent';

const CASCADE = /\bdrop\b[^]*\bcascade\b/i;

/** What a session has to know of its server. */
export interface ServerFacts {
  readonly processId: number;
  readonly isRedshift: boolean;
}

/** One connection. Statements wait for the one before; a statement closes a result that is still being read. */
export class PostgresSession implements Session {
  readonly #client: Client;
  readonly #config: ClientConfig;
  readonly #processId: number;
  readonly #isRedshift: boolean;
  readonly #explain: string;
  readonly #typeNames = new Map<number, string>();
  #last: Promise<unknown> = Promise.resolve();
  #stream: RowStream | undefined;
  #status = '';
  #wasNoticed = false;

  /** Takes over a client that is connected with `config` and served by the backend `processId`. */
  constructor(client: Client, config: ClientConfig, { processId, isRedshift }: ServerFacts) {
    this.#isRedshift = isRedshift;
    // Behind options in brackets PostgreSQL takes no `analyze`, which would run the query; Redshift knows neither.
    this.#explain = isRedshift ? 'explain ' : 'explain (format text) ';
    this.#client = client;
    this.#config = config;
    this.#processId = processId;
    // The driver keeps only the first word of what the server says of a statement; dbt shows all of it.
    client.connection.on('commandComplete', (message: { readonly text: string }) => {
      this.#status = message.text;
    });
    client.on('notice', ({ routine }) => {
      if (routine !== NOTHING_TO_DROP) this.#wasNoticed = true;
    });
    // A connection that breaks while idle is told by the next statement.
    client.on('error', () => undefined);
  }

  execute(
    sql: string,
    { fetch, signal }: { readonly fetch: boolean; readonly signal?: AbortSignal },
  ): Promise<Result<StatementResult, WarehouseFailure>> {
    return this.#inTurn(() => this.#attempt(sql, signal, async () => this.#run(sql, fetch)));
  }

  executeAll(
    statements: readonly Statement[],
    { signal }: { readonly signal?: AbortSignal },
  ): Promise<readonly Result<StatementResult, WarehouseFailure>[]> {
    return executeInOrder(this, statements, signal);
  }

  insertRows(target: InsertTarget, rows: PackedRows): Promise<Result<number, WarehouseFailure>> {
    const sql = copyStatement(target);
    return this.#inTurn(() =>
      this.#attempt(sql, undefined, async () => {
        // Redshift's COPY reads only from its own storage.
        if (!this.#isRedshift) await copyRows(this.#client, target, rows.pages);
        else for (const insert of insertStatements(target, [...unpackRows(rows)])) await this.#client.query(insert);
        return rows.nRows;
      }),
    );
  }

  query(
    sql: string,
    { pageSize, signal }: { readonly pageSize: number; readonly signal?: AbortSignal },
  ): Promise<Result<RowStream, WarehouseFailure>> {
    return this.#inTurn(async () => {
      const opened = await this.#attempt(sql, signal, () => this.#openStream(sql, pageSize, signal));
      if (opened.ok) this.#stream = opened.value;
      // Whatever began before the failure ends with it.
      else await this.#rollBack();
      return opened;
    });
  }

  estimate(
    sql: string,
    { signal }: { readonly signal?: AbortSignal },
  ): Promise<Result<CostEstimate | undefined, WarehouseFailure>> {
    return this.#inTurn(async () => {
      const explain = this.#explain + sql;
      const planned = await this.#attempt(explain, signal, () => this.#plan(explain));
      return planned.ok ? ok(planEstimate(planned.value)) : err(behind(this.#explain, planned.failure));
    });
  }

  async close(): Promise<void> {
    await this.#inTurn(() => this.#client.end());
  }

  async #run(sql: string, fetch: boolean): Promise<StatementResult> {
    this.#wasNoticed = false;
    const answer: unknown = await this.#client.query<Cell[]>({ text: sql, rowMode: 'array', types: cellTypes });
    // A text with several statements answers with a list; the last one counts.
    const result = (Array.isArray(answer) ? answer.at(-1) : answer) as QueryArrayResult<Cell[]>;
    // The server gives notice of what a cascade takes along, in the language it is set to.
    const cascaded = this.#wasNoticed && CASCADE.test(sql) ? ({ cascaded: true } as const) : {};
    const told = { status: this.#status, rowsAffected: result.rowCount ?? undefined, ...cascaded };
    if (!fetch) return { columns: [], rows: [], ...told };
    return { columns: await this.#columnsOf(result.fields), rows: result.rows, ...told };
  }

  /** The lines of a plan. Only the extended protocol refuses a text of several statements. */
  async #plan(explain: string): Promise<readonly string[]> {
    const config = { text: explain, rowMode: 'array', queryMode: 'extended' } as const;
    const { rows } = await this.#client.query<[string]>(config);
    return rows.map(([line]) => line);
  }

  /** One statement in a transaction that the server keeps from writing. */
  async #openStream(sql: string, pageSize: number, signal: AbortSignal | undefined): Promise<RowStream> {
    await this.#client.query('begin read only');
    const cursor = this.#client.query(new Cursor<Row>(sql, [], { rowMode: 'array', types: cellTypes }));
    const { rows, fields } = await firstPage(cursor, pageSize);
    const columns = await this.#columnsOf(fields);
    return new PostgresRowStream({
      sql,
      cursor,
      columns,
      firstPage: rows,
      pageSize,
      signal,
      cancellable: work => this.#cancellable(signal, work),
      finish: async () => {
        await cursor.close();
        await this.#client.query('rollback');
      },
      abandon: () => this.#rollBack(),
    });
  }

  /** Ends the transaction; a connection that is lost has taken it along. */
  async #rollBack(): Promise<void> {
    await this.#client.query('rollback').catch(() => undefined);
  }

  async #columnsOf(fields: readonly FieldDef[]): Promise<readonly ResultColumn[]> {
    const columns: ResultColumn[] = [];
    for (const field of fields) {
      columns.push({ name: field.name, type: typeName(field) ?? (await this.#askTypeName(field.dataTypeID)) });
    }
    return columns;
  }

  async #askTypeName(oid: number): Promise<string> {
    const known = this.#typeNames.get(oid);
    if (known !== undefined) return known;
    const { rows } = await this.#client.query<{ name: string }>('select format_type($1, null) as name', [oid]);
    const name = rows[0]?.name ?? 'unknown';
    this.#typeNames.set(oid, name);
    return name;
  }

  async #attempt<T>(
    sql: string,
    signal: AbortSignal | undefined,
    work: () => Promise<T>,
  ): Promise<Result<T, WarehouseFailure>> {
    if (signal?.aborted === true) return err(cancelled);
    try {
      return ok(await this.#cancellable(signal, work));
    } catch (error) {
      return err(statementFailure(error, sql, signal));
    }
  }

  async #cancellable<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    const cancel = (): void => void this.#cancelInServer();
    signal?.addEventListener('abort', cancel, { once: true });
    return work().finally(() => signal?.removeEventListener('abort', cancel));
  }

  /** A statement is cancelled from a second connection; should that fail, the statement goes on to its own end. */
  async #cancelInServer(): Promise<void> {
    const other = new Client(this.#config);
    other.on('error', () => undefined);
    try {
      await other.connect();
      await other.query('select pg_cancel_backend($1)', [this.#processId]);
    } catch {
      // The statement's own outcome tells what became of it.
    } finally {
      await other.end().catch(() => undefined);
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

/** The first read also tells the columns, which the cursor's promises leave out. */
function firstPage(
  cursor: Cursor<Row>,
  pageSize: number,
): Promise<{ readonly rows: readonly Row[]; readonly fields: readonly FieldDef[] }> {
  return new Promise((resolve, reject) => {
    cursor.read(pageSize, (error, rows, result) => {
      if (error) reject(error);
      else resolve({ rows, fields: result.fields });
    });
  });
}
