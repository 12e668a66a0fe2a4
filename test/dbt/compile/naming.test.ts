import { expect, test } from 'vitest';
import { parseFixture } from '../../kit/fixture.ts';
import { projectDb } from '../../kit/project.ts';

const relation = (files: string): string | undefined =>
  projectDb(parseFixture(`\n//- models/marts/main.sql\n${files}`))
    .view()
    .node('model.shop.main')?.relation.relationName;

test('a custom schema is put behind the one of the target', () => {
  expect(relation("{{ config(schema='core') }}select 1\n")).toBe('"shop"."main_core"."main"');
});

test("a project's own naming macro sees the node: where it lies, how it is tagged and configured", () => {
  const macro = `{{ config(tags=['t']) }}select 1
//- macros/names.sql
{% macro generate_schema_name(custom_schema_name, node) -%}
  {{ node.fqn[1] }}_{{ node.tags[0] }}_{{ node.config.materialized }}_{{ node.path.split('/')[0] }}_{{ node.resource_type }}
{%- endmacro %}
{% macro generate_alias_name(custom_alias_name=none, node=none) -%}{{ node.name }}_x{%- endmacro %}
`;
  expect(relation(macro)).toBe('"shop"."marts_t_view_marts_model"."main_x"');
});
