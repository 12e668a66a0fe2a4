import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { keepSessions, type KeptSessions, type ReadingSession } from '../../../server/src/warehouse/kept-sessions.ts';
import { postgresWarehouse } from '../../../server/src/warehouse/postgres/warehouse.ts';
import type { Session, Warehouse } from '../../../server/src/warehouse/warehouse.ts';
import { sessionOf } from '../../kit/warehouse-session.ts';
import { startPostgres, type TestServer } from './server.ts';

let server: TestServer;
let warehouse: Warehouse;
let onlooker: Session;
let kept: KeptSessions;

beforeAll(async () => {
  server = await startPostgres();
  warehouse = postgresWarehouse({ credentials: server.credentials, projectRoot: '/' });
  onlooker = await sessionOf(warehouse);
}, 60_000);

beforeEach(() => {
  kept = keepSessions(warehouse, { idleMs: 60_000 });
});

afterEach(() => kept.close());

afterAll(async () => {
  await warehouse.close();
  await server.stop();
});

async function reader(from = kept): Promise<ReadingSession> {
  const session = await from.session();
  if (!session.ok) throw new Error(session.failure.message);
  return session.value;
}

/** The first value that a query gives, read in pages of one row. */
async function valueOf(session: ReadingSession, sql: string, signal?: AbortSignal): Promise<unknown> {
  const stream = await session.query(sql, { pageSize: 1, ...(signal && { signal }) });
  if (!stream.ok) return stream.failure.kind;
  const page = await stream.value.next();
  await stream.value.close();
  return page.ok ? page.value?.[0]?.[0] : page.failure.kind;
}

const PID = 'select pg_backend_pid()';

/** The server process that served one query of a reader of its own. */
async function servedBy(sql = PID, from = kept): Promise<unknown> {
  const session = await reader(from);
  const value = await valueOf(session, sql);
  await session.close();
  return value;
}

/** The server processes that wait for somebody else than the onlooker. */
async function alive(): Promise<readonly unknown[]> {
  const sql = `select pid from pg_stat_activity where usename = 'tester' and pid <> pg_backend_pid()
    and backend_type = 'client backend'`;
  const answer = await onlooker.execute(sql, { fetch: true });
  return answer.ok ? answer.value.rows.map(([pid]) => pid) : [];
}

test('one login serves one query after the other, also behind a mistake', async () => {
  const first = await servedBy();
  expect(await servedBy('select nope')).toBe('statement');
  expect(await servedBy()).toBe(first);
});

test('what a query set is gone for the next one', async () => {
  expect(await servedBy("select set_config('search_path', 'elsewhere', false)")).toBe('elsewhere');
  expect(await servedBy("select current_setting('search_path')")).not.toBe('elsewhere');
});

test('readers at the same time have sessions of their own', async () => {
  const [a, b] = await Promise.all([reader(), reader()]);
  expect(await valueOf(a, PID)).not.toBe(await valueOf(b, PID));
  await Promise.all([a.close(), b.close()]);
});

test('a session that was lost while it waited is replaced without a word', async () => {
  const first = await servedBy();
  await onlooker.execute(`select pg_terminate_backend(${String(first)}, 5000)`, { fetch: false });
  const second = await servedBy();
  expect(second).not.toBe(first);
  expect(await alive()).toEqual([second]);
});

test('a session that is lost while it is used tells it, and is not kept', async () => {
  const session = await reader();
  const first = await valueOf(session, PID);
  await onlooker.execute(`select pg_terminate_backend(${String(first)}, 5000)`, { fetch: false });
  expect(await valueOf(session, PID)).toBe('connection');
  await session.close();
  expect(await servedBy()).not.toBe('connection');
});

test('a session whose query was cancelled is not kept', async () => {
  const session = await reader();
  const first = await valueOf(session, PID);
  const controller = new AbortController();
  const waiting = valueOf(session, 'select pg_sleep(60)', controller.signal);
  controller.abort();
  expect(await waiting).toBe('cancelled');
  await session.close();
  expect(await servedBy()).not.toBe(first);
});

test('sessions are let go after some time, and at the end', async () => {
  const shortly = keepSessions(warehouse, { idleMs: 20 });
  await servedBy(PID, shortly);
  await vi.waitFor(async () => expect(await alive()).toEqual([]), { timeout: 5000 });
  await servedBy();
  await kept.close();
  await vi.waitFor(async () => expect(await alive()).toEqual([]), { timeout: 5000 });
});
