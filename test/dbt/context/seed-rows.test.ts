import { expect, test } from 'vitest';
import { SeedRows } from '../../../server/src/dbt/context/seed-rows.ts';
import { readSeed } from '../../../server/src/dbt/seeds/read-seed.ts';

const CSV =
  'n,price,day,at,good,word,nothing\n3000000000,1.5,2024-02-29,2024-02-29 12:00:00,true,größer,\n1,2,2024-03-01,2024-03-01 00:00:00,false,ab,\n';

// dbt-duckdb and dbt-snowflake bring no types of their own; the others do.
test.each([
  ['postgres', 'integer float8 date timestamp_without_time_zone boolean text integer'],
  ['duckdb', 'integer float8 date timestamp_without_time_zone boolean text integer'],
  ['redshift', 'integer float8 date timestamp_without_time_zone boolean varchar(8) integer'],
  ['spark', 'bigint double date timestamp boolean string bigint'],
  ['trino', 'integer double date timestamp boolean varchar integer'],
])('what the values of a seed look like has the names that dbt-%s gives', (adapter, expected) => {
  const read = readSeed(CSV, { delimiter: ',', textColumns: [] });
  if (!read.ok) throw new Error(read.failure);
  const rows = new SeedRows(read.value);
  const types = rows.columns.map((_, at) => rows.warehouseType(at, adapter).replaceAll(' ', '_'));
  expect(types.join(' ')).toBe(expected);
});

test('Redshift gets a length also for a text column without a text', () => {
  const rows = new SeedRows({ columns: [{ name: 'a', type: 'text', decimalPlaces: 0 }], rows: [[null]] });
  expect(rows.warehouseType(0, 'redshift')).toBe('varchar(64)');
});
