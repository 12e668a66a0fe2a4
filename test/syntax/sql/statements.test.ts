import { describe, expect, test } from 'vitest';
import type { DialectName } from '../../../server/src/syntax/sql/dialect.ts';
import { parseSql } from '../../../server/src/syntax/sql/parse.ts';

/** Each statement as `class verb`, and the messages of all problems. */
function statementsOf(sql: string, dialect: DialectName): readonly string[] {
  const { root, problems } = parseSql(sql, dialect);
  return [...root.statements.map(it => `${it.class} ${it.verb}`), ...problems.map(it => it.message)];
}

/** What the statements of a text look like, cut to their first and last words. */
function cut(sql: string, dialect: DialectName): readonly string[] {
  return parseSql(sql, dialect).root.statements.map(({ start, end }) =>
    sql.slice(start, end).replace(/^(\S+).*?(\S+)$/s, '$1 … $2'),
  );
}

describe('statements that hold others end with their own semicolon', () => {
  test.each<[string, DialectName, string, readonly string[]]>([
    [
      'a block of several statements',
      'bigquery',
      'begin declare n int64; set n = (select max(a) from t); exception when error then rollback; end; select 1',
      ['other begin', 'query select'],
    ],
    [
      'branches with expressions that end like them',
      'bigquery',
      'if n > case when a then 1 else 2 end then select 1; elseif n < 0 then set n = if(a, 1, 2); else select 2; end if; select 3',
      ['other if', 'query select'],
    ],
    [
      'loops in loops, with labels',
      'bigquery',
      'outer_loop: loop while n < 3 do set n = n + 1; continue; end while; leave outer_loop; end loop outer_loop; select 1',
      ['other loop', 'query select'],
    ],
    [
      'a repetition, and branches by value',
      'databricks',
      'begin repeat set n = n + 1; until n > 3 end repeat; case n when 1 then select 1; else select 2; end case; end; select 3',
      ['other begin', 'query select'],
    ],
    [
      'declarations before a block, with assignments in it',
      'snowflake',
      "declare total number default 0; c cursor for select a from t; begin for r in c do total := total + r.a; end for; return total; exception when other then raise; end; select 'x'",
      ['other declare', 'query select'],
    ],
    [
      'the body of a procedure',
      'snowflake',
      'create or replace procedure p(a int) returns int language sql as declare b int; begin b := a; return b; end; call p(1)',
      ['definition create procedure', 'call call'],
    ],
    [
      'the body of a procedure without AS',
      'bigquery',
      'create procedure s.p(out a int64) begin set a = 1; select a; end; select 1',
      ['definition create procedure', 'query select'],
    ],
    [
      'the body of a function in the standard form',
      'postgres',
      'create function f(a int) returns int language sql begin atomic select a + 1; select a + 2; end; select f(1)',
      ['definition create function', 'query select'],
    ],
    [
      'a procedure that is called at once',
      'snowflake',
      'with p as procedure (a int) returns int language sql as begin return a; end call p(1)',
      ['call with procedure'],
    ],
  ])('%s', (_, dialect, sql, expected) => {
    expect(statementsOf(sql, dialect)).toEqual(expected);
  });

  test('and what is in them does not end them', () => {
    const sql = 'begin select case when a then 1 end; begin select 2; end; end ; select 3';
    expect(cut(sql, 'snowflake')).toEqual(['begin … end', 'select … 3']);
  });

  test.each<[string, DialectName, string, readonly string[]]>([
    [
      'a transaction',
      'bigquery',
      'begin transaction; select 1; commit',
      ['transaction begin transaction', 'query select', 'transaction commit'],
    ],
    [
      'a transaction by one word',
      'snowflake',
      'begin; select 1; end',
      ['transaction begin', 'query select', 'transaction end'],
    ],
    ['a block that is not closed', 'snowflake', 'begin select 1; select 2', ['transaction begin', 'query select']],
    [
      'a declaration that stands alone',
      'bigquery',
      'declare n int64 default 0; select n',
      ['session declare', 'query select'],
    ],
    [
      'columns of that name',
      'duckdb',
      'create table event (begin int, "end" int); select begin from event',
      ['definition create table', 'query select'],
    ],
  ])('but %s is cut at semicolons', (_, dialect, sql, expected) => {
    expect(statementsOf(sql, dialect)).toEqual(expected);
  });

  test('the functions of one query in Trino are part of it', () => {
    const sql = 'with function f(a int) returns int begin declare b int; set b = a; return b; end select f(1)';
    expect(statementsOf(sql, 'trino')).toEqual(['query with']);
  });
});

describe('statements that are no queries are told by their first word', () => {
  test.each<[string, DialectName, string]>([
    ['session listen', 'postgres', 'listen orders'],
    ['session unlisten', 'postgres', 'unlisten *'],
    ['access reassign', 'postgres', 'reassign owned by a to b'],
    ['definition security table', 'postgres', "security label on table t is 'x'"],
    ['definition define table', 'snowflake', 'define table t (a int)'],
    ['definition apply into', 'databricks', 'apply changes into t from stream(s) keys (id) sequence by n'],
    ['definition restore table', 'databricks', 'restore table t to version as of 3'],
    ['session add', 'databricks', "add jar '/a/b.jar'"],
    ['session clear', 'databricks', 'clear cache'],
    ['session force', 'duckdb', 'force install spatial'],
    ['explain explain', 'databricks', "explain insert into t values ('a', 1)"],
    ['explain explain', 'databricks', 'explain truncate table t partition (a = 1)'],
  ])('%s: %s: %s', (expected, dialect, sql) => {
    expect(statementsOf(sql, dialect)).toEqual([expected]);
  });
});
