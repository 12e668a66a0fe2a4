import { expect, test } from 'vitest';
import { compiledPreview } from '../../server/src/features/compiled-preview.ts';
import { parseFixture } from '../kit/fixture.ts';
import { projectDb } from '../kit/project.ts';

/** The compiled SQL, and below it each part with the part of the model that made it. */
function preview(source: string): string {
  const fixture = parseFixture(source);
  const text = fixture.files.get('models/main.sql')!;
  const found = compiledPreview(projectDb(fixture), 'models/main.sql');
  if (found === undefined) return 'none';
  const parts = found.segments.map(({ kind, compiled, template }) => {
    const made = JSON.stringify(found.sql.slice(compiled.start, compiled.end));
    return `${kind === 'verbatim' ? 'V' : 'C'} ${made} <- ${JSON.stringify(text.slice(template.start, template.end))}`;
  });
  const problem = found.problem === undefined ? [] : [`problem: ${found.problem.message}`];
  return [found.sql, '---', ...parts, ...problem].join('\n');
}

test('text stands for itself, an expression for its value', () => {
  expect(
    preview(`
//- models/orders.sql
select 1 as id
//- models/main.sql
select * from {{ ref('orders') }} o
`),
  ).toMatchInlineSnapshot(`
    "select * from "shop"."main"."orders" o
    ---
    V "select * from " <- "select * from "
    C "\\"shop\\".\\"main\\".\\"orders\\"" <- "{{ ref('orders') }}"
    V " o" <- " o""
  `);
});

test('what a macro of another file made stands for the call', () => {
  expect(
    preview(`
//- macros/cents.sql
{% macro cents(x) %}({{ x }} * 100){% endmacro %}
//- models/main.sql
select {{ cents('a') }}, b
`),
  ).toMatchInlineSnapshot(`
    "select (a * 100), b
    ---
    V "select " <- "select "
    C "(a * 100)" <- "cents('a')"
    V ", b" <- ", b""
  `);
});

test('a loop makes several parts of one', () => {
  expect(
    preview(`
//- models/main.sql
select {% for c in ['a', 'b'] %}{{ c }}, {% endfor %}1
`),
  ).toMatchInlineSnapshot(`
    "select a, b, 1
    ---
    V "select " <- "select "
    C "a" <- "{{ c }}"
    V ", " <- ", "
    C "b" <- "{{ c }}"
    V ", " <- ", "
    V "1" <- "1""
  `);
});

test('a template that fails shows how far it came, and why it stopped', () => {
  expect(preview('//- models/main.sql\nselect 1, {{ nope() }}, 2\n')).toContain("problem: 'nope' is undefined");
});
