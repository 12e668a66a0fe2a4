import { readdirSync, readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { Client } from 'pg';
import Cursor from 'pg-cursor';
import type { Credentials, Session } from '../../../server/src/warehouse/warehouse.ts';
import { openWarehouse } from './surroundings.ts';

const N_ROWS = 10_000_000;
const PAGE = 500;
const ROUNDS = 7;

/** A query over ten million rows: its first page against the raw driver's, and the memory that reading on takes. */
export async function measurePreview(credentials: Credentials): Promise<Readonly<Record<string, number>>> {
  const isDuckdb = credentials.type === 'duckdb';
  const sql = isDuckdb
    ? `select i as id, 'name ' || i as name, i / 7 as share from range(${N_ROWS}) as t(i)`
    : `select i as id, 'name ' || i as name, i / 7.0 as share from generate_series(1, ${N_ROWS}) as t(i)`;
  const raw = isDuckdb ? await rawDuckdb(sql) : await rawPostgres(credentials, sql);
  const warehouse = openWarehouse(credentials);
  try {
    const opened = await warehouse.session();
    if (!opened.ok) throw new Error(opened.failure.message);
    const first = await least(() => firstPage(opened.value, sql));
    const reading = await readOn(opened.value, sql);
    return { rows: N_ROWS, rawFirstPageMs: raw, firstPageMs: first, ratio: first / raw, ...reading };
  } finally {
    await warehouse.close();
  }
}

/** The least time of several rounds; what `work` answers tidies up, and is not measured. */
async function least(work: () => Promise<() => Promise<void>>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now();
    const end = await work();
    times.push(performance.now() - begun);
    await end();
  }
  return Math.min(...times);
}

async function firstPage(session: Session, sql: string): Promise<() => Promise<void>> {
  const stream = await session.query(sql, { pageSize: PAGE });
  if (!stream.ok) throw new Error(stream.failure.message);
  await stream.value.next();
  return () => stream.value.close();
}

/** Reads two million rows and watches the process that holds the driver. */
async function readOn(session: Session, sql: string): Promise<Readonly<Record<string, number>>> {
  const stream = await session.query(sql, { pageSize: 2000 });
  if (!stream.ok) throw new Error(stream.failure.message);
  const before = megabytesOfChildren();
  let most = before;
  for (let page = 0; page < 1000; page++) {
    const next = await stream.value.next();
    if (!next.ok || next.value === undefined) break;
    if (page % 50 === 0) most = Math.max(most, megabytesOfChildren());
  }
  await stream.value.close();
  return { megabytesBefore: before, megabytesAtMost: most };
}

/** The resident memory of the processes that this one has started. */
function megabytesOfChildren(): number {
  const folders = readdirSync('/proc').filter(it => /^\d+$/.test(it));
  return folders.reduce((sum, pid) => sum + residentOf(pid), 0);
}

function residentOf(pid: string): number {
  let status: string;
  try {
    status = readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    // The process has ended meanwhile.
    return 0;
  }
  const isOurs = status.includes(`PPid:\t${process.pid}\n`) && status.startsWith('Name:\tnode');
  return isOurs ? Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024 : 0;
}

async function rawDuckdb(sql: string): Promise<number> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const ms = await least(async () => {
    const result = await connection.stream(sql);
    // As JavaScript values: the driver's chunk alone is nothing that could be shown.
    (await result.fetchChunk())?.getRows();
    return async () => undefined;
  });
  connection.closeSync();
  instance.closeSync();
  return ms;
}

async function rawPostgres({ host, port, user, password, dbname }: Credentials, sql: string): Promise<number> {
  const client = new Client({
    host: String(host),
    port: Number(port),
    user: String(user),
    password: String(password),
    database: String(dbname),
  });
  await client.connect();
  const ms = await least(async () => {
    await client.query('begin read only');
    const cursor = client.query(new Cursor(sql));
    await cursor.read(PAGE);
    return async () => {
      await cursor.close();
      await client.query('rollback');
    };
  });
  await client.end();
  return ms;
}
