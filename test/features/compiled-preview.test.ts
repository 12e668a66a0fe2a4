import { expect, test } from 'vitest';
import { compiledPreview } from '../../server/src/features/compiled-preview.ts';
import { parseFixture } from '../kit/fixture.ts';
import { projectDb } from '../kit/project.ts';

/** The compiled SQL, and below it each part with the part of the model that made it. */
function preview(source: string): string {
  return shown(source, 'models/main.sql') ?? 'none';
}

function shown(source: string, file: string): string | undefined {
  const fixture = parseFixture(source);
  const text = fixture.files.get(file)!;
  const found = compiledPreview(projectDb(fixture), file);
  if (found === undefined) return undefined;
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

const severalNodes = parseFixture(`
//- models/orders.sql
select 1 as id
//- models/shop.yml
models:
  - name: orders
    columns:
      - name: id
        data_tests:
          - not_null
          - unique
exposures:
  - name: board
    type: dashboard
    owner: {name: me}
//- snapshots/both.sql
{% snapshot first %}{{ config(strategy='check', unique_key='id', check_cols='all') }}select 1 as id{% endsnapshot %}
{% snapshot second %}{{ config(strategy='check', unique_key='id', check_cols='all') }}select 2 as id{% endsnapshot %}
`);

/** What is shown with the cursor before a word of a file that declares several things: the name and the SQL on one line. */
function previewAt(file: string, word: string): string {
  const db = projectDb(severalNodes);
  const offset = severalNodes.files.get(file)!.indexOf(word);
  const found = compiledPreview(db, file, { mode: 'compile', offset });
  return found === undefined ? 'none' : `${found.name}: ${found.sql.replaceAll(/\s+/g, ' ').trim()}`;
}

test('the cursor chooses among the nodes of a file', () => {
  expect(previewAt('snapshots/both.sql', 'select 1')).toBe('first: select 1 as id');
  expect(previewAt('snapshots/both.sql', 'select 2')).toBe('second: select 2 as id');
});

test('in a properties file a test shows its query, and what surrounds it shows the model', () => {
  expect(previewAt('models/shop.yml', 'not_null')).toContain('where id is null');
  expect(previewAt('models/shop.yml', 'unique')).toContain('having count(*) > 1');
  expect(previewAt('models/shop.yml', 'name: orders')).toBe('orders: select 1 as id');
  expect(previewAt('models/shop.yml', 'type: dashboard')).toBe('none');
});

test('the answer for a model holds up to the test inside its entry', () => {
  const text = severalNodes.files.get('models/shop.yml')!;
  const found = compiledPreview(projectDb(severalNodes), 'models/shop.yml', {
    mode: 'compile',
    offset: text.indexOf('name: orders'),
  });
  expect(text.slice(found!.extent!.start, found!.extent!.end)).toMatch(/^name: orders\n[^]*data_tests:\n *-$/);
});

/** What a macro is shown to expand to, and below it what each part of that stands for in the macro's file. */
const expansionsOf = (source: string): string | undefined => shown(source, 'macros/main.sql');

test('a macro shows what it prints where it is called, directly or through another macro', () => {
  expect(
    expansionsOf(`
//- macros/main.sql
{% macro cents(x) %}
  ({{ x }} * 100)
{% endmacro %}
//- macros/other.sql
{% macro price() %}{{ cents('price') }} as price{% endmacro %}
//- models/a.sql
select {{ cents('a') }}, {{ cents('b') }}, {{ cents('a') }}
//- models/b.sql
select {{ price() }}
`),
  ).toMatchInlineSnapshot(`
    "-- models/a.sql: cents('a')
    (a * 100)

    -- models/a.sql: cents('b')
    (b * 100)

    -- macros/other.sql: cents('price')
    (price * 100)

    ---
    V "(" <- "("
    C "a" <- "{{ x }}"
    V " * 100)" <- " * 100)"
    V "(" <- "("
    C "b" <- "{{ x }}"
    V " * 100)" <- " * 100)"
    V "(" <- "("
    C "price" <- "{{ x }}"
    V " * 100)" <- " * 100)""
  `);
});

test('a macro that nothing prints says so', () => {
  expect(
    expansionsOf(`
//- macros/main.sql
{% macro steps() %}{{ return(['a', 'b']) }}{% endmacro %}
//- models/a.sql
select {{ steps()[0] }}
`),
  ).toMatchInlineSnapshot(`
    "-- steps() prints nothing in the project: it is not called, or it returns a value.

    ---"
  `);
});
