import { expect, test } from 'vitest';
import { compiledPreview } from '../../server/src/features/compiled-preview.ts';
import { queryPart, queryPartOf, type QueryPart, type WantedPart } from '../../server/src/features/query-part.ts';
import type { DialectName } from '../../server/src/syntax/sql/dialect.ts';
import { parseFixture } from '../kit/fixture.ts';
import { projectDb } from '../kit/project.ts';

const ORDERS = '//- models/orders.sql\nselect 1 as id\n';

/** The statement for the CTE at `$0`, or for what stands between `<<` and `>>`. */
function checkPart(model: string, { files = ORDERS, dialect = 'duckdb' as DialectName } = {}): string {
  const { text, wanted } = marked(model);
  const part = queryPart(preview(`${files}//- models/main.sql\n${text}`), wanted, dialect);
  if (part.kind === 'query') checkMap(part, text);
  return part.kind === 'query' ? part.sql : part.message;
}

function marked(model: string): { readonly text: string; readonly wanted: WantedPart } {
  const cursor = model.indexOf('$0');
  if (cursor >= 0) return { text: model.replace('$0', ''), wanted: { kind: 'cte', offset: cursor } };
  const start = model.indexOf('<<');
  const text = model.replace('<<', '');
  const range = { start, end: text.indexOf('>>') };
  return { text: text.replace('>>', ''), wanted: { kind: 'selection', range } };
}

function preview(source: string): NonNullable<ReturnType<typeof compiledPreview>> {
  const found = compiledPreview(projectDb(parseFixture(source)), 'models/main.sql');
  if (found === undefined) throw new Error('nothing is rendered');
  return found;
}

/** What is said to be written in the template is written there. */
function checkMap(part: QueryPart & { readonly kind: 'query' }, text: string): void {
  for (const { kind, compiled, template } of part.segments) {
    if (kind !== 'verbatim') continue;
    expect(part.sql.slice(compiled.start, compiled.end)).toBe(text.slice(template.start, template.end));
  }
  expect(part.segments.length).toBeGreaterThan(0);
}

test('a CTE comes with those it needs, and no others', () => {
  expect(
    checkPart(`with a as (select 1 as x),
unused as (select 2 as y),
b as (select x fr$0om a),
c as (select * from b)
select * from c`),
  ).toBe(`with a as (select 1 as x),
b as (select x from a)
select * from b`);
});

test('it is cut from the compiled SQL: calls, blank control and loops make no difference', () => {
  expect(
    checkPart(`{%- set columns = ['id', 'id + 1'] -%}
with a as (
  select
  {%- for c in columns %}
    {{ c }}{{ ',' if not loop.l$0ast }}
  {%- endfor %}
  from {{ ref('orders') }} -- ) not the end
),
b as (select * from {{ this }})
select * from a`),
  ).toBe(`with a as (
  select
    id,
    id + 1
  from "shop"."main"."orders" -- ) not the end
)
select * from a`);
});

test('the tag of a loop belongs to the CTE it stands in', () => {
  expect(checkPart(`with a as (select 1 as x {% if tr$0ue %}{% endif %}) select * from a`)).toBe(
    'with a as (select 1 as x )\nselect * from a',
  );
});

test('the queries of ephemeral parents come along', () => {
  const files = `//- models/orders.sql\n{{ config(materialized='ephemeral') }}select 1 as id\n`;
  const sql = checkPart(`with a as (select * f$0rom {{ ref('orders') }}) select * from a`, { files });
  expect(sql.replaceAll(/\s+/g, ' ')).toBe(
    'with __dbt__cte__orders as ( select 1 as id ), a as (select * from __dbt__cte__orders) select * from a',
  );
});

test('a CTE inside of a CTE sees those outside, which its neighbours may hide', () => {
  expect(
    checkPart(
      `with a as (select 1 as x), b as (with a as (select x + 1 as x from a), c as (selec$0t * from a) select * from c) select * from b`,
    ),
  ).toBe(
    `with a as (select 1 as x)
select * from (
with a as (select x + 1 as x from a),
c as (select * from a)
select * from c
) as preview`,
  );
});

test('a recursive CTE stays recursive', () => {
  expect(
    checkPart(
      `with recursive n(i) as (select 1 union all select i + 1 from n$0 where i < 3), z as (select 1) select * from n`,
    ),
  ).toBe(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 3)
select * from n`);
});

test('names are compared as the dialect compares them', () => {
  const model = `with A as (select 1), "A" as (select 2), b as (select * from "A"$0) select * from b`;
  expect(checkPart(model, { dialect: 'postgres' })).toBe(
    `with "A" as (select 2),\nb as (select * from "A")\nselect * from b`,
  );
});

test('outside of every CTE there is none', () => {
  expect(checkPart('with a as (select 1) select * fr$0om a')).toContain('no common table expression');
  expect(checkPart('select$0 1')).toContain('no common table expression');
});

test('a selected query comes with the CTEs it names, its order and limit its own', () => {
  expect(
    checkPart(`with a as (select 1 as x), b as (select 2)
select * from (<<select x from a order by x limit 1>>) s`),
  ).toBe(`with a as (select 1 as x)
select x from a order by x limit 1`);
});

test('a selection is what it renders to, and a call that is touched counts whole', () => {
  expect(checkPart(`select * from (<<select * from {{ ref('or>>ders') }}) s`)).toBe(
    'select * from "shop"."main"."orders"',
  );
});

test('a selected query with CTEs of its own goes on with them', () => {
  expect(
    checkPart(`with a as (select 1 as x) select * from (<<-- mine
with b as (select * from a) select * from b order by 1>>) s`),
  ).toBe(`with a as (select 1 as x),
b as (select * from a) select * from b order by 1`);
});

test('a whole query is selected as it is', () => {
  expect(checkPart(`<<with a as (select 1) select * from a>>`)).toBe('with a as (select 1) select * from a');
});

test('a selection of what leaves no text selects nothing', () => {
  expect(checkPart(`<<{% set a = 1 %}>>select 1`)).toBe('Nothing of the selection is in the compiled SQL.');
});

test('where the warehouse has a say, the CTE is found by its name', () => {
  const { text, wanted } = marked('with a as (select 1), b as (sele$0ct * from a) select * from b');
  const sent = 'with z as (select 0), a as (select 1, 2, 3), b as (select * from a) select * from b';
  const part = queryPartOf(sent, preview(`//- models/main.sql\n${text}`), wanted, 'duckdb');
  expect(part).toEqual({
    kind: 'query',
    sql: 'with a as (select 1, 2, 3),\nb as (select * from a)\nselect * from b',
    segments: [],
  });
});
