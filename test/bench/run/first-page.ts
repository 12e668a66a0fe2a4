import { createRequire } from 'node:module';
import { DuckDBInstance } from '@duckdb/node-api';
import Cursor from 'pg-cursor';
import { systemClock } from '../../../server/src/host/clock.ts';
import type { JobProject } from '../../../server/src/lsp/job-runner.ts';
import { warehouseJobs } from '../../../server/src/lsp/warehouse-jobs.ts';
import { createModelDb } from '../../../server/src/model/create-db.ts';
import { statementReader, type SqlGrammar } from '../../../server/src/syntax/sql/independent-parser.ts';
import type { Credentials, Warehouse } from '../../../server/src/warehouse/warehouse.ts';
import { openWarehouse, projectOf, rawClient } from './surroundings.ts';

/** Somebody who gets the first page of a query. */
export interface Party {
  /** Gets the page as values of JavaScript; what it answers ends the query, and is not measured. */
  readonly firstPage: () => Promise<() => Promise<unknown>>;
  readonly close: () => Promise<unknown>;
}

/** The query and how many of its rows are a page. */
export interface Wanted {
  readonly sql: string;
  readonly page: number;
}

/** DuckDB's driver as it comes. */
export async function rawDuckdb({ sql, page }: Wanted): Promise<Party> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  return {
    async firstPage() {
      const chunk = await (await connection.stream(sql)).fetchChunk();
      // The rest of the driver's chunk is of no use to a page.
      const rows = Array.from({ length: page }, (_, row) => chunk?.getRowValues(row));
      return async () => rows;
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** PostgreSQL's driver with a cursor, in a transaction that only reads. */
export async function rawPostgres(credentials: Credentials, { sql, page }: Wanted): Promise<Party> {
  const client = rawClient(credentials);
  await client.connect();
  return {
    async firstPage() {
      await client.query('begin read only');
      const cursor = client.query(new Cursor(sql));
      await cursor.read(page);
      return async () => {
        await cursor.close();
        await client.query('rollback');
      };
    },
    close: () => client.end(),
  };
}

/** A session that is open, in the warehouse process. */
export async function session(warehouse: Warehouse, { sql, page }: Wanted): Promise<Party> {
  const opened = await warehouse.session();
  if (!opened.ok) throw new Error(opened.failure.message);
  return {
    async firstPage() {
      const stream = await opened.value.query(sql, { pageSize: page });
      if (!stream.ok) throw new Error(stream.failure.message);
      await stream.value.next();
      return () => stream.value.close();
    },
    close: () => opened.value.close(),
  };
}

/** All that the language server does when a person presses the key on a model of this SQL. */
export function editor(credentials: Credentials, { sql, page }: Wanted): Party {
  const project = jobProject(credentials, sql);
  const jobs = warehouseJobs({
    clock: systemClock,
    newId: () => 'bench',
    credentialsOf: () => ({ ok: true, value: credentials }),
    openWarehouse: () => openWarehouse(credentials),
    readStatements: statementReader(loadGrammar),
    workerFile: '',
    writeArtifact: () => undefined,
    remember: () => undefined,
  });
  const request = {
    file: MODEL,
    limit: page,
    part: { kind: 'whole' },
    incremental: undefined,
    costLimit: undefined,
  } as const;
  return {
    async firstPage() {
      const { outcome, result } = await jobs.preview(project, request, { signal: new AbortController().signal });
      if (outcome.kind !== 'rows') throw new Error(JSON.stringify(outcome));
      return async () => result?.release();
    },
    close: () => jobs.close(),
  };
}

const MODEL = 'models/big.sql';

const loadGrammar = (grammar: string): SqlGrammar =>
  createRequire(__filename)(`node-sql-parser/build/${grammar}`) as SqlGrammar;

function jobProject(credentials: Credentials, sql: string): JobProject {
  const input = projectOf({ [MODEL]: sql }, credentials);
  return { input, db: createModelDb(input), placeOf: () => null, uriOf: file => file };
}
