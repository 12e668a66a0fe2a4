import { expect, test } from 'vitest';
import { parseFixture } from '../kit/fixture.ts';
import { projectDb } from '../kit/project.ts';

const LIBRARY = `//- dbt_packages/lib/dbt_project.yml
name: lib
//- dbt_packages/lib/macros/t.sql
{% test alike(model) %}{{ exceptions.raise_compiler_error('not here') }}{% endtest %}
//- models/a.sql
select 1 as id
//- models/s.yml
models: [{name: a, data_tests: [lib.alike]}]
`;

const messages = (files: string) => {
  const db = projectDb(parseFixture(files));
  return { reading: db.parseProblems('models/s.yml').map(it => it.message), all: db.problems('models/s.yml').length };
};

test('a test of a package fails while the project is read', () => {
  expect(messages(LIBRARY)).toEqual({ reading: ['not here'], all: 1 });
});

test('not if the project has a test of that name, which hides it until it is compiled', () => {
  const files = `${LIBRARY}//- macros/t.sql\n{% test alike(model) %}select 1 from {{ model }}{% endtest %}\n`;
  expect(messages(files)).toEqual({ reading: [], all: 1 });
});

test('the test of another package hides nothing', () => {
  const other = '//- dbt_packages/other/dbt_project.yml\nname: other\n';
  const files = `${LIBRARY}${other}//- dbt_packages/other/macros/t.sql\n{% test alike(model) %}select 1{% endtest %}\n`;
  expect(messages(files).reading).toEqual(['not here']);
});
