import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { formatTemplate } from '../../server/src/features/format.ts';
import { jinjaRanges } from '../../server/src/features/jinja-ranges.ts';
import { parseJinja } from '../../server/src/syntax/jinja/parse.ts';
import { dialectOfAdapter, type DialectName } from '../../server/src/syntax/sql/dialect.ts';

const options = { tabSize: 4, insertSpaces: true };

function formatted(text: string, dialect: DialectName = 'duckdb'): string {
  const answer = formatTemplate(text, jinjaRanges(parseJinja(text).tokens), dialect, options);
  return answer.kind === 'formatted' ? answer.text : `refused: ${answer.reason}`;
}

function checkFormat(text: string, expected: string): void {
  const once = formatted(text);
  expect(once).toBe(expected);
  expect(formatted(once)).toBe(once);
}

describe('formatting a model', () => {
  test('lays out the SQL and leaves the head alone', () => {
    checkFormat(
      "{{ config(materialized='table') }}\n\n-- why\nselect a,b from {{ ref('orders') }} where a=1\n",
      "{{ config(materialized='table') }}\n\n-- why\nselect\n    a,\n    b\nfrom\n    {{ ref('orders') }}\nwhere\n    a = 1\n",
    );
  });

  test('keeps what is glued to an expression glued', () => {
    checkFormat(
      'select {{ m }}_amount, a_{{ b }}{{ c }}d from t\n',
      'select\n    {{ m }}_amount,\n    a_{{ b }}{{ c }}d\nfrom\n    t\n',
    );
  });

  test('a tag on a line of its own stays on one, and a comma between inline tags stays with them', () => {
    checkFormat(
      'select\n{% for x in xs %}\nsum({{ x }}) as {{ x }}{% if not loop.last %},{% endif %}\n{% endfor %}\nfrom t\n',
      'select\n    {% for x in xs %}\n    sum({{ x }}) as {{ x }}{% if not loop.last %},{% endif %}\n    {% endfor %}\nfrom\n    t\n',
    );
  });

  test('expressions inside strings and comments are left as they are', () => {
    checkFormat("select '{{ var('a') }}' -- {{ x }}\n", "select\n    '{{ var('a') }}' -- {{ x }}\n");
  });

  test('the inside of a long comment is left as it is', () => {
    checkFormat(
      'with a as (\n/*\n  why {{ x }}\n   and how */\nselect a,b /* one\ntwo */ from t)\nselect 1 from a\n',
      'with\n    a as (\n        /*\n  why {{ x }}\n   and how */\n        select\n            a,\n            b /* one\ntwo */\n        from\n            t\n    )\nselect\n    1\nfrom\n    a\n',
    );
  });

  test('operators that sql-formatter lacks for a dialect are laid out as those of a neighbour', () => {
    expect(formatted('select a:b::int as c, f(d => 1) from t', 'databricks')).toBe(
      'select\n    a:b::int as c,\n    f (d => 1)\nfrom\n    t',
    );
    expect(formatted('select f(a => 1) from t', 'redshift')).toBe('select\n    f (a => 1)\nfrom\n    t');
  });

  test('a file without SQL is left alone', () => {
    checkFormat('{% set x = 1 %}\n{{ x }}\n', '{% set x = 1 %}\n{{ x }}\n');
  });

  test('text that sql-formatter would break is refused, not broken', () => {
    expect(formatted('select f(a => 1), 12.5e-2D from t', 'databricks')).toMatch(/^refused: /);
  });

  test('every recorded query is laid out with the same tokens and the same answer twice, or refused', () => {
    const lines = readFileSync(new URL('../conformance/sql/queries.jsonl', import.meta.url), 'utf8')
      .trim()
      .split('\n');
    const cases = lines.map(line => JSON.parse(line) as { dialect: string; sql: string });
    const answers = cases.map(it => [it, formatted(it.sql, dialectOfAdapter(it.dialect))] as const);
    const laidOut = answers.filter(([, text]) => !text.startsWith('refused'));
    const unstable = laidOut.filter(([it, text]) => formatted(text, dialectOfAdapter(it.dialect)) !== text);
    expect(unstable.map(([it]) => it.sql)).toEqual([]);
    expect(laidOut.length / cases.length).toBeGreaterThan(0.85);
  });
});
