import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { refusal } from '../../server/src/features/read-only.ts';
import { dialectOfAdapter, type DialectName } from '../../server/src/syntax/sql/dialect.ts';
import { statementReader, type SqlGrammar } from '../../server/src/syntax/sql/independent-parser.ts';

const require = createRequire(import.meta.url);
const readStatements = statementReader(grammar => require(`node-sql-parser/build/${grammar}.js`) as SqlGrammar);
const check = (sql: string, dialect: DialectName = 'duckdb'): string | undefined =>
  refusal(sql, dialect, readStatements);

describe('a preview takes', () => {
  test.each([
    'select 1',
    'select 1;',
    '-- note; not a statement\nselect 1 ; -- end',
    "select ';' as semicolon, 'insert into t' as words",
    'with a as (select 1 as set) select * from a',
    'from events select count(*)',
    '(select 1) union all (select 2)',
    'values (1), (2)',
    'select load, copy from t',
    'select (load) from t',
    'select replace(a, 1, 2) from t',
  ])('%s', sql => {
    expect(check(sql)).toBeUndefined();
  });

  test('every recorded query of every dialect', () => {
    const lines = readFileSync(new URL('../conformance/sql/queries.jsonl', import.meta.url), 'utf8')
      .trim()
      .split('\n');
    const cases = lines.map(line => JSON.parse(line) as { dialect: string; sql: string });
    const refused = cases.filter(it => check(it.sql, dialectOfAdapter(it.dialect)) !== undefined);
    expect(refused).toEqual([]);
  });
});

describe('a preview refuses', () => {
  test.each([
    ['', 'no query'],
    ['-- nothing', 'no query'],
    ['select 1; select 2', 'several statements'],
    ['select 1; drop table t', 'several statements'],
    ['drop table t', "'drop'"],
    ['insert into t select 1', "'insert'"],
    ['with a as (insert into t values (1) returning *) select * from a', "'insert'"],
    ['with a as (select 1) delete from t', "'delete'"],
    ['with a as (select 1) update t set x = 1', "'update'"],
    ['explain analyze insert into t values (1)', "'insert'"],
    ["copy t to 'x.csv'", "'copy'"],
    ["attach 'x.db'", "'attach'"],
    ['pragma database_list', "'pragma'"],
  ])('%s', (sql, reason) => {
    expect(check(sql)).toContain(reason);
  });

  test.each<[DialectName]>([['postgres'], ['redshift'], ['duckdb']])('select into a new table in %s', dialect => {
    expect(check('select * into copy_of_t from t', dialect)).toContain('into');
  });

  test('what only the independent parser recognises', () => {
    expect(refusal('select 1', 'postgres', () => ['select', 'lock'])).toContain("'lock'");
  });
});
