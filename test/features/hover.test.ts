import { expect, test } from 'vitest';
import { hover } from '../../server/src/features/hover.ts';
import { cursorIn, parseFixture } from '../kit/fixture.ts';
import { projectDb } from '../kit/project.ts';

function hoverAt(source: string): string | undefined {
  const fixture = parseFixture(source);
  const { path, start } = cursorIn(fixture);
  return hover(projectDb(fixture), { file: path, offset: start })?.markdown;
}

test('a ref shows what the model is, its description, its relation and its columns', () => {
  expect(
    hoverAt(`
//- models/orders.sql
{{ config(materialized='table') }} select 1 as id
//- models/schema.yml
models:
  - name: orders
    description: One row per order.
    columns:
      - {name: id, data_type: integer, description: "Key | of the order"}
//- models/main.sql
select * from {{ ref('or$0ders') }}
`),
  ).toMatchInlineSnapshot(`
    "**orders** · table model

    One row per order.

    \`"shop"."main"."orders"\`  
    shop · models/orders.sql

    | column | type | |
    |---|---|---|
    | id | integer | Key \\| of the order |"
  `);
});

test('a macro shows its signature', () => {
  expect(
    hoverAt(`
//- macros/money.sql
{% macro cents(x, scale=2) %}{{ x }} * 100{% endmacro %}
//- models/main.sql
select {{ ce$0nts('a') }}
`),
  ).toContain('`cents(x, scale=2)` · macro');
});

test('a var shows its value', () => {
  expect(
    hoverAt(`
//- dbt_project.yml
name: shop
version: '1.0'
profile: shop
vars: {days: 3}
//- models/main.sql
select {{ var('da$0ys') }}
`),
  ).toBe('**days** · var = `3`');
});

test('nothing is said of a name that means nothing', () => {
  expect(hoverAt("select * from {{ ref('nope$0') }}\n")).toBeUndefined();
});
