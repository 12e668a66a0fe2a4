import { expect, test } from 'vitest';
import { codeLenses } from '../../server/src/features/code-lenses.ts';
import { parseFixture } from '../kit/fixture.ts';
import { projectDb } from '../kit/project.ts';

/** The lenses of a file, each with the line it stands above. */
function checkLenses(source: string, file: string): readonly string[] {
  const fixture = parseFixture(source);
  const text = fixture.files.get(file) ?? '';
  return codeLenses(projectDb(fixture), file).map(
    ({ offset, title }) => `${text.slice(0, offset).split('\n').length}: ${title}`,
  );
}

const shop = `
//- models/orders.sql
with paid as (select 1 as id),
{% if true %}
big as (select * from paid)
{% endif %}
select * from big
//- models/report.sql
select * from {{ ref('orders') }}
//- models/orders.yml
models:
  - name: orders
    columns:
      - name: id
        data_tests: [unique, not_null]
//- tests/no_orders.sql
select * from {{ ref('report') }} where false
//- macros/m.sql
{% macro m() %}1{% endmacro %}
`;

test('a model can be looked at, run, built and tested, and says what it is connected with', () => {
  expect(checkLenses(shop, 'models/orders.sql')).toEqual([
    '1: Preview Data',
    '1: Run',
    '1: Build',
    '1: Test (2)',
    '1: 0 upstream · 1 downstream',
    '1: Preview paid',
    '3: Preview big',
  ]);
});

test('a test can be run, and a macro has nothing to offer', () => {
  expect(checkLenses(shop, 'tests/no_orders.sql')).toEqual(['1: Preview Data', '1: Test', '1: 1 upstream']);
  expect(checkLenses(shop, 'macros/m.sql')).toEqual([]);
});
