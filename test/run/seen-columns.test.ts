import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { SeenRelation } from '../../server/src/model/seen-relations.ts';
import type { Credentials } from '../../server/src/warehouse/warehouse.ts';
import { bundledCommandLine } from '../warehouse/bundle.ts';
import { startPostgres, type TestServer } from '../warehouse/postgres/server.ts';
import { ProjectOnDisk } from './command-line.ts';

let built: Awaited<ReturnType<typeof bundledCommandLine>>;
let server: TestServer;
let project: ProjectOnDisk;

beforeAll(async () => {
  [built, server] = await Promise.all([bundledCommandLine(), startPostgres()]);
}, 60_000);

afterAll(async () => {
  rmSync(built.folder, { recursive: true });
  await server.stop();
});
afterEach(() => project.remove());

const FILES = {
  'seeds/people.csv': 'id,name\n1,Ada\n',
  'models/priced.sql': 'select 1 as id, cast(1.5 as numeric(10, 2)) as price\n',
  'models/named.sql': "{{ config(materialized='view') }}select id, price as cost from {{ ref('priced') }}\n",
  'models/between.sql': "{{ config(materialized='ephemeral') }}select id from {{ ref('priced') }}\n",
  'models/wrong.sql': 'select no_such_column\n',
  'models/s.yml': 'models: [{name: named, columns: [{name: id, data_tests: [not_null]}]}]\n',
};

function seen(): readonly SeenRelation[] {
  return (JSON.parse(project.read('target/sluice_catalog.json')) as { readonly relations: readonly SeenRelation[] })
    .relations;
}

const told = (): readonly string[] =>
  seen().map(it => `${it.seen_by} ${it.type} ${it.name}: ${it.columns.map(c => `${c.name} ${c.type}`).join(', ')}`);

test.each<[string, () => Credentials, readonly string[]]>([
  [
    'DuckDB',
    () => ({ type: 'duckdb', path: 'shop.duckdb', schema: 'main', threads: 2 }),
    [
      'run VIEW named: id INTEGER, cost DECIMAL(10,2)',
      'build BASE TABLE people: id INTEGER, name VARCHAR',
      'build BASE TABLE priced: id INTEGER, price DECIMAL(10,2)',
    ],
  ],
  [
    'PostgreSQL',
    () => ({ ...server.credentials, schema: 'seen', threads: 2 }),
    [
      'run VIEW named: id integer, cost numeric(10,2)',
      'build BASE TABLE people: id integer, name text',
      'build BASE TABLE priced: id integer, price numeric(10,2)',
    ],
  ],
])(
  'a run on %s leaves the columns of what it built, and no others',
  async (_, target, expected) => {
    project = new ProjectOnDisk(built.cli, FILES, { target: target() });
    await project.run('build', '--exclude', 'named');
    expect(project.statuses()).toMatchObject({ wrong: 'error', priced: 'success' });
    const [, before] = seen();
    await project.run('run', '--select', 'named');
    expect(told()).toEqual(expected);
    expect(seen().find(it => it.name === 'priced')).toEqual(before);
    expect(seen()[0]).toMatchObject({ target: 'dev', seen_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) });
  },
  60_000,
);

test('what keeps the columns from being read is told, and the run is none the worse for it', async () => {
  const files = {
    'models/a.sql': 'select 1 as id\n',
    'macros/m.sql':
      "{% macro duckdb__get_catalog_relations(a, b) %}{{ exceptions.raise_compiler_error('no rights') }}{% endmacro %}\n",
  };
  project = new ProjectOnDisk(built.cli, files, { target: { type: 'duckdb', path: 'shop.duckdb', schema: 'main' } });
  const { code, printed } = await project.run('run');
  expect(code).toBe(0);
  expect(printed).toContain('The columns of what was built could not be read.');
  expect(printed).toContain('no rights');
  expect(() => seen()).toThrow('ENOENT');
}, 60_000);

test('nothing is left behind where JSON is not to be written', async () => {
  project = new ProjectOnDisk(
    built.cli,
    { 'models/a.sql': 'select 1 as id\n' },
    { target: { type: 'duckdb', path: 'shop.duckdb', schema: 'main' } },
  );
  await project.run('run', '--no-write-json');
  expect(() => seen()).toThrow('ENOENT');
}, 60_000);
