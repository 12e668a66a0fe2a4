import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { silentLog } from '../../server/src/host/log.ts';
import { openResult, type OpenResultOptions } from '../../server/src/lsp/open-result.ts';
import type { MoreRows } from '../../server/src/protocol.ts';
import { warehouseInProcess } from '../../server/src/warehouse/client.ts';
import type { Credentials, Warehouse } from '../../server/src/warehouse/warehouse.ts';
import { bundled } from '../warehouse/bundle.ts';
import { startPostgres, type TestServer } from '../warehouse/postgres/server.ts';
import { sessionOf } from '../kit/warehouse-session.ts';

let folder: string;
let processFile: string;
let server: TestServer;
const open: Warehouse[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'sluice-results-'));
  [processFile, server] = await Promise.all([
    bundled('server/src/warehouse/process.ts', 'warehouse-results'),
    startPostgres(),
  ]);
}, 60_000);

afterEach(async () => {
  await Promise.all(open.splice(0).map(warehouse => warehouse.close()));
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
  rmSync(processFile);
});

type Engine = 'duckdb' | 'postgres';

function warehouseOf(engine: Engine): Warehouse {
  const duckdb: Credentials = { type: 'duckdb', path: 'results.duckdb' };
  const credentials = engine === 'duckdb' ? duckdb : server.credentials;
  const warehouse = warehouseInProcess({ credentials, projectRoot: folder, processFile, log: silentLog });
  open.push(warehouse);
  return warehouse;
}

async function resultOf(warehouse: Warehouse, sql: string, options: Partial<OpenResultOptions> = {}) {
  const signal = new AbortController().signal;
  const opened = await openResult(await sessionOf(warehouse), sql, { limit: 10, signal, ...options });
  if (!opened.ok) throw new Error(opened.failure.message);
  return opened.value;
}

const COUNTING: Readonly<Record<Engine, (n: string) => string>> = {
  duckdb: n => `select range as n from range(${n})`,
  postgres: n => `select n::int from generate_series(0, ${n} - 1) as n`,
};

/** Some rows at once, and then none for a long time. DuckDB answers once it has a buffer full. */
const SLOW: Readonly<Record<Engine, string>> = {
  duckdb: 'from range(100000000000) where range < 300000',
  postgres: 'select n::int from generate_series(0, 99) as n union all select 1 from pg_sleep(60)',
};

const firsts = (more: MoreRows) => more.page.rows.map(([n]) => Number(n));

describe.each(['duckdb', 'postgres'] as const)('a result on %s', engine => {
  const counting = COUNTING[engine];

  test('is read on from where it is, and rows that were read stay', async () => {
    const result = await resultOf(warehouseOf(engine), counting('2500'));
    expect([result.total, result.rest]).toEqual([10, { kind: 'open' }]);
    const more = await result.page(10, 1000);
    expect([more.total, more.rest, more.page.first]).toEqual([1010, { kind: 'open' }, 10]);
    expect(firsts(more)).toEqual(Array.from({ length: 1000 }, (_, n) => n + 10));
    expect(firsts(await result.page(3, 2))).toEqual([3, 4]);
    expect(await result.page(1010, 5000)).toMatchObject({ total: 2500, rest: { kind: 'none' } });
  });

  test('knows its end without being asked for more', async () => {
    const warehouse = warehouseOf(engine);
    expect(await resultOf(warehouse, counting('10'))).toMatchObject({ total: 10, rest: { kind: 'none' } });
    expect(await resultOf(warehouse, counting('11'))).toMatchObject({ total: 10, rest: { kind: 'open' } });
  });

  test('that nobody reads lets the rest go, and a table of it can be dropped', async () => {
    const warehouse = warehouseOf(engine);
    const writer = await sessionOf(warehouse);
    await writer.execute(`create table held as ${counting('100000')}`, { fetch: false });
    const result = await resultOf(warehouse, 'select * from held', { idleMs: 100 });
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(result.rest).toMatchObject({ kind: 'closed', message: expect.stringContaining('Run it again') });
    expect((await result.page(0, 10)).page.rows).toHaveLength(10);
    // The row that was read to know that there is one.
    expect(await result.page(10, 10)).toMatchObject({ page: { rows: [[10]] }, total: 11, rest: { kind: 'closed' } });
    expect(await writer.execute('drop table held', { fetch: false })).toMatchObject({ ok: true });
  });

  test('takes no more memory than it may', async () => {
    const result = await resultOf(warehouseOf(engine), counting('1000000'), { memory: 100_000 });
    const more = await result.page(0, 1_000_000);
    expect(more.rest).toMatchObject({ kind: 'closed', message: expect.stringContaining('in memory') });
    expect(more.total).toBeLessThan(2000);
  });

  test('that was stopped keeps its rows and says so', async () => {
    const result = await resultOf(warehouseOf(engine), SLOW[engine]);
    const waiting = result.page(10, 500_000);
    setTimeout(() => result.stop(), 1000);
    const { total, rest } = await waiting;
    expect(total).toBeGreaterThanOrEqual(10);
    expect(rest).toMatchObject({ kind: 'closed', message: expect.stringContaining('stopped') });
  });

  test('that is closed while a page is read does not wait for it', async () => {
    const result = await resultOf(warehouseOf(engine), SLOW[engine]);
    const waiting = result.page(10, 500_000);
    await new Promise(resolve => setTimeout(resolve, 500));
    await result.close('run');
    expect((await waiting).rest).toMatchObject({ message: expect.stringContaining('before the run') });
  });

  test('whose warehouse process was killed keeps its rows and says so', async () => {
    const warehouse = warehouseOf(engine);
    const result = await resultOf(warehouse, counting('100000'));
    process.kill(warehouseProcess(), 'SIGKILL');
    const more = await result.page(0, 5000);
    expect(more).toMatchObject({ total: 11, rest: { kind: 'failed', message: expect.stringContaining('ended') } });
    await result.release();
  });
});

test('a result whose connection is lost keeps its rows and says so', async () => {
  const warehouse = warehouseOf('postgres');
  const result = await resultOf(warehouse, `select n, pg_backend_pid() from generate_series(1, 100000) as n`);
  const [[, pid] = []] = (await result.page(0, 1)).page.rows;
  const other = await sessionOf(warehouse);
  await other.execute(`select pg_terminate_backend(${String(pid)})`, { fetch: true });
  const more = await result.page(10, 5000);
  expect(more.rest).toMatchObject({ kind: 'failed', message: expect.stringMatching(/connection/i) });
  expect((await result.page(0, 10)).page.rows).toHaveLength(10);
  await result.release();
});

test('a query that is wrong opens no result and leaves no session', async () => {
  const warehouse = warehouseOf('duckdb');
  const signal = new AbortController().signal;
  const opened = await openResult(await sessionOf(warehouse), 'select nope', { limit: 10, signal });
  expect(opened).toMatchObject({ ok: false, failure: { kind: 'statement' } });
});

/** The one warehouse process that this file started and that is alive. */
function warehouseProcess(): number {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ');
  const ours = children.filter(pid => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(processFile));
  expect(ours).toHaveLength(1);
  return Number(ours[0]);
}
