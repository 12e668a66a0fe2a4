import { describe, expect, test } from 'vitest';
import { compiledNode, profileOf } from '../../kit/rendered-node.ts';

const folded = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

function emitted(adapter: string, expression: string): string {
  const { text, problem } = compiledNode(`\n//- models/main.sql\n{{ ${expression} }}${profileOf(adapter)}`);
  return problem === undefined ? folded(text) : `${problem.errorClass}: ${problem.message}`;
}

// What dbt-core 1.11.14 emits, runs of white space folded.
describe('portable SQL', () => {
  test.each([
    ['dbt.type_numeric()', 'numeric(28,6)'],
    ["dbt.dateadd('day', 1, 'x')", "x + ((interval '1 day') * (1))"],
    ["dbt.datediff('a', 'b', 'day')", '((b)::date - (a)::date)'],
    ["dbt.safe_cast('x', dbt.type_int())", 'cast(x as integer)'],
    ["dbt.hash('x')", 'md5(cast(x as TEXT))'],
    ["dbt.split_part('x', \"','\", 1)", "split_part( x, ',', 1 )"],
    ["dbt.listagg('x', \"','\")", "string_agg( x, ',' )"],
    [
      "dbt.last_day('x', 'month')",
      "cast( date_trunc('month', x) + ((interval '1 month') * (1)) + ((interval '1 day') * (-1)) as date)",
    ],
    ["dbt.position(\"'a'\", 'x')", "position( 'a' in x )"],
    ["dbt.right('x', 2)", 'right( x, 2 )'],
    ['dbt.array_construct([1, 2])', 'array[ 1 , 2 ]'],
    ["dbt.cast_bool_to_text('x')", 'cast(x as TEXT)'],
    ['dbt.except()', 'except'],
    ['dbt.escape_single_quotes("it\'s")', "it''s"],
  ])('of postgres: %s', (expression, expected) => {
    expect(emitted('postgres', expression)).toBe(expected);
  });

  test.each([
    ["dbt.dateadd('day', 1, 'x')", 'dateadd( day, 1, x )'],
    ["dbt.datediff('a', 'b', 'day')", 'datediff( day, a, b )'],
    ["dbt.any_value('x')", 'min(x)'],
    ['dbt.type_string()', 'TEXT'],
  ])('of redshift: %s', (expression, expected) => {
    expect(emitted('redshift', expression)).toBe(expected);
  });

  test.each([
    ['dbt.current_timestamp()', "convert_timezone('UTC', current_timestamp())"],
    ["dbt.safe_cast('x', dbt.type_int())", 'try_cast(x as integer)'],
    ["dbt.bool_or('x')", 'boolor_agg(x)'],
    ["dbt.right('x', 2)", "case when 2 = 0 then '' else right( x, 2 ) end"],
    ['dbt.array_construct([1, 2])', 'array_construct( 1 , 2 )'],
    ["dbt.last_day('x', 'month')", "cast( dateadd( day, -1, dateadd( month, 1, date_trunc('month', x) ) ) as date)"],
  ])('of snowflake: %s', (expression, expected) => {
    expect(emitted('snowflake', expression)).toBe(expected);
  });

  test.each([
    ['dbt.type_string()', 'string'],
    ['dbt.type_int()', 'INT64'],
    ['dbt.type_numeric()', 'numeric'],
    ["dbt.dateadd('day', 1, 'x')", 'datetime_add( cast( x as datetime), interval 1 day )'],
    ["dbt.datediff('a', 'b', 'day')", 'datetime_diff( cast(b as datetime), cast(a as datetime), day )'],
    ["dbt.date_trunc('month', 'x')", 'timestamp_trunc( cast(x as timestamp), month )'],
    ["dbt.hash('x')", 'to_hex(md5(cast(x as string)))'],
    [`dbt.split_part('x', "','", 1)`, "split( x, ',' )[safe_offset(0)]"],
    [`dbt.listagg('x', "','")`, "string_agg( x, ',' )"],
    [`dbt.position("'a'", 'x')`, "strpos( x, 'a' )"],
    [`dbt.string_literal("it's")`, "'''it's'''"],
    ['dbt.except()', 'except distinct'],
  ])('of bigquery: %s', (expression, expected) => {
    expect(emitted('bigquery', expression)).toBe(expected);
  });

  test('of a part that there is no distance in is an error', () => {
    expect(emitted('postgres', "dbt.datediff('a', 'b', 'fortnight')")).toBe(
      "CompilationError: Unsupported datepart for macro datediff in postgres: 'fortnight'",
    );
  });
});
