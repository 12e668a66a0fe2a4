import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { duckdbWarehouse } from '../../server/src/warehouse/duckdb/warehouse.ts';
import { bundledCommandLine } from '../warehouse/bundle.ts';
import { ProjectOnDisk } from './command-line.ts';

let built: Awaited<ReturnType<typeof bundledCommandLine>>;
let project: ProjectOnDisk;

beforeAll(async () => {
  built = await bundledCommandLine();
}, 60_000);

afterAll(() => rmSync(built.folder, { recursive: true }));
afterEach(() => project.remove());

const DUCKDB = { type: 'duckdb', path: 'shop.duckdb', schema: 'main', threads: 1 };

async function rows(sql: string): Promise<unknown> {
  const file = path.join(project.root, 'shop.duckdb');
  const warehouse = duckdbWarehouse({ credentials: { type: 'duckdb', path: file }, projectRoot: '/' });
  const opened = await warehouse.session();
  if (!opened.ok) throw new Error(opened.failure.message);
  const answer = await opened.value.execute(sql, { fetch: true });
  await warehouse.close();
  return answer.ok ? answer.value.rows : answer.failure.message;
}

test('retry runs what failed and what was skipped below it, with the flags of that run', async () => {
  const files = {
    'models/a.sql': "select '{{ var('who') }}' as who\n",
    'models/b.sql': "select no_such from {{ ref('a') }}\n",
    'models/c.sql': "select who || '{{ var('who') }}' as who from {{ ref('b') }}\n",
  };
  project = new ProjectOnDisk(built.cli, files, { target: DUCKDB });
  await project.run('run', '--vars', '{who: Ada}');
  expect(project.statuses()).toEqual({ a: 'success', b: 'error', c: 'skipped' });
  project.write('models/b.sql', "select who from {{ ref('a') }}\n");
  expect((await project.run('retry')).code).toBe(0);
  expect(project.statuses()).toEqual({ b: 'success', c: 'success' });
  expect(await rows('select who from c')).toEqual([['AdaAda']]);
  expect((await project.run('retry')).printed).toContain('Nothing to retry');
}, 60_000);

test.each([
  ['compile', 'Compiled 1 node.'],
  ['docs generate', 'catalog.json'],
])(
  'retry does again what %s could not compile',
  async (command, told) => {
    const files = {
      'models/a.sql': 'select 1 as id\n',
      'models/b.sql':
        "select {{ 1 if not execute or var('is_ready', false) else exceptions.raise_compiler_error('wait') }}\n",
    };
    project = new ProjectOnDisk(built.cli, files, { target: DUCKDB });
    const first = await project.run(...command.split(' '));
    expect(first.code, first.printed).toBe(1);
    expect(project.statuses()).toEqual({ a: 'success', b: 'error' });
    const again = await project.run('retry', '--vars', '{is_ready: true}');
    expect(again.code, again.printed).toBe(0);
    expect(again.printed).toContain(told);
    expect(project.statuses()).toEqual({ b: 'success' });
    expect(project.read('target/compiled/shop/models/b.sql')).toBe('select 1');
    expect((await project.run('retry')).printed).toContain('Nothing to retry');
  },
  60_000,
);

test('clone makes views on what another environment built, and leaves what is there', async () => {
  const files = { 'models/a.sql': 'select 1 as id\n', 'models/b.sql': "select id from {{ ref('a') }}\n" };
  project = new ProjectOnDisk(built.cli, files, { target: { ...DUCKDB, schema: 'prod' } });
  await project.run('run', '--target-path', 'prod');
  const dev = { ...DUCKDB, schema: 'dev' };
  project.write('profiles.yml', JSON.stringify({ shop: { target: 'dev', outputs: { dev } } }));
  const cloned = await project.run('clone', '--state', 'prod');
  expect(cloned.printed).toContain('2 ok');
  expect(cloned.code).toBe(0);
  expect(
    await rows("select table_name, table_type from information_schema.tables where table_schema = 'dev' order by 1"),
  ).toEqual([
    ['a', 'VIEW'],
    ['b', 'VIEW'],
  ]);
  expect(await rows('select id from dev.b')).toEqual([[1]]);
  expect((await project.run('clone', '--state', 'prod')).printed).toContain('already exists');
}, 60_000);

test('source freshness compares the newest row with what the source promises, and leaves sources.json', async () => {
  const tables = ['new', 'old', 'gone'].map(name => ({ name }));
  const freshness = { warn_after: { count: 1, period: 'hour' }, error_after: { count: 2, period: 'day' } };
  const source = { name: 'raw', schema: 'main', loaded_at_field: 'loaded', freshness, tables };
  const files = {
    'models/s.yml': JSON.stringify({ sources: [source] }),
    'models/new.sql': 'select now() as loaded\n',
    'models/old.sql': 'select now() - interval 5 day as loaded\n',
  };
  project = new ProjectOnDisk(built.cli, files, { target: DUCKDB });
  await project.run('run');
  const { code } = await project.run('source', 'freshness');
  expect(code).toBe(1);
  const { results } = JSON.parse(project.read('target/sources.json')) as {
    readonly results: readonly { readonly unique_id: string; readonly status: string }[];
  };
  expect(Object.fromEntries(results.map(it => [it.unique_id.split('.').at(-1), it.status]))).toEqual({
    new: 'pass',
    old: 'error',
    gone: 'runtime error',
  });
}, 60_000);

test('fail-fast leaves out what was not ready at the first failure', async () => {
  const files = {
    'models/a.sql': 'select no_such\n',
    'models/b.sql': 'select 1 as id\n',
    'models/c.sql': "select * from {{ ref('b') }}\n",
  };
  project = new ProjectOnDisk(built.cli, files, { target: DUCKDB });
  expect((await project.run('run', '--fail-fast')).code).toBe(1);
  expect(project.statuses()).toEqual({ a: 'error', b: 'success', c: 'skipped' });
}, 60_000);

const FAILING = {
  'models/a.sql': 'select 1 as id union all select null\n',
  'models/s.yml': 'models: [{name: a, columns: [{name: id, data_tests: [not_null]}]}]\n',
};

test('test makes the schema that failing rows are kept in, says where they are, and how to go on', async () => {
  project = new ProjectOnDisk(built.cli, FAILING, { target: DUCKDB });
  await project.run('run');
  const { code, printed } = await project.run('test', '--store-failures', '--target-path', 'other');
  expect(code).toBe(1);
  expect(printed).toContain('rows: select * from "shop"."main_dbt_test__audit"."not_null_a_id"\n');
  expect(printed).toMatch(/\nsluice retry --profiles-dir \S+ --target-path other does what did not end well again/);
  expect(await rows('select * from main_dbt_test__audit.not_null_a_id')).toEqual([[null]]);
  const plain = await project.run('test');
  expect(plain.printed).not.toContain('rows: ');
  expect((await project.run('run')).printed).not.toContain('sluice retry');
}, 60_000);

test('show sends SQL that is no template as it is', async () => {
  project = new ProjectOnDisk(built.cli, { 'models/a.sql': 'select 1 as id\n' }, { target: DUCKDB });
  const shown = await project.run('show', '--inline-direct', "select '{{ nothing }}' as text", '--output', 'json');
  expect(JSON.parse(shown.printed)).toEqual({ show: [{ text: '{{ nothing }}' }] });
}, 60_000);

test('seed --show prints the first rows of what it loaded', async () => {
  const files = { 'seeds/people.csv': 'id,name\n1,Ada\n2,Grace\n', 'seeds/empty.csv': 'id\n' };
  project = new ProjectOnDisk(built.cli, files, { target: DUCKDB });
  const { code, printed } = await project.run('seed', '--show', '--select', 'people');
  expect(code).toBe(0);
  expect(printed).toMatch(/id +name[^]*1 +Ada\n +2 +Grace\n[^]*2 rows of people/);
  expect((await project.run('seed', '--select', 'people')).printed).not.toContain('Grace');
}, 60_000);

test('retry defers and clones from where the last run did, and runs an operation again with its arguments', async () => {
  const files = {
    'models/a.sql': 'select 1 as id\n',
    'models/b.sql': "select wrong from {{ ref('a') }}\n",
    'macros/m.sql':
      "{% macro say(what) %}{{ log('said ' ~ what ~ run_query(var('sql')).rows[0][0], info=true) }}{% endmacro %}\n",
  };
  project = new ProjectOnDisk(built.cli, files, { target: { ...DUCKDB, schema: 'prod' } });
  await project.run('run', '--select', 'a', '--target-path', 'prod');
  project.write(
    'profiles.yml',
    JSON.stringify({ shop: { target: 'dev', outputs: { dev: { ...DUCKDB, schema: 'dev' } } } }),
  );
  expect((await project.run('run', '--select', 'b', '--defer', '--state', 'prod')).code).toBe(1);
  project.write('models/b.sql', "select id from {{ ref('a') }}\n");
  expect((await project.run('retry')).printed).toContain('1 ok');
  expect(await rows('select id from dev.b')).toEqual([[1]]);

  expect((await project.run('run-operation', 'say', '--args', '{what: it}', '--vars', '{sql: select x}')).code).toBe(1);
  expect((await project.run('retry', '--vars', '{sql: select 7}')).printed).toContain('said it7');

  await project.run('clone', '--select', 'a', '--state', 'prod');
  expect((await project.run('retry')).printed).toContain('Nothing to retry');
}, 60_000);
