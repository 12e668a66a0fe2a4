import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Credentials } from '../../../server/src/warehouse/warehouse.ts';

// `npm test` looks for this one in all that the suites print and write.
const PASSWORD = process.env['SLUICE_TEST_PASSWORD'] ?? 'a-password';

/**
 * A stand-in for a Trino server on loopback: it speaks the statement protocol (answers chained by `nextUri`, types,
 * errors with places, cancel by DELETE, sessions, transactions, Basic authentication) and executes on DuckDB. It cannot
 * show Trino's own SQL, functions, connectors or planning, nor how a cluster queues.
 */
export interface TrinoStandIn {
  readonly credentials: Credentials;
  /** The requests so far: `POST`, `GET`, `DELETE`, with the headers they came with. */
  readonly requests: readonly {
    readonly method: string;
    readonly headers: IncomingMessage['headers'];
    readonly body: string;
  }[];
  /** Answers the next requests with this status. */
  refuse(status: number, times: number): void;
  stop(): Promise<void>;
}

/** Rows in one answer. */
const ROWS_PER_ANSWER = 100;

interface StandInQuery {
  readonly columns:
    readonly { readonly name: string; readonly type: string; readonly typeSignature: unknown }[] | undefined;
  readonly rows: readonly (readonly unknown[])[];
  readonly updateType: string | undefined;
  readonly updateCount: number | undefined;
}

export async function startTrino(): Promise<TrinoStandIn> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const queries = new Map<string, StandInQuery | 'running'>();
  const requests: { method: string; headers: IncomingMessage['headers']; body: string }[] = [];
  let refusals: { readonly status: number; times: number } | undefined;
  let lastId = 0;

  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      requests.push({ method: request.method ?? '', headers: request.headers, body });
      if (refusals !== undefined && refusals.times-- > 0) return respond(response, refusals.status, 'not now');
      if (request.headers.authorization !== `Basic ${btoa(`ada:${PASSWORD}`)}`) return respond(response, 401, 'no');
      void serve(request, response, body);
    });
  });

  const base = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/statement`;

  async function serve(request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
    const [, id = '', token = '0'] = /\/v1\/statement\/(\w+)\/(\d+)$/.exec(request.url ?? '') ?? [];
    if (request.method === 'DELETE') {
      queries.delete(id);
      connection.interrupt();
      return respond(response, 204, '');
    }
    if (request.method === 'POST') return begin(response, body);
    const query = queries.get(id);
    if (query === undefined) return respond(response, 404, 'no such query');
    const next = `${base()}/${id}/`;
    if (query === 'running') {
      await new Promise(resolve => setTimeout(resolve, 20));
      return respond(response, 200, JSON.stringify({ id, nextUri: `${next}${token}` }));
    }
    respond(response, 200, JSON.stringify(answerOf(id, query, Number(token), next)));
  }

  function begin(response: ServerResponse, sql: string): void {
    const id = `q${++lastId}`;
    if (/^start transaction/i.test(sql)) response.setHeader('X-Trino-Started-Transaction-Id', `t${lastId}`);
    if (/^(?:rollback|commit)/i.test(sql)) response.setHeader('X-Trino-Clear-Transaction-Id', 'true');
    const setting = /^set session (\w+) = '?(\w+)'?/i.exec(sql);
    if (setting !== null) response.setHeader('X-Trino-Set-Session', `${setting[1]}=${setting[2]}`);
    if (/^(?:start transaction|rollback|commit|set session)/i.test(sql)) {
      return respond(response, 200, JSON.stringify({ id, updateType: sql.split(' ')[0]?.toUpperCase() }));
    }
    queries.set(id, 'running');
    void execute(connection, sql).then(
      query => void (queries.has(id) && queries.set(id, query)),
      (error: Error) => void (queries.has(id) && queries.set(id, failed(error, sql))),
    );
    respond(response, 200, JSON.stringify({ id, nextUri: `${base()}/${id}/0` }));
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    credentials: {
      type: 'trino',
      method: 'ldap',
      http_scheme: 'http',
      host: '127.0.0.1',
      port,
      user: 'ada',
      password: PASSWORD,
      database: 'memory',
      schema: 'main',
      session_properties: { query_max_run_time: '5m' },
    },
    requests,
    refuse: (status, times) => (refusals = { status, times }),
    async stop() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function respond(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(withRawNumbers(text));
}

interface FailedQuery extends StandInQuery {
  readonly error?: unknown;
}

function answerOf(id: string, query: FailedQuery, token: number, next: string): unknown {
  if (query.error !== undefined) return { id, error: query.error };
  const { columns, rows, updateType, updateCount } = query;
  const start = token * ROWS_PER_ANSWER;
  const data = rows.slice(start, start + ROWS_PER_ANSWER);
  const hasMore = start + ROWS_PER_ANSWER < rows.length;
  return {
    id,
    ...(columns === undefined ? {} : { columns }),
    ...(data.length === 0 ? {} : { data }),
    ...(hasMore ? { nextUri: `${next}${token + 1}` } : {}),
    ...(updateType === undefined ? {} : { updateType, updateCount }),
  };
}

/** The stand-in has no parser: the place of an error is that of the name in it. */
function failed(error: Error, sql: string): FailedQuery {
  const name = /"(\w+)"/.exec(error.message)?.[1] ?? '';
  const at = Math.max(sql.indexOf(name), 0);
  const before = sql.slice(0, at).split('\n');
  const location = { lineNumber: before.length, columnNumber: Array.from(before.at(-1) ?? '').length + 1 };
  return {
    columns: undefined,
    rows: [],
    updateType: undefined,
    updateCount: undefined,
    error: {
      message: `line ${location.lineNumber}:${location.columnNumber}: ${error.message}`,
      errorName: 'COLUMN_NOT_FOUND',
      errorLocation: location,
    },
  };
}

const TYPES: readonly (readonly [RegExp, string])[] = [
  [/^HUGEINT$/, 'decimal(38,0)'],
  [/^BIGINT$/, 'bigint'],
  [/^INTEGER$/, 'integer'],
  [/^DECIMAL/, 'decimal'],
  [/^DOUBLE$/, 'double'],
  [/^BOOLEAN$/, 'boolean'],
  [/^DATE$/, 'date'],
  [/^TIMESTAMP WITH TIME ZONE$/, 'timestamp(3) with time zone'],
  [/^BLOB$/, 'varbinary'],
  [/\[\]$/, 'array'],
  [/^STRUCT/, 'row'],
];

/** DuckDB has one information schema for all catalogs, Trino one in each; and it takes a new name without a schema. */
const duckdbSpelling = (sql: string): string =>
  sql
    .replaceAll('"memory".information_schema', 'information_schema')
    .replace(/(rename to )(?:"\w+"\.)*("\w+")/i, '$1$2');

/** Trino's answer to EXPLAIN (TYPE IO, FORMAT JSON), with made-up statistics for each table that is named behind FROM. */
function ioPlan(sql: string): StandInQuery {
  const tables = [...sql.matchAll(/\bfrom (\w+)/gi)].map(([, table = '']) => ({
    table: { catalog: 'memory', schemaTable: { schema: 'main', table } },
    estimate: table.startsWith('unknown')
      ? { outputRowCount: 'NaN', outputSizeInBytes: 'NaN', cpuCost: 'NaN' }
      : { outputRowCount: 1000, outputSizeInBytes: 27000, cpuCost: 27000 },
  }));
  const plan = JSON.stringify({ inputTableColumnInfos: tables }, undefined, 2);
  const columns = [{ name: 'Query Plan', ...trinoType('VARCHAR') }];
  return { columns, rows: [[plan]], updateType: undefined, updateCount: undefined };
}

async function execute(connection: DuckDBConnection, sql: string): Promise<StandInQuery> {
  const planned = /^explain \(type io, format json\) (.*)$/is.exec(sql)?.[1];
  if (planned !== undefined) return ioPlan(planned);
  const result = await connection.run(duckdbSpelling(sql));
  const kind = /^\s*(create table|insert|drop table|delete|update)\b/i.exec(sql)?.[1]?.toUpperCase();
  if (kind !== undefined) {
    return { columns: undefined, rows: [], updateType: kind, updateCount: result.rowsChanged };
  }
  const types = result.columnTypes().map(String);
  const columns = result.columnNames().map((name, at) => ({ name, ...trinoType(types[at] ?? '') }));
  const rows = (await result.getRowsJson()).map(row => row.map((value, at) => wireValue(value, types[at] ?? '')));
  return { columns, rows, updateType: undefined, updateCount: undefined };
}

function trinoType(type: string): { readonly type: string; readonly typeSignature: unknown } {
  const raw = TYPES.find(([pattern]) => pattern.test(type))?.[1] ?? 'varchar';
  if (raw === 'array') {
    const item = trinoType(type.slice(0, -2));
    const inner = { kind: 'TYPE', value: item.typeSignature };
    return { type: `array(${item.type})`, typeSignature: { rawType: 'array', arguments: [inner] } };
  }
  if (raw !== 'row') return { type: raw, typeSignature: { rawType: raw.replace(/\(.*$/, ''), arguments: [] } };
  const fields = [...type.matchAll(/"?(\w+)"? (\w+)/g)].map(([, name = '', field = '']) => ({
    name,
    ...trinoType(field),
  }));
  return {
    type: `row(${fields.map(it => `${it.name} ${it.type}`).join(', ')})`,
    typeSignature: {
      rawType: 'row',
      arguments: fields.map(it => ({
        kind: 'NAMED_TYPE',
        value: { fieldName: { name: it.name }, typeSignature: it.typeSignature },
      })),
    },
  };
}

/** DuckDB's JSON as Trino writes it: whole numbers as numbers, rows as lists of their fields. */
function wireValue(value: unknown, type: string): unknown {
  if (type === 'BIGINT' && typeof value === 'string') return new WireNumber(value);
  if (type.startsWith('STRUCT') && typeof value === 'object' && value !== null) return Object.values(value);
  return value;
}

/** A number with all of its digits, which JSON.stringify would not write. */
class WireNumber {
  readonly #digits: string;
  constructor(digits: string) {
    this.#digits = digits;
  }
  toJSON(): unknown {
    return Number.isSafeInteger(Number(this.#digits)) ? Number(this.#digits) : `\u0001${this.#digits}\u0001`;
  }
}

/** Takes the quotes off numbers that JavaScript cannot hold. */
const withRawNumbers = (json: string): string => json.replaceAll(/"\\u0001(-?\d+)\\u0001"/g, '$1');
