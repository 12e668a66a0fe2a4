import { expect, test } from 'vitest';
import { parseFixture } from '../../kit/fixture.ts';
import { projectDb } from '../../kit/project.ts';

const MODEL = `
//- models/a.sql
select 1 as id
//- models/a.yml
models:
  - name: a
    columns:
      - name: id
        data_tests:
          - not_null`;

const BY_ITSELF = '"shop"."main"."a"';

/** What the test of `a.id` selects from, and the macros that it uses. */
function checkTested(more: string, relation: string): void {
  const db = projectDb(parseFixture(MODEL + more));
  const id = db.ids().find(it => it.startsWith('test.shop.not_null_a_id')) ?? '';
  const { text, macros } = db.view().compiled(id);
  expect(/\bfrom\s+(\S.*?)\s+where id is null/s.exec(text)?.[1]).toBe(relation);
  expect(macros).toContain('macro.dbt.test_not_null');
  expect(macros.some(it => it.endsWith('.get_where_subquery'))).toBe(true);
}

test('a test looks at the relation itself', () => {
  checkTested('\n', BY_ITSELF);
  checkTested(':\n              config: {where: ""}\n', BY_ITSELF);
});

test('a test with a condition looks at the rows that meet it', () => {
  const filtered = `(select * from ${BY_ITSELF} where id > 1) dbt_subquery`;
  checkTested(':\n              config: {where: id > 1}\n', filtered);
  checkTested('\n//- dbt_project.yml\nname: shop\nprofile: shop\ndata_tests: {+where: id > 1}\n', filtered);
});

test.each(['get_where_subquery', 'default__get_where_subquery', 'duckdb__get_where_subquery'])(
  'a project that has its own %s is asked',
  name =>
    checkTested(
      `\n//- macros/m.sql\n{% macro ${name}(relation) %}own_{{ relation.identifier }}{% endmacro %}\n`,
      'own_a',
    ),
);
