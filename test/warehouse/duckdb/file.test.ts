import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { duckdbWarehouse } from '../../../server/src/warehouse/duckdb/warehouse.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sluice-duckdb-file-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

const at = (file: string, idleMs = 3000) =>
  duckdbWarehouse({ credentials: { type: 'duckdb', path: file }, projectRoot: folder }, { idleMs });

/** Another program that holds the file until it is told to stop. */
async function holder(file: string): Promise<{ readonly pid: number; readonly stop: () => Promise<void> }> {
  const driver = createRequire(import.meta.url).resolve('@duckdb/node-api');
  const script = `require(${JSON.stringify(driver)}).DuckDBInstance.create(${JSON.stringify(file)}).then(
    instance => { globalThis.held = instance; console.log('held'); setInterval(() => undefined, 1000); },
    error => { console.log(error.message); process.exit(1); })`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise<string>(resolve => child.stdout.once('data', data => resolve(String(data).trim())));
  if (line !== 'held') throw new Error(line);
  return {
    pid: child.pid!,
    stop: async () => {
      const ended = new Promise(resolve => child.once('exit', resolve));
      child.kill();
      await ended;
    },
  };
}

test('a file that another program holds is a failure that names the program, and opens once it lets go', async () => {
  const file = path.join(folder, 'held.duckdb');
  const other = await holder(file);
  const warehouse = at(file);
  const refused = await warehouse.session();
  expect(refused).toMatchObject({ ok: false, failure: { kind: 'locked' } });
  expect(!refused.ok && refused.failure.message).toContain(`(PID ${other.pid})`);
  if (process.platform === 'linux') expect(!refused.ok && refused.failure.message).toContain(process.execPath);
  await other.stop();
  expect(await warehouse.session()).toMatchObject({ ok: true });
  await warehouse.close();
});

test('the file is given back soon after the last session was closed, and the next session has its tables', async () => {
  const file = path.join(folder, 'idle.duckdb');
  const warehouse = at(file, 50);
  const first = await warehouse.session();
  if (!first.ok) throw new Error(first.failure.message);
  await first.value.execute('create table t as select 1 as n', { fetch: false });
  await expect(holder(file)).rejects.toThrow('lock');
  await first.value.close();
  await new Promise(resolve => setTimeout(resolve, 200));
  await (await holder(file)).stop();
  const second = await warehouse.session();
  if (!second.ok) throw new Error(second.failure.message);
  expect(await second.value.execute('select n from t', { fetch: true })).toMatchObject({ value: { rows: [[1]] } });
  await warehouse.close();
});

test('a database in memory keeps its tables while no session is open', async () => {
  const warehouse = at(':memory:', 1);
  const first = await warehouse.session();
  if (!first.ok) throw new Error(first.failure.message);
  await first.value.execute('create table t as select 1 as n', { fetch: false });
  await first.value.close();
  await new Promise(resolve => setTimeout(resolve, 50));
  const second = await warehouse.session();
  expect(second.ok && (await second.value.execute('from t', { fetch: true }))).toMatchObject({ ok: true });
  await warehouse.close();
});

test.each([
  ['no/such/folder.duckdb', 'its folder does not exist'],
  [path.resolve(import.meta.filename), 'not a valid DuckDB database file'],
])('%s is a failure that says why', async (file, why) => {
  const failed = await at(file).session();
  expect(failed).toMatchObject({ ok: false, failure: { kind: 'connection', message: expect.stringContaining(why) } });
});

test('settings, attached databases and options of the profile are in force', async () => {
  const warehouse = duckdbWarehouse({
    credentials: {
      type: 'duckdb',
      path: 'main.duckdb',
      config_options: { threads: 1 },
      settings: { TimeZone: 'Asia/Tokyo' },
      attach: [{ path: 'other.duckdb', alias: 'other' }],
    },
    projectRoot: folder,
  });
  const session = await warehouse.session();
  if (!session.ok) throw new Error(session.failure.message);
  const sql = `select current_setting('threads'), current_setting('TimeZone'),
    (select count(*) from duckdb_databases() where database_name = 'other')`;
  expect(await session.value.execute(sql, { fetch: true })).toMatchObject({ value: { rows: [[1, 'Asia/Tokyo', 1]] } });
  await warehouse.close();
});

test('a setting that DuckDB does not know is a failure of the connection', async () => {
  const warehouse = duckdbWarehouse({
    credentials: { type: 'duckdb', settings: { no_such_setting: 1 } },
    projectRoot: folder,
  });
  expect(await warehouse.session()).toMatchObject({
    ok: false,
    failure: { kind: 'connection', message: expect.stringContaining('no_such_setting') },
  });
});
