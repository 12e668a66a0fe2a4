import { expect, test } from 'vitest';
import { constantAnswer } from '../../../server/src/dbt/context/constant-query.ts';

const now = '2024-02-29T12:00:00.000000Z';
const cellOf = (sql: string): unknown => constantAnswer(sql, now)?.rows[0]?.[0];

// Asked of PostgreSQL with 2024-02-29 12:00 UTC in place of the time; it has no datediff.
test.each([
  ["select ((cast('2020-03-01' as date))::date - ('2020-01-01')::date)", 60],
  ["select (date_part('year', ('2024-01-05')::date) - date_part('year', ('2022-06-01')::date)) * 12 + 1", 25],
  ["select ((current_date + ((interval '1 month') * (1)))::date - (current_date)::date)", 29],
  ["select (cast('2024-01-31' as date) + ((interval '1 month') * (1)))::date", '2024-02-29'],
  ["select date_trunc('week', cast('2024-02-29' as date))", '2024-02-26 00:00:00'],
  ["select date_trunc('quarter', timestamp '2024-08-15 10:00:00') as q;", '2024-07-01 00:00:00'],
  ["select (('2024-01-10')::date - ('2024-01-01')::date) / 7 + case when 1 <= 2 then 0 else -1 end", 1],
  [
    "select cast(cast(now() as timestamp) at time zone 'UTC' at time zone 'America/Los_Angeles' as timestamp)",
    '2024-02-29 04:00:00',
  ],
  ["select datediff(month, '2024-01-31', '2024-03-01')", 2],
  ['select 1 -- one', 1],
])('%s', (sql, expected) => {
  expect(cellOf(sql)).toEqual(expected);
});

test.each([
  'select count(*) from orders',
  'select id from orders where 1 = 1',
  'select unknown_function(1)',
  "select cast('soon' as date)",
  'select 1; drop table orders',
  'select 1 / 0',
  '',
  "select 'open",
])('only the warehouse can answer: %s', sql => {
  expect(constantAnswer(sql, now)).toBeUndefined();
});
