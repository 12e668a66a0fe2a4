import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bundledCommandLine } from '../warehouse/bundle.ts';
import { startPostgres, type TestServer } from '../warehouse/postgres/server.ts';
import { ProjectOnDisk } from './command-line.ts';
import { batchesOf, microbatchFiles, PERIOD } from './microbatch-project.ts';

let server: TestServer;
let built: Awaited<ReturnType<typeof bundledCommandLine>>;
let project: ProjectOnDisk;

beforeAll(async () => {
  [server, built] = await Promise.all([startPostgres(), bundledCommandLine()]);
}, 60_000);

afterAll(async () => {
  rmSync(built.folder, { recursive: true });
  await server.stop();
});

afterEach(async () => {
  await project.run('run-operation', 'clear');
  project.remove();
});

/** PostgreSQL merges by a key; DuckDB replaces what lies in the time of the batch, and takes no key. */
const WAREHOUSES = {
  DuckDB: { target: () => ({ type: 'duckdb', path: 'shop.duckdb', schema: 'micro', threads: 3 }), key: '' },
  PostgreSQL: { target: () => ({ ...server.credentials, schema: 'micro', threads: 3 }), key: ", unique_key='id'" },
};

const CLEAR =
  "{% macro clear() %}{% do run_query('drop schema if exists micro cascade') %}{% do adapter.commit() %}{% endmacro %}\n";

function start(warehouse: keyof typeof WAREHOUSES, more: Readonly<Record<string, string>> = {}): void {
  const { target, key } = WAREHOUSES[warehouse];
  project = new ProjectOnDisk(
    built.cli,
    { ...microbatchFiles({ key }), 'macros/clear.sql': CLEAR, ...more },
    { target: target() },
  );
}

/** A model that is built at once, with an input that has times and is tested. */
const SAMPLED = {
  'models/plain.sql': "select count(*) as n from {{ ref('events') }}\n",
  'models/untimed.sql': "select * from {{ ref('after') }}\n",
  'models/plain.yml': 'models: [{name: events, columns: [{name: id, data_tests: [not_null]}]}]\n',
};

/** The rows of the model: its key, the batch that made it, and whether it was added to a table that was there. */
async function rows(): Promise<readonly string[]> {
  const sql = 'select id, batch, is_added, amount from micro.daily order by id';
  const { printed } = await project.run('show', '--inline', sql, '--output', 'json', '--quiet');
  const { show } = JSON.parse(printed.slice(printed.indexOf('{'))) as {
    readonly show: readonly Record<string, unknown>[];
  };
  return show.map(it => `${String(it['id'])} ${String(it['batch'])} ${String(it['is_added'])} ${String(it['amount'])}`);
}

describe.each(['DuckDB', 'PostgreSQL'] as const)('a microbatch model on %s', warehouse => {
  test('is built batch by batch, each from the events of its time', async () => {
    start(warehouse);
    const { code, printed } = await project.run('run', ...PERIOD);
    expect(code, printed).toBe(0);
    expect(printed).toContain('batch 2024-09-16 (2 of 3)');
    expect(await rows()).toEqual(['1 20240915 false 5', '2 20240916 true 10', '3 20240917 true 15']);
    expect(batchesOf(project, 'daily')).toEqual({
      status: 'success',
      message: 'SUCCESS',
      successful: ['2024-09-15', '2024-09-16', '2024-09-17'],
      failed: [],
    });
    expect(project.read('target/compiled/shop/models/daily/daily_2024-09-16.sql')).toContain(
      "happened >= '2024-09-16 00:00:00+00:00' and happened < '2024-09-17 00:00:00+00:00'",
    );
    expect(existsSync(path.join(project.root, 'target/run/shop/models/daily/daily_2024-09-17.sql'))).toBe(true);
  }, 60_000);

  test('runs again only the batches of the period, in place of what was there', async () => {
    start(warehouse);
    await project.run('run', ...PERIOD);
    project.write('models/events.sql', project.read('models/events.sql').replace(', 10\n', ', 11\n'));
    const { code, printed } = await project.run(
      'run',
      '--event-time-start',
      '2024-09-16',
      '--event-time-end',
      '2024-09-17',
    );
    expect(code, printed).toBe(0);
    expect(await rows()).toEqual(['1 20240915 false 5', '2 20240916 true 11', '3 20240917 true 15']);
    expect(batchesOf(project, 'daily').successful).toEqual(['2024-09-16']);
  }, 60_000);

  test('built anew replaces the table with its first batch only', async () => {
    start(warehouse);
    await project.run('run', ...PERIOD);
    const { code, printed } = await project.run('run', '--full-refresh', ...PERIOD);
    expect(code, printed).toBe(0);
    expect((await rows()).map(row => row.split(' ')[0])).toEqual(['1', '2', '3']);
  }, 60_000);

  test('of a sample is built in the batches of its time, and so are the others that read what has times', async () => {
    start(warehouse, SAMPLED);
    const window = "{start: '2024-09-16 06:00:00', end: '2024-09-17'}";
    const { code, printed } = await project.run('build', '--sample', window);
    expect(code, printed).toBe(0);
    expect(await rows()).toEqual(['2 20240916 false 10']);
    expect(project.read('target/compiled/shop/models/daily/daily_2024-09-16.sql')).toContain(
      "happened >= '2024-09-16 06:00:00+00:00' and happened < '2024-09-17 00:00:00+00:00'",
    );
    expect(project.read('target/compiled/shop/models/plain.sql')).toContain(
      "happened >= '2024-09-16 06:00:00+00:00' and happened < '2024-09-17 00:00:00+00:00'",
    );
    // What has no times is read as a whole, and tests see all that was built.
    expect(project.read('target/compiled/shop/models/untimed.sql')).not.toContain('where');
    expect(project.read('target/compiled/shop/models/plain.yml/not_null_events_id.sql')).not.toContain('happened');
  }, 60_000);

  test('of a sample that failed is built by retry from the same time', async () => {
    start(warehouse, { 'models/broken.sql': "select {{ var('what', 'nothing') }} as x from {{ ref('events') }}\n" });
    const { code } = await project.run('build', '--sample', '1 day', '--select', '+broken');
    expect(code).toBe(1);
    const sample = /where happened >= .*? and happened < '[^']*'/;
    const before = sample.exec(project.read('target/compiled/shop/models/broken.sql'))?.[0];
    expect(before).toBeDefined();
    await project.run('retry', '--vars', '{what: 1}');
    expect(sample.exec(project.read('target/compiled/shop/models/broken.sql'))?.[0]).toBe(before);
  }, 60_000);

  test('of which a batch fails is built in part, holds back what reads it, and is finished by retry', async () => {
    start(warehouse);
    const { code, printed } = await project.run('run', ...PERIOD, '--vars', '{bad: 2}');
    expect(code).toBe(1);
    expect(printed).toContain('batch 2024-09-16: ');
    expect(batchesOf(project, 'daily')).toEqual({
      status: 'partial success',
      message: 'PARTIAL SUCCESS (2/3)',
      successful: ['2024-09-15', '2024-09-17'],
      failed: ['2024-09-16'],
    });
    expect(project.statuses()).toMatchObject({ after: 'skipped' });
    const retried = await project.run('retry', '--vars', '{bad: 0}');
    expect(retried.code, retried.printed).toBe(0);
    expect(retried.printed).toContain('batch 2024-09-16 (1 of 1)');
    expect((await rows()).map(row => row.split(' ')[0])).toEqual(['1', '2', '3']);
    expect(batchesOf(project, 'daily')).toMatchObject({
      status: 'success',
      successful: ['2024-09-16', '2024-09-15', '2024-09-17'],
    });
  }, 60_000);

  test('whose first batch fails begins no other', async () => {
    start(warehouse);
    const { code, printed } = await project.run('run', ...PERIOD, '--vars', '{bad: 1}');
    expect(code).toBe(1);
    expect(printed).not.toContain('(2 of 3)');
    expect(batchesOf(project, 'daily')).toMatchObject({
      status: 'error',
      message: 'ERROR',
      failed: ['2024-09-15', '2024-09-16', '2024-09-17'],
    });
  }, 60_000);

  test('runs the hooks before it once and those after it once', async () => {
    const hooks =
      'models:\n  shop:\n    daily:\n      +pre-hook: "create table if not exists micro.told (what text)"\n      +post-hook: "insert into micro.told values (\'{{ model.batch.id }}\')"\n';
    start(warehouse, { 'dbt_project.yml': `name: shop\nprofile: shop\n${hooks}` });
    const { code, printed } = await project.run('run', ...PERIOD);
    expect(code, printed).toBe(0);
    const told = await project.run('show', '--inline', 'select what from micro.told', '--output', 'json', '--quiet');
    expect(told.printed).toContain('20240917');
    expect(told.printed).not.toContain('20240916');
  }, 60_000);
});

describe('the times of microbatch models', () => {
  test('are asked for together and in order', async () => {
    start('DuckDB');
    const alone = await project.run('run', '--event-time-start', '2024-09-15');
    expect(alone.printed).toContain('When specifying `--event-time-start`, `--event-time-end` must also be present.');
    const turned = await project.run('run', '--event-time-start', '2024-09-15', '--event-time-end', '2024-09-15');
    expect(turned.printed).toContain('must be less than `--event-time-end`');
  }, 60_000);

  test('do not matter to a strategy of the project itself, which is run in one', async () => {
    const own =
      '{% macro get_incremental_microbatch_sql(arg_dict) %}{{ return(get_incremental_append_sql(arg_dict)) }}{% endmacro %}\n';
    start('DuckDB', { 'macros/own.sql': own });
    const { code, printed } = await project.run('run', ...PERIOD);
    expect(code, printed).toBe(0);
    expect(await rows()).toHaveLength(3);
    expect(printed).not.toContain('batch 2024');
  }, 60_000);
});
