import { test } from 'vitest';
import { parseFixture } from '../kit/fixture.ts';
import { expectGolden } from '../kit/golden.ts';
import { withGutter } from '../kit/origin-gutter.ts';
import { projectDb } from '../kit/project.ts';

const project = `
//- macros/money.sql
{% macro cents(column) -%}
    cast({{ column }} * 100 as {{ whole() }})
{%- endmacro %}
{% macro whole() %}bigint{% endmacro %}
{% macro boxed(name) %}
{{ name }} as (
    {{- caller() -}}
)
{%- endmacro %}
//- models/orders.sql
select 1 as id
//- models/funnel.sql
{{ config(materialized='table') -}}
{%- set steps = ['view', 'cart'] -%}
{% set tail %}
where {{ cents('amount') }} > 0
{% endset -%}
with
{%- call boxed('events') %}
    select * from {{ ref('orders') }}
{% endcall %}
select
{%- for step in steps %}
    {{ cents('amount_' ~ step) }} as {{ step }}
    {%- if not loop.last %},{% endif %}
{%- endfor %}
from events
{{ tail | trim }}
`;

test('a model with loops, nested macros, a call block and whitespace control shows where each character is from', async () => {
  const fixture = parseFixture(project);
  const rendered = projectDb(fixture).rendered('model.shop.funnel', { mode: 'compile' })!.rendered;
  await expectGolden(
    'source-map',
    withGutter(rendered, file => fixture.files.get(file) ?? ''),
  );
});
