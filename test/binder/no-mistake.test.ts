import { describe, expect, test } from 'vitest';
import { bind } from '../../server/src/binder/bind.ts';
import type { DialectName } from '../../server/src/syntax/sql/dialect.ts';
import { parseSql } from '../../server/src/syntax/sql/parse.ts';

function messagesOf(sql: string, dialect: DialectName): readonly string[] {
  const tree = parseSql(sql, dialect);
  const { problems } = bind(tree, () => undefined);
  return [...tree.problems, ...problems.filter(it => it.severity === 'error')].map(it => it.message);
}

/** The output columns as `name type`. */
function columnsOf(sql: string, dialect: DialectName): string {
  const [rows] = bind(parseSql(sql, dialect), () => undefined).outputs.values();
  const columns = rows!.columns.map(({ name, type }) => `${name} ${type?.kind === 'scalar' ? type.name : '?'}`);
  return [...columns, ...(rows!.isOpen ? ['…'] : [])].join(', ');
}

describe('what looks like a mistake and is none', () => {
  test.each<[DialectName, string]>([
    ['bigquery', "select normalize(d, NFKC) as a, normalize_and_casefold(d, nfc) as b from (select 'x' as d)"],
    ['bigquery', 'select i, offset from unnest([1, 2]) as i with offset'],
    ['bigquery', 'select 1 as a left outer union all by name select 3 as a, 4 as b'],
    ['postgres', "select normalize(d, nfd) as a, system_user as b from (select 'x' as d) t"],
    ['postgres', "select json_extract_path_text('{}'::json, variadic array['a', 'b']) as a"],
    ['postgres', String.raw`select U&"d\0061y", U&"d!0061y" uescape '!' from (select 1 as "day") t`],
    ['databricks', 'select k, first_value(v) as a, last_value(v, true) as b from (select 1 as k, 2 as v) group by k'],
  ])('%s: %s', (dialect, sql) => {
    expect(messagesOf(sql, dialect)).toEqual([]);
  });

  test.each<[DialectName, string]>([
    ['snowflake', 'select 1 as one, count(*) as n from (select 2 as a) group by one'],
    ['duckdb', 'select 2 as b, 1 as a, count(*) as n from (select 2 as c) group by 1, 2'],
    ['duckdb', 'with unread as (select nowhere from (select 1 as a)), late as (from unread) select 1 as b'],
    ['duckdb', 'select t.a, t.b from (select 1 as a) t, (select 2 as b) t'],
    ['databricks', 'select t.a, t.b from (select 1 as a) t join (select 2 as b) t'],
    ['duckdb', "select json_exists(true, '$.a') as a, json_array_length(interval 1 day) as b"],
    ['postgres', 'select distinct on (row_number() over (order by a)) a from (select 1 as a) t'],
    ['duckdb', 'select s.b from (select 1 as a) r, (select 2 as b) s join (select 3 as a) t on s.b = a and r.a = 1'],
    ['postgres', 'select s.b from (select 1 as a) r, (select 2 as b) s join (select 3 as a) t on s.b = a'],
    ['trino', 'select s.b from (select 1 as a) r, (select 2 as a, 2 as b) s join (select 3 as a) t using (a)'],
    ['duckdb', 'select (select 1 as n) = (select current_date as d) as a, true::date as b'],
  ])('%s takes %s', (dialect, sql) => {
    expect(messagesOf(sql, dialect)).toEqual([]);
  });

  test('SEARCH and CYCLE give columns', () => {
    const sql = `with recursive r(a) as (select 1 union all select a + 1 from r)
      search depth first by a, b set place cycle a, b set again to 'y' default 'n' using way, s as (select 1 as one)
      select place, again, way, one from r, s order by place`;
    expect(messagesOf(sql, 'postgres')).toEqual([]);
  });
});

describe('the relations of FROM have their names in the steps behind it', () => {
  const t = '(select 1 as a, 2.5 as b) as t';
  const u = "(select 1 as a, 'x' as c) as u";

  test.each([
    [`from ${t} |> where t.a = 1`, 'a int64, b float64'],
    [`from ${t} join ${u} using (a) |> where t.a = u.a |> select u.c, a`, 'c text, a int64'],
    [`from ${t} |> extend a + 1 as c |> where t.a < c`, 'a int64, b float64, c int64'],
    [`from ${t} |> set a = cast(a as string) |> select t.a as old, a`, 'old int64, a text'],
    [`from ${t} |> rename a as d |> select d, t.a`, 'd int64, a int64'],
    [`from ${t} |> drop a |> where t.a = 1`, 'b float64'],
    [`from ${t} |> where t.a = 1 |> join ${u} on t.a = u.a |> select t.b, u.c`, 'b float64, c text'],
    [`from ${t} |> left join ${u} using (a)`, 'a int64, b float64, c text'],
    [`from ${t} |> as v |> extend 1 as c |> where v.a = 1`, 'a int64, b float64, c int64'],
    [`from ${t} |> aggregate sum(t.a) as s group by t.b |> where s > 1`, 'b float64, s int64'],
  ])('%s', (sql, expected) => {
    expect(messagesOf(sql, 'bigquery')).toEqual([]);
    expect(columnsOf(sql, 'bigquery')).toBe(expected);
  });

  test.each([
    [`from ${t} |> select a |> where t.a = 1`, "no relation 't' here"],
    [`select a from ${t} |> where t.a = 1`, "no relation 't' here"],
    [`from ${t} |> as v |> where t.a = 1`, "no relation 't' here; did you mean 'v'?"],
    [`from ${t} |> drop total`, "no column 'total'; available: a, b"],
    [`from ${t} |> where t.total = 1`, "no column 'total' in 't'; available: a, b"],
  ])('but not in %s', (sql, message) => {
    expect(messagesOf(sql, 'bigquery')).toEqual([message]);
  });
});

describe('what DuckDB refuses before it reads a row', () => {
  test.each([
    ['select t.a from (select 1 as a) t, (select 2 as a) t', ["column 'a' is in 't' and 't'"]],
    ['select (select 1 as n) < (select current_date as d) as a', ['INTEGER cannot be compared with DATE']],
    ["select a < 1 as b from (select lower('x') as a)", ['VARCHAR cannot be compared with INTEGER']],
    ["select a < '1' as b from (select 1 as a)", []],
  ])('%s', (sql, expected) => {
    expect(messagesOf(sql, 'duckdb')).toEqual(expected);
  });

  test('the condition of a join does not see what stands before a comma', () => {
    const sql = 'select 1 from (select 1 as a) r, (select 2 as b) s join (select 3 as c) t on r.a = t.c';
    const message = "no relation 'r' here; did you mean 's'?";
    expect(['postgres', 'trino', 'redshift'].map(it => messagesOf(sql, it as DialectName))).toEqual([
      [message],
      [message],
      [message],
    ]);
    expect(['duckdb', 'bigquery', 'databricks'].flatMap(it => messagesOf(sql, it as DialectName))).toEqual([]);
  });

  test.each<[DialectName, string, number]>([
    ['duckdb', 'select t.value, t.key, t.rowid from (select 1 as a) t', 2],
    ['postgres', 'select t.level, t.ctid, current_role from (select 1 as a) t', 1],
    ['snowflake', 'select t.level, t.value, current_warehouse from (select 1 as a) t', 0],
    ['bigquery', 'select t._partitiontime, t.value from (select 1 as a) t', 1],
    ['duckdb', 'select current_a.b from (select 1 as a) current_a', 1],
  ])('%s: %s has %d columns that nobody has', (dialect, sql, n) => {
    expect(messagesOf(sql, dialect)).toHaveLength(n);
  });

  test('but a CTE that is read by another CTE is looked into', () => {
    const sql = 'with a as (select nowhere from (select 1 as b)), c as (from a) from c';
    expect(messagesOf(sql, 'duckdb')).toEqual(["no column 'nowhere'; available: b"]);
    expect(messagesOf('with a as (select nowhere from (select 1 as b)) select 1', 'postgres')).toHaveLength(1);
  });
});
