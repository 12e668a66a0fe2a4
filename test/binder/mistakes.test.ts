import { describe, expect, test } from 'vitest';
import { bind } from '../../server/src/binder/bind.ts';
import type { DialectName } from '../../server/src/syntax/sql/dialect.ts';
import { parseSql } from '../../server/src/syntax/sql/parse.ts';
import { DIALECTS } from '../kit/dialects.ts';

/** Each error as `code: the text it is about`. */
function errorsOf(sql: string, dialect: DialectName): readonly string[] {
  const tree = parseSql(sql, dialect);
  expect(tree.problems).toEqual([]);
  const errors = bind(tree, () => undefined).problems.filter(it => it.severity === 'error');
  return errors.map(it => `${it.code}: ${sql.slice(it.range.start, it.range.end)}`);
}

const t = "(select 1 as id, 2 as n, 'x' as kind) t";

describe('what no dialect takes', () => {
  test.each([
    [`select max(sum(n)) as a from ${t}`, ['sql-aggregate-in-where: sum(n)']],
    [
      `select sum(row_number() over (order by n)) as a from ${t}`,
      ['sql-window-misuse: row_number() over (order by n)'],
    ],
    [`select max(n) as a, count(*) as b from ${t} group by 1`, ['sql-aggregate-in-where: 1']],
    [`select id, count(*) as a from ${t} group by id having n > 1`, ['sql-missing-group-by: n']],
    [`select id, count(*) as a from ${t} group by id order by n`, ['sql-missing-group-by: n']],
    [`select t.*, count(*) as a from ${t}`, ['sql-missing-group-by: t.*']],
  ])('%s', (sql, expected) => {
    for (const it of DIALECTS) expect([it, errorsOf(sql, it)]).toEqual([it, expected]);
  });

  test.each([
    `select max(n) over (order by sum(n)) as a from ${t} group by n`,
    `select sum(sum(n)) over () as a from ${t}`,
    `select id, count(*) as a from ${t} group by id having max(n) > 1 order by id, a, min(n)`,
    `select max((select sum(u.n) from ${t.replace(/t$/, 'u')})) as a from ${t}`,
    `select id as key, count(*) as a from ${t} group by id order by key`,
    `select id, n from ${t} order by kind`,
  ])('what all of them take: %s', sql => {
    for (const it of DIALECTS) expect([it, errorsOf(sql, it)]).toEqual([it, []]);
  });
});

describe('what depends on types', () => {
  test.each<[string, readonly DialectName[], string]>([
    [
      `select n between current_date and 2 as a from ${t}`,
      ['duckdb', 'postgres', 'bigquery', 'trino'],
      'n between current_date and 2',
    ],
    [`select n in (1, kind) as a from ${t}`, ['postgres', 'bigquery', 'trino'], 'kind'],
  ])('%s', (sql, strict, about) => {
    for (const it of DIALECTS) {
      const expected = strict.includes(it) ? [`sql-impossible-comparison: ${about}`] : [];
      if (it !== 'redshift') expect([it, errorsOf(sql, it)]).toEqual([it, expected]);
    }
  });

  test.each<[DialectName, string, readonly string[]]>([
    ['duckdb', "select s.town, s.city from (select {'city': 'x'} as s)", ['sql-unknown-column: town']],
    ['bigquery', 'select t.s.town, s.City from (select struct(1 as city) as s) t', ['sql-unknown-column: town']],
    ['duckdb', "select j.anything from (select '{}'::json as j)", []],
  ])('%s: %s', (dialect, sql, expected) => {
    expect(errorsOf(sql, dialect)).toEqual(expected);
  });

  test.each([
    [`select sum(kind) as a, avg(n = 1) as b, abs(current_date) as c from ${t} group by n`, 3],
    [`select kind + 1 as a, (n = 1) * 2 as b, n - 1.5 as c from ${t}`, 2],
    [`select n like '1%' as a, kind like 'x' as b, length(n) as c, round(kind, 1) as d from ${t}`, 3],
    [`select date_trunc('day', kind) as a, date_trunc('day', id) as b from ${t}`, 2],
    ["select abs('1') as a, '1' + 1 as b, length('x') as c, date_trunc('day', date '2024-01-01') as d", 0],
  ])('%s has %d values of a kind that nobody takes there', (sql, n) => {
    for (const it of ['duckdb', 'postgres', 'trino'] as const) {
      expect([it, errorsOf(`${sql}`, it).filter(error => error.startsWith('sql-wrong-arguments')).length]).toEqual([
        it,
        n,
      ]);
    }
    expect(errorsOf(sql, 'snowflake').filter(error => error.startsWith('sql-wrong-arguments'))).toEqual([]);
  });

  test('windows in the definitions of windows', () => {
    const sql = `select rank() over (order by sum(n) over ()) as a from ${t}`;
    const strict = DIALECTS.filter(it => errorsOf(sql, it).length > 0);
    expect(strict).toEqual(['duckdb', 'postgres', 'redshift', 'trino']);
  });
});
