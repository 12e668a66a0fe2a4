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
    ["dbt.any_value('x')", 'any_value(x)'],
    ['dbt.type_string()', 'TEXT'],
  ])('of redshift: %s', (expression, expected) => {
    expect(emitted('redshift', expression)).toBe(expected);
  });

  test('of a part that there is no distance in is an error', () => {
    expect(emitted('postgres', "dbt.datediff('a', 'b', 'fortnight')")).toBe(
      "CompilationError: Unsupported datepart for macro datediff in postgres: 'fortnight'",
    );
  });
});
