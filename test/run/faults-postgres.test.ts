import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bundledCommandLine } from '../warehouse/bundle.ts';
import { startPostgres, type TestServer } from '../warehouse/postgres/server.ts';
import { ProjectOnDisk, until } from './command-line.ts';

let server: TestServer;
let built: Awaited<ReturnType<typeof bundledCommandLine>>;
let admin: Client;
let project: ProjectOnDisk;

beforeAll(async () => {
  [server, built] = await Promise.all([startPostgres(), bundledCommandLine()]);
}, 60_000);

afterAll(async () => {
  rmSync(built.folder, { recursive: true });
  await server.stop();
});

const SLOW = 'select 1 as id, pg_sleep(30)::text as slept\n';
const FILES = {
  'models/first.sql': 'select 1 as id\n',
  'models/slow.sql': `-- depends_on: {{ ref('first') }}\n${SLOW}`,
  'models/after.sql': "select * from {{ ref('slow') }}\n",
  'models/zeta.sql': "-- depends_on: {{ ref('first') }}\nselect 2 as id\n",
};

beforeEach(async () => {
  const { host, port, user, password, dbname } = server.credentials;
  admin = new Client({
    host: String(host),
    port: Number(port),
    user: String(user),
    password: String(password),
    database: String(dbname),
  });
  await admin.connect();
  await admin.query('drop schema if exists faults cascade');
  project = new ProjectOnDisk(built.cli, FILES, { target: { ...server.credentials, schema: 'faults', threads: 1 } });
});

afterEach(async () => {
  await admin.end();
  project.remove();
});

const sleeping = async (): Promise<readonly number[]> => {
  const { rows } = await admin.query<{ pid: number }>(
    "select pid from pg_stat_activity where state = 'active' and query like '%pg_sleep%' and pid <> pg_backend_pid()",
  );
  return rows.map(it => it.pid);
};

const relations = async (): Promise<readonly string[]> => {
  const { rows } = await admin.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'faults' order by 1",
  );
  return rows.map(it => it.name);
};

/** Repairs the slow model and does again what was left undone. */
async function retried(): Promise<void> {
  project.write('models/slow.sql', "select * from {{ ref('first') }}\n");
  const { code, printed } = await project.run('retry');
  expect(printed).toMatch(/ok/);
  expect(code).toBe(0);
  expect(await relations()).toEqual(['after', 'first', 'slow', 'zeta']);
}

describe('a run on PostgreSQL', () => {
  test('whose connection is dropped says so, goes on with another one, and is finished by retry', async () => {
    const run = project.start(['run']);
    await until('the slow model runs', async () => (await sleeping()).length > 0);
    await admin.query('select pg_terminate_backend($1)', [(await sleeping())[0]]);
    const { code, printed } = await run.ended;
    expect(code).toBe(1);
    expect(printed).toMatch(/terminating connection due to administrator command|The connection was lost/);
    expect(project.statuses()).toEqual({ first: 'success', slow: 'error', after: 'skipped', zeta: 'success' });
    expect(await relations()).toEqual(['first', 'zeta']);
    await retried();
  }, 60_000);

  test('ended by Ctrl-C stops the statement in the server at once, calls nothing a success, and is finished by retry', async () => {
    const run = project.start(['run']);
    await until('the slow model runs', async () => (await sleeping()).length > 0);
    const since = Date.now();
    run.process.kill('SIGINT');
    await until('the statement is gone', async () => (await sleeping()).length === 0, 1.5);
    const { code } = await run.ended;
    expect(Date.now() - since).toBeLessThan(4000);
    expect(code).toBe(1);
    expect(project.statuses()).toEqual({ first: 'success', slow: 'skipped', after: 'skipped', zeta: 'skipped' });
    expect(await relations()).toEqual(['first']);
    await retried();
  }, 60_000);

  test('killed leaves no process and no statement behind, and nothing half-written', async () => {
    const run = project.start(['run']);
    await until('the slow model runs', async () => (await sleeping()).length > 0);
    run.process.kill('SIGKILL');
    await until('the statement is gone', async () => (await sleeping()).length === 0, 8);
    expect(await relations()).toEqual(['first']);
    project.write('models/slow.sql', "select * from {{ ref('first') }}\n");
    expect((await project.run('run')).code).toBe(0);
    expect(await relations()).toEqual(['after', 'first', 'slow', 'zeta']);
  }, 60_000);

  test('whose warehouse process is killed fails that model, starts another process, and is finished by retry', async () => {
    const run = project.start(['run']);
    await until('the slow model runs', async () => (await sleeping()).length > 0);
    const children = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(run.process.pid)], { encoding: 'utf8' });
    const warehouse = children.split('\n').find(it => it.includes('warehouse.cjs'));
    process.kill(Number(warehouse?.trim().split(' ')[0]), 'SIGKILL');
    const { code, printed } = await run.ended;
    expect(code).toBe(1);
    expect(printed).toContain('The warehouse process ended unexpectedly (signal SIGKILL)');
    expect(project.statuses()).toEqual({ first: 'success', slow: 'error', after: 'skipped', zeta: 'success' });
    await retried();
  }, 60_000);

  test('under a statement timeout names it, and it is an error and no cancel', async () => {
    project.write('models/slow.sql', `{{ config(pre_hook="set statement_timeout = '300ms'") }}${SLOW}`);
    const { code, printed } = await project.run('run', '--select', 'slow');
    expect(code).toBe(1);
    expect(printed).toContain('canceling statement due to statement timeout');
    expect(project.statuses()).toEqual({ slow: 'error' });
    expect(await relations()).toEqual([]);
  }, 60_000);

  test('that replaces a table leaves the old one whole when it fails', async () => {
    await project.run('run', '--select', 'first');
    project.write('models/first.sql', 'select 1 / (2 - n) as id from generate_series(1, 3) as t(n)\n');
    expect((await project.run('run', '--select', 'first')).code).toBe(1);
    expect((await admin.query('select id from faults.first')).rows).toEqual([{ id: 1 }]);
    expect(await relations()).toEqual(['first']);
  }, 60_000);
});

test('a server that goes away in the middle of a run is an error of every node that needed it', async () => {
  const own = await startPostgres();
  const target = { ...own.credentials, schema: 'faults', threads: 1 };
  const lonely = new ProjectOnDisk(built.cli, FILES, { target });
  try {
    const run = lonely.start(['run']);
    await until('the first model is built', () => {
      try {
        return lonely.read('target/run/shop/models/first.sql') !== '';
      } catch {
        return false;
      }
    });
    await own.stop();
    const { code } = await run.ended;
    expect(code).toBe(1);
    expect(lonely.statuses()).toEqual({ first: 'success', slow: 'error', after: 'skipped', zeta: 'error' });
  } finally {
    lonely.remove();
  }
}, 60_000);
