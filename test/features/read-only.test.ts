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
    'with a as (select replace(x, 1, 2) as r from t) select r from a',
    "select 'nextval(1)' as text, nextval from t",
    "select * from read_blob('x.bin')",
    'select setval.a from setval',
    "from query('select 1')",
    'summarize select 1',
    'explain select 1',
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
  test("Snowflake's procedure that is called at once", () => {
    const sql = 'with p as procedure () returns int language sql as $$ begin return 1; end $$ call p()';
    expect(check(sql, 'snowflake')).toContain("'with procedure'");
  });

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
    ['install httpfs', "'install'"],
    ['load httpfs', "'load'"],
    ["set memory_limit = '1GB'", "'set'"],
    ['explain analyze delete from t', "'delete'"],
    ['with a as (select 1) insert into t select * from a', "'insert'"],
    ['with a as materialized (delete from t returning *) select * from a', "'delete'"],
    ["select nextval('s')", "'nextval'"],
    ['select "nextval"(\'s\')', "'nextval'"],
    ["from postgres_execute('db', 'drop table t')", "'postgres_execute'"],
    ['from force_checkpoint()', "'force_checkpoint'"],
  ])('%s', (sql, reason) => {
    expect(check(sql)).toContain(reason);
  });

  test.each<[DialectName]>([['postgres'], ['redshift'], ['duckdb']])('select into a new table in %s', dialect => {
    expect(check('select * into copy_of_t from t', dialect)).toContain('into');
  });

  test.each<[DialectName, string, string]>([
    ['postgres', "select setval('s', 1)", 'setval'],
    [
      'postgres',
      'select pg_catalog.pg_terminate_backend(pid) from pg_stat_activity',
      'pg_catalog.pg_terminate_backend',
    ],
    ['postgres', "select lo_import('/etc/passwd')", 'lo_import'],
    ['postgres', "select * from dblink_exec('c', 'drop table t')", 'dblink_exec'],
    ['postgres', 'with a as (select /* quietly */ pg_reload_conf ( )) select * from a', 'pg_reload_conf'],
    ['redshift', "select set_config('search_path', 'x', false)", 'set_config'],
    ['snowflake', 'select orders_seq.nextval', 'orders_seq.nextval'],
    ['snowflake', "select system$cancel_query('id')", 'system$cancel_query'],
    ['databricks', "select java_method('java.lang.Runtime', 'exit', 1)", 'java_method'],
    ['trino', "select * from table(pg.system.query(query => 'delete from t'))", 'pg.system.query'],
  ])('a function that does more than read: %s: %s', (dialect, sql, name) => {
    expect(check(sql, dialect)).toBe(`A preview only reads, and '${name}' does more.`);
  });

  test('what only the independent parser recognises', () => {
    expect(refusal('select 1', 'postgres', () => ['select', 'lock'])).toContain("'lock'");
  });
});
