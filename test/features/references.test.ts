import { describe, expect, test } from 'vitest';
import { references } from '../../server/src/features/references.ts';
import { workspaceSymbols } from '../../server/src/features/workspace-symbols.ts';
import { cursorIn, parseFixture } from '../kit/fixture.ts';
import { placeText, projectDb } from '../kit/project.ts';

const shop = `
//- seeds/raw_orders.csv
id,amount
1,9.5
//- models/report.sql
with paid as (select order_id, amount from {{ ref('stg_orders') }} as o where o.amount > 0)
select paid.order_id, sum(amount) as total from paid group by paid.order_id
//- models/copied.sql
select * from {{ ref('stg_orders') }}
//- macros/top.sql
{% macro top_orders() %}1{% endmacro %}
`;

/** Where what is under the cursor is said. */
function checkReferences(text: string, { includeDeclaration = true } = {}): readonly string[] {
  const fixture = parseFixture(shop + text);
  const { path, start } = cursorIn(fixture);
  const db = projectDb(fixture);
  return references(db, { file: path, offset: start }, { includeDeclaration }).map(it => placeText(db, it));
}

const staging = "//- models/stg_orders.sql\nselect id as order_id, amount$0 from {{ ref('raw_orders') }}\n";

describe('references', () => {
  test('of a column that a model gives are in every model that names it', () => {
    const given = "//- models/stg_orders.sql\nselect id as order$0_id from {{ ref('raw_orders') }}\n";
    expect(checkReferences(given)).toEqual(['models/stg_orders.sql:1:14', 'models/report.sql:1:22']);
    expect(checkReferences(given, { includeDeclaration: false })).toEqual(['models/report.sql:1:22']);
  });

  test('of a column that is read as it is go back to where it is named', () => {
    expect(checkReferences(staging)).toEqual(['seeds/raw_orders.csv:1:4', 'models/stg_orders.sql:1:24']);
  });

  test('of a CTE, its columns and an alias are in their query', () => {
    const own = (text: string) => checkReferences(`//- models/own.sql\n${text}\n`);
    const stars = (...columns: readonly number[]) => columns.map(it => `models/own.sql:1:${it}`);
    expect(own('with a$0 as (select 1 as x) select a.x from a')).toEqual(stars(6, 34, 43));
    expect(own('with a as (select 1 as x$0) select a.x from a')).toEqual(stars(24, 36));
    expect(own("select o$0.order_id from {{ ref('report') }} o")).toEqual(stars(8, 44));
  });

  test('of a model are its refs, on its name and anywhere else in its file', () => {
    const refs = ['models/copied.sql:1:23', 'models/report.sql:1:52'];
    expect(checkReferences(staging.replace('$0', '').replace('raw_orders', 'raw_$0orders'))).toHaveLength(1);
    expect(checkReferences(staging.replace('$0', '').replace('select', '$0select')).toSorted()).toEqual(refs);
  });
});

test('symbols of the workspace are what the project declares, by the letters of their names', () => {
  const db = projectDb(parseFixture(shop + staging.replace('$0', '')));
  const found = (query: string) =>
    workspaceSymbols(db, query).map(it => `${it.kind} ${it.name} ${placeText(db, it.place)}`);
  expect(found('sord')).toEqual(['model stg_orders models/stg_orders.sql:1:1']);
  expect(found('ORD')).toEqual([
    'model stg_orders models/stg_orders.sql:1:1',
    'seed raw_orders seeds/raw_orders.csv:1:1',
    'macro top_orders macros/top.sql:1:10',
  ]);
  expect(found('generate_schema_name')).toEqual([]);
});
