import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dialectOfAdapter, type DialectName } from '../../../server/src/syntax/sql/dialect.ts';
import { nameKey } from '../../../server/src/syntax/sql/name-key.ts';
import type { SqlNode } from '../../../server/src/syntax/sql/nodes.ts';
import { parseSql, type SqlTree } from '../../../server/src/syntax/sql/parse.ts';
import { descendants } from '../../../server/src/syntax/sql/visit.ts';

/** The first problem of a text as `message @offset`; empty when there is none. */
function problemOf(sql: string, dialect: DialectName): string {
  const [first] = parseSql(sql, dialect).problems;
  return first === undefined ? '' : `${first.message} @${first.range.start}`;
}

describe('what a dialect lacks is a problem there, and only there', () => {
  test.each<[string, readonly DialectName[], string, DialectName]>([
    [
      'select a from t qualify rank() over (order by a) = 1',
      ['duckdb', 'snowflake'],
      'QUALIFY is not part of postgres @16',
      'postgres',
    ],
    ['from t select a', ['duckdb', 'bigquery', 'databricks'], 'expected query @0', 'snowflake'],
    ['select a, from t', ['duckdb', 'bigquery', 'snowflake', 'databricks'], 'expected expression @9', 'trino'],
    ['select from t', ['postgres'], 'expected expression @6', 'duckdb'],
    ['from t |> where a', ['bigquery', 'databricks'], "unexpected '|>' @7", 'duckdb'],
    ['values 1, 2', ['databricks', 'trino'], "unexpected 'values' @0", 'postgres'],
    ['pivot t on a using sum(b)', ['duckdb'], "unexpected 'pivot' @0", 'snowflake'],
    ['select a:b from t', ['snowflake', 'databricks'], "unexpected ':' @8", 'trino'],
    [
      'select date_add(d, interval row_number() over (order by x) - 1 day)',
      ['bigquery'],
      'expected ) @27',
      'snowflake',
    ],
    ['select a <<| b', ['postgres', 'duckdb'], 'expected expression @11', 'trino'],
  ])('%s', (sql, having, problem, lacking) => {
    for (const dialect of having) expect(problemOf(sql, dialect)).toBe('');
    expect(problemOf(sql, lacking)).toBe(problem);
  });
});

describe('words that are also names', () => {
  test.each<[DialectName, string]>([
    ['snowflake', 'with pivot as (select 1 as a), unpivot as (select * from pivot) select * from unpivot'],
    ['databricks', 'select left, right from t'],
    ['databricks', 'select transform(a, (left, right) -> case when left is null then right else left end)'],
    ['postgres', 'select t.order, t.group, t.from from t'],
    ['bigquery', 'select offset, date, left(a, 1) from t as window'],
    ['duckdb', 'select a as select, b as from, c as order from t'],
    ['trino', 'select sample, semi, start, at from t sample join u start on true'],
    ['snowflake', 'select like(a, b), replace(a, b, c), t.limit as limit from t'],
    ['redshift', 'select date, time, text as qualify, a from t'],
    ['databricks', 'select 1 limit, 2 offset from t'],
    ['databricks', 'select 1 as limit'],
    ['duckdb', 'select lambda, map, struct, row, array, "case" from t'],
  ])('%s: %s', (dialect, sql) => {
    expect(problemOf(sql, dialect)).toBe('');
  });
});

describe('spellings that only some dialects have', () => {
  test.each<[DialectName, string]>([
    ['databricks', 'select a from ${catalog}.${schema}.t'],
    ['databricks', 'select 1_a, b.2_c as 3_d from t'],
    ['databricks', 'select * from values 1, 2, values 3'],
    ['databricks', 'with t (select 1 as a) select a from t'],
    ['snowflake', 'with t (select 1 as a) select a from t'],
    ['snowflake', 'select a from t asof join u as limit match_condition (t.a >= u.a)'],
    ['postgres', String.raw`select U&"d!0061t" uescape '!' from t`],
    ['postgres', "select a from t where b = :'name' and c = :d"],
    ['snowflake', 'select a from t, u, where a = 1'],
    ['bigquery', 'select s.extract(a), p.hist.extract(b).c, x.position(d), safe.timestamp_trunc(e, day) from t'],
    ['bigquery', 'from t |> with u as (select 1 as a), v as (select 2 as a), |> union all (from u), (from v)'],
    ['redshift', 'select a as exclude, 1 exclude from t'],
    ['redshift', 'select * exclude (a) from t'],
    ['duckdb', "with 'x' as (select 1 as a) select a from x"],
    ['duckdb', 'show all tables'],
    ['duckdb', 'from (show tables from s)'],
    ['trino', 'select a from t qualify'],
    ['trino', 'select coalesce(a, 0x) as b, 0x as c, 0x12ab as d from t where e != 0x'],
    ['trino', "select json_object(key 'a' value b, key c value 1) from t"],
  ])('%s: %s', (dialect, sql) => {
    expect(problemOf(sql, dialect)).toBe('');
  });

  test('the name of a CTE may be a string in DuckDB', () => {
    const { root, text } = parseSql("with 'x' as (select 1 as a) select a from x", 'duckdb');
    const cte = [...descendants(root)].find(it => it.kind === 'cte');
    expect(cte?.name).toMatchObject({ text: 'x', start: text.indexOf("'x'") });
  });
});

describe('any value is an interval in BigQuery', () => {
  test.each([
    'row_number() over (order by x) - 1 day',
    'cast(x as int64) month',
    'case when a then 1 else 2 end hour',
    '(select max(n) from t) week',
    '-x day',
    't.x * 7 day',
    '(x) + 1 day',
    '@days day',
  ])('interval %s', value => {
    expect(problemOf(`select date_add(d, interval ${value}) as a from t`, 'bigquery')).toBe('');
  });
});

describe('operators bind as the dialect has it', () => {
  const shapeOf = (sql: string, dialect: DialectName): string => {
    const { root } = parseSql(`select ${sql}`, dialect);
    const item = [...descendants(root)].find(it => it.kind === 'select-item');
    return item?.kind === 'select-item' ? shape(item.value, sql) : '';
  };

  function shape(node: SqlNode, sql: string): string {
    if (node.kind === 'binary') return `(${shape(node.left, sql)} ${node.operator} ${shape(node.right, sql)})`;
    if (node.kind === 'unary') return `(${node.operator} ${shape(node.operand, sql)})`;
    if (node.kind === 'is') return `(${shape(node.operand, sql)} is ${node.test})`;
    if (node.kind === 'cast') return `(${shape(node.operand, sql)} ::)`;
    return sql.slice(node.start - 'select '.length, node.end - 'select '.length);
  }

  test.each<[DialectName, string, string]>([
    ['postgres', 'a || b + c', '(a || (b + c))'],
    ['trino', 'a || b + c', '(a || (b + c))'],
    ['databricks', 'a || b + c', '((a || b) + c)'],
    ['bigquery', 'a + b || c', '(a + (b || c))'],
    ['postgres', 'a ^ b * c', '((a ^ b) * c)'],
    ['bigquery', 'a ^ b * c', '(a ^ (b * c))'],
    ['bigquery', 'a | b ^ c & d', '(a | (b ^ (c & d)))'],
    ['postgres', '-a::int', '(- (a ::))'],
    ['postgres', 'not a = b is null', '(not ((a = b) is null))'],
    ['postgres', 'a = b and c or d', '(((a = b) and c) or d)'],
    ['postgres', "a ->> 'b' = c", "((a ->> 'b') = c)"],
    ['duckdb', 'a // b % c ** d', '((a // b) % (c ** d))'],
    ['databricks', 'a div b + c <=> d', '(((a div b) + c) <=> d)'],
    ['duckdb', 'a - b - c', '((a - b) - c)'],
  ])('%s: %s', (dialect, sql, expected) => {
    expect(shapeOf(sql, dialect)).toBe(expected);
  });
});

describe('names mean the same', () => {
  const name = (text: string, quoted: boolean): { text: string; quoted: boolean } => ({ text, quoted });

  test.each<[DialectName, string, string]>([
    ['postgres', 'orders', 'Orders'],
    ['snowflake', 'ORDERS', 'Orders'],
    ['duckdb', 'orders', 'orders'],
    ['trino', 'orders', 'orders'],
  ])('%s: an unquoted Orders is %s, a quoted one %s', (dialect, plain, quoted) => {
    expect(nameKey(name('Orders', false), dialect)).toBe(plain);
    expect(nameKey(name('Orders', true), dialect)).toBe(quoted);
  });
});

describe('a second opinion: the tables of the recorded queries that node-sql-parser can read', () => {
  const GRAMMARS: Readonly<Partial<Record<DialectName, string>>> = {
    postgres: 'postgresql',
    redshift: 'redshift',
    snowflake: 'snowflake',
    bigquery: 'bigquery',
    trino: 'trino',
  };
  const load = createRequire(import.meta.url);
  interface Grammar {
    readonly Parser: new () => { tableList(sql: string): readonly string[] };
  }
  const queries = readFileSync('test/conformance/sql/queries.jsonl', 'utf8')
    .trim()
    .split('\n')
    .map(it => JSON.parse(it) as { readonly dialect: string; readonly sql: string });

  /** `select::db::table` of each table, the table alone; `undefined` when it cannot read the query. */
  function theirTables(sql: string, dialect: DialectName): readonly string[] | undefined {
    const grammar = GRAMMARS[dialect];
    if (grammar === undefined) return undefined;
    const { Parser } = load(`node-sql-parser/build/${grammar}`) as Grammar;
    try {
      return new Parser().tableList(sql).map(it => it.split('::').at(-1)!.split('.').at(-1)!.toLowerCase());
    } catch {
      return undefined;
    }
  }

  function ownTables(tree: SqlTree): readonly string[] {
    const names = [...descendants(tree.root)].filter(it => it.kind === 'table-name');
    return names.flatMap(it => it.parts.filter(part => part.kind === 'name').map(part => part.text)).map(lastPart);
  }

  const lastPart = (text: string): string => text.split('.').at(-1)!.toLowerCase();

  test('each table they find is one of ours', () => {
    let nRead = 0;
    for (const { dialect, sql } of queries) {
      const theirs = theirTables(sql, dialectOfAdapter(dialect));
      if (theirs === undefined) continue;
      nRead += 1;
      expect(ownTables(parseSql(sql, dialectOfAdapter(dialect))), sql).toEqual(expect.arrayContaining([...theirs]));
    }
    expect(nRead).toBeGreaterThan(15);
  });
});
