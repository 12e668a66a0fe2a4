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

test('the project’s name and dbt’s version are known to properties', () => {
  const yaml =
    '//- models/s.yml\nmodels: [{name: a, config: {meta: {of: "{{ project_name }} {{ dbt_version[:2] }}"}}}]\n';
  const db = projectDb(parseFixture(`//- models/a.sql\nselect 1 as id\n${yaml}`));
  const node = db.node('model.shop.a');
  expect(node?.resourceType === 'model' && node.meta.get('of')).toBe('shop 1.');
});
