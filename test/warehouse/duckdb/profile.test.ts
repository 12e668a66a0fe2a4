import { expect, test } from 'vitest';
import { duckdbProfile } from '../../../server/src/warehouse/duckdb/profile.ts';

const read = (credentials: Readonly<Record<string, unknown>>) =>
  duckdbProfile({ credentials: { type: 'duckdb', ...credentials }, projectRoot: '/shop' });

test.each([
  [undefined, ':memory:', false],
  [':memory:', ':memory:', false],
  ['dev.duckdb', '/shop/dev.duckdb', true],
  ['../dev.duckdb', '/dev.duckdb', true],
  ['/data/dev.duckdb', '/data/dev.duckdb', true],
  ['md:shop', 'md:shop', false],
  ['ducklake:metadata.ducklake', 'ducklake:metadata.ducklake', false],
])('the path %s is %s', (path, expected, isFile) => {
  expect(read({ path })).toMatchObject({ path: expected, isFile });
});

test('an extension is installed only when it does not load', () => {
  expect(read({ extensions: ['httpfs', { name: 'h3', repo: 'community' }] }).setup).toEqual([
    { sql: 'LOAD httpfs', orElse: ['INSTALL httpfs', 'LOAD httpfs'] },
    { sql: 'LOAD h3', orElse: ['INSTALL h3 FROM community', 'LOAD h3'] },
  ]);
});

test('secrets become statements', () => {
  const lake = {
    type: 's3',
    name: 'lake',
    provider: 'config',
    key_id: "k'1",
    secret: 's',
    scope: ['s3://a', 's3://b'],
  };
  expect(read({ secrets: [lake, { type: 'gcs', persistent: true }] }).setup.map(step => step.sql)).toEqual([
    "CREATE OR REPLACE SECRET lake (TYPE s3, PROVIDER config, SCOPE ['s3://a', 's3://b'], key_id 'k''1', secret 's')",
    'CREATE OR REPLACE PERSISTENT SECRET (TYPE gcs)',
  ]);
});

test('databases are attached, files from the root of the project', () => {
  const attach = [
    { path: 'other.duckdb', alias: 'other', read_only: true },
    { path: 'dbname=shop', type: 'postgres', alias: 'pg db' },
  ];
  expect(read({ attach }).setup.map(step => step.sql)).toEqual([
    "ATTACH IF NOT EXISTS '/shop/other.duckdb' AS other (READ_ONLY)",
    `ATTACH IF NOT EXISTS 'dbname=shop' AS "pg db" (TYPE postgres)`,
  ]);
});

test('settings are for connections, config_options for the instance', () => {
  const profile = read({
    settings: { memory_limit: '1GB', preserve_insertion_order: false },
    config_options: { threads: 2 },
  });
  expect(profile.connectionSetup).toEqual(["SET memory_limit = '1GB'", "SET preserve_insertion_order = 'false'"]);
  expect(profile.options).toEqual({ threads: '2' });
});
