import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { packRows } from '../../server/src/base/packed-rows.ts';
import type { Log } from '../../server/src/host/log.ts';
import { warehouseInProcess } from '../../server/src/warehouse/client.ts';
import type { Credentials, Warehouse } from '../../server/src/warehouse/warehouse.ts';
import { bundled } from './bundle.ts';
import { sessionOf } from '../kit/warehouse-session.ts';

let folder: string;
let processFile: string;
const open: Warehouse[] = [];
const lines: string[] = [];
const log: Log = { info: it => lines.push(it), warn: it => lines.push(it), error: it => lines.push(it) };

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'sluice-warehouse-'));
  processFile = await bundled('server/src/warehouse/process.ts', 'warehouse-client');
});

afterEach(async () => {
  await Promise.all(open.splice(0).map(warehouse => warehouse.close()));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(processFile);
});

function warehouseOf(credentials: Credentials): Warehouse {
  const warehouse = warehouseInProcess({ credentials, projectRoot: folder, processFile, log });
  open.push(warehouse);
  return warehouse;
}

const memory: Credentials = { type: 'duckdb', path: ':memory:' };
const endless = 'select count(*) from range(100000000000) a, range(1000) b';

describe('a warehouse in a process of its own', () => {
  test('cells survive the way: bigints, nested values, infinities', async () => {
    const session = await sessionOf(warehouseOf(memory));
    const sql = "select 9007199254740993 as a, {x: [1, null]} as b, 'infinity'::double as c, 1.5::decimal(3,1) as d";
    expect(await session.execute(sql, { fetch: true })).toMatchObject({
      ok: true,
      value: { rows: [[9007199254740993n, { x: [1, null] }, Infinity, '1.5']] },
    });
  });

  test('sessions work side by side and share the database', async () => {
    const warehouse = warehouseOf(memory);
    const [a, b] = await Promise.all([sessionOf(warehouse), sessionOf(warehouse)]);
    await a.execute('create table t (n int)', { fetch: false });
    await b.insertRows({ relation: 't', columns: ['n'], types: ['int'] }, packRows([['1'], ['2']]));
    expect(await a.execute('select sum(n) from t', { fetch: true })).toMatchObject({ value: { rows: [[3]] } });
  });

  test('rows are streamed page by page, and a cancel between pages ends the result', async () => {
    const session = await sessionOf(warehouseOf(memory));
    const controller = new AbortController();
    const stream = await session.query('from range(100000000000)', { pageSize: 3, signal: controller.signal });
    if (!stream.ok) throw new Error(stream.failure.message);
    expect(await stream.value.next()).toEqual({ ok: true, value: [[0], [1], [2]] });
    controller.abort();
    expect(await stream.value.next()).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
    await stream.value.close();
    expect(await session.execute('select 1', { fetch: true })).toMatchObject({ ok: true });
  });

  test('a cancelled statement ends in the engine, and the session goes on', async () => {
    const session = await sessionOf(warehouseOf(memory));
    const controller = new AbortController();
    const running = session.execute(endless, { fetch: true, signal: controller.signal });
    setTimeout(() => controller.abort(), 200);
    expect(await running).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
    expect(await session.execute('select 1', { fetch: true })).toMatchObject({ ok: true });
  });

  test('a signal that is aborted already sends nothing', async () => {
    const session = await sessionOf(warehouseOf(memory));
    const signal = AbortSignal.abort();
    expect(await session.execute('create table t (n int)', { fetch: false, signal })).toMatchObject({ ok: false });
    expect(await session.execute('from t', { fetch: true })).toMatchObject({ ok: false });
  });

  test('an adapter that does not exist is named, with those that do', async () => {
    expect(await warehouseOf({ type: 'oracle' }).session()).toMatchObject({
      ok: false,
      failure: { kind: 'unsupported-adapter', message: expect.stringMatching(/'oracle'.*duckdb/) },
    });
  });

  test('no secret of the credentials is in a failure or in the log', async () => {
    const secret = 'hunter2-hunter2';
    const warehouse = warehouseOf({ ...memory, settings: { no_such_setting: secret }, password: secret });
    const refused = await warehouse.session();
    expect(refused.ok).toBe(false);
    const session = await sessionOf(warehouseOf({ ...memory, token: secret }));
    const failed = await session.execute(`select ${secret.replace('-', '_')}, '${secret}'::int`, { fetch: true });
    expect(JSON.stringify([refused, failed, lines])).not.toContain(secret);
  });

  test('a crash ends what is running with a failure, and the next session starts anew', async () => {
    const warehouse = warehouseOf(memory);
    const session = await sessionOf(warehouse);
    const pid = await warehousePid();
    const running = session.execute(endless, { fetch: true });
    setTimeout(() => process.kill(pid, 'SIGKILL'), 100);
    expect(await running).toMatchObject({ ok: false, failure: { kind: 'crashed' } });
    expect(await session.execute('select 1', { fetch: true })).toMatchObject({ failure: { kind: 'crashed' } });
    const next = await sessionOf(warehouse);
    expect(await next.execute('select 1', { fetch: true })).toMatchObject({ ok: true });
  });

  test('closing gives the file back at once', async () => {
    const credentials = { type: 'duckdb', path: path.join(folder, 'closed.duckdb') };
    const first = warehouseOf(credentials);
    await (await sessionOf(first)).execute('create table t as select 1 as n', { fetch: false });
    await first.close();
    const second = await sessionOf(warehouseOf(credentials));
    expect(await second.execute('from t', { fetch: true })).toMatchObject({ value: { rows: [[1]] } });
  });
});

/** The only child of this test process is the one warehouse process that is open. */
async function warehousePid(): Promise<number> {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ');
  const ours = children.filter(pid => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(processFile));
  expect(ours).toHaveLength(1);
  return Number(ours[0]);
}

describe('the life-line', () => {
  test('the warehouse process ends when its parent is killed in the middle of a statement', async () => {
    const client = await bundled('server/src/warehouse/client.ts', 'warehouse-orphan');
    const parent = path.join(path.dirname(client), `orphan-parent.${process.pid}.cjs`);
    writeFileSync(
      parent,
      `const { warehouseInProcess } = require(${JSON.stringify(client)});
      const quiet = { info() {}, warn() {}, error() {} };
      const options = { credentials: { type: 'duckdb' }, projectRoot: '/', processFile: ${JSON.stringify(processFile)}, log: quiet };
      warehouseInProcess(options).session().then(session => {
        void session.value.execute(${JSON.stringify(endless)}, { fetch: false });
        const { readFileSync } = require('node:fs');
        console.log(readFileSync('/proc/' + process.pid + '/task/' + process.pid + '/children', 'utf8'));
      });`,
    );
    const running = spawn(process.execPath, [parent], { stdio: ['ignore', 'pipe', 'inherit'] });
    const child = await new Promise<string>(resolve =>
      running.stdout.once('data', data => resolve(String(data).trim())),
    );
    expect(existsSync(`/proc/${child}`)).toBe(true);
    running.kill('SIGKILL');
    await expect.poll(() => existsSync(`/proc/${child}`), { timeout: 5000 }).toBe(false);
    rmSync(client);
    rmSync(parent);
  });
});
