import { expect, test } from 'vitest';
import { parseFixture } from '../../kit/fixture.ts';
import { projectDb } from '../../kit/project.ts';

/** The text of a model, as a parse renders it and as compiling does; or the complaints. */
function rendered(sql: string, files = ''): readonly string[] {
  const db = projectDb(parseFixture(`//- models/a.sql\n${sql}\n${files}`));
  return (['parse', 'compile'] as const).map(mode => {
    const { rendered: found } = db.rendered('model.shop.a', { mode }) ?? {};
    return found?.problem?.message ?? found?.text ?? '';
  });
}

test('while the project is read, the answer to a query is empty until something of it is used', () => {
  const [empty, used] = ['{{ answer | length }}{% for row in answer %}x{% endfor %}', '{{ answer.rows }}'].map(
    use => rendered(`{% set answer = run_query('select 1') %}${use}`)[0],
  );
  expect([empty, used]).toEqual(['0', "'None' has no attribute 'table'"]);
});

const MACROS = `//- macros/m.sql
{% macro default__thing() %}7{% endmacro %}
{% macro shop_vars() %}{{ return({'a': 1}) }}{% endmacro %}
`;

test('dispatch with a namespace that no package has looks for a macro as without one', () => {
  const dispatch = (name: string) => rendered(`{{ adapter.dispatch('${name}', 'nowhere')() }}`, MACROS)[1];
  expect([dispatch('thing'), dispatch('nothing')]).toEqual([
    '7',
    "In dispatch: No macro named 'nothing' found within namespace: 'nowhere'\n" +
      "    Searched for: 'duckdb__nothing', 'default__nothing'",
  ]);
});

test.each([
  [
    "{% for name in context.keys() if name.endswith('_vars') %}{{ name }} {{ context[name]() }}{% endfor %}",
    "shop_vars {'a': 1}",
  ],
  ["{% for name, value in context.items() if name == 'shop_vars' %}{{ value() }}{% endfor %}", "{'a': 1}"],
  [
    "{% for name in context if name in ['shop_vars', 'target', 'dbt'] %}{{ name }} {% endfor %}",
    'target shop_vars dbt',
  ],
  ['{{ context | length > 100 }} {{ context.get("nothing", 5) }}', 'True 5'],
])('the context is a dict: %s', (sql, text) => {
  expect(rendered(sql, MACROS)[1]?.trim()).toBe(text);
});

test('builtins has all that the context itself gives', () => {
  const sql = "{{ builtins.var('nope', 1) }} {{ builtins.target.type }} {{ builtins.shop_vars is defined }}";
  expect(rendered(sql, MACROS)[1]).toBe('1 duckdb False');
});

test('days are read from texts with blanks around them, and the time of day is told with its date', () => {
  const sql = "{{ partition_range('20240101, 20240102') }} {{ py_current_timestring() | length }}";
  expect(rendered(sql)[1]).toBe("['20240101', '20240102'] 20");
  expect(rendered("{{ convert_datetime('x', '%Y') }}")[1]).toBe(
    "The provided partition date 'x' does not match the expected format '%Y'",
  );
});

test('a node depends on sources before models', () => {
  const db = projectDb(
    parseFixture(`//- models/a.sql
select * from {{ ref('b') }}, {{ source('raw', 't') }}
//- models/b.sql
select 1 as id
//- models/s.yml
sources: [{name: raw, tables: [{name: t}]}]
`),
  );
  const node = db.node('model.shop.a');
  expect(node?.resourceType === 'model' && node.dependsOn.nodes).toEqual(['source.shop.raw.t', 'model.shop.b']);
});

test('properties get the value of a variable as it is written, templates get it rendered', () => {
  const files = `//- dbt_project.yml
name: shop
version: '1.0'
profile: shop
vars: {where: "{{ target.schema }}_raw"}
//- models/a.sql
select '{{ var('where') }}' as here
//- models/s.yml
sources: [{name: raw, schema: "{{ var('where') }}", tables: [{name: t}]}]
`;
  const db = projectDb(parseFixture(files));
  const source = db.node('source.shop.raw.t');
  expect(source?.resourceType === 'source' && source.schema).toBe('{{ target.schema }}_raw');
  expect(db.rendered('model.shop.a', { mode: 'compile' })?.rendered.text).toBe("select 'main_raw' as here");
});

test('the project’s name and dbt’s version are known to properties', () => {
  const yaml =
    '//- models/s.yml\nmodels: [{name: a, config: {meta: {of: "{{ project_name }} {{ dbt_version[:2] }}"}}}]\n';
  const db = projectDb(parseFixture(`//- models/a.sql\nselect 1 as id\n${yaml}`));
  const node = db.node('model.shop.a');
  expect(node?.resourceType === 'model' && node.meta.get('of')).toBe('shop 1.');
});
