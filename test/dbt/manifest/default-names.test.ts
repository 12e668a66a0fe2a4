import { expect, test } from 'vitest';
import { parseFixture } from '../../kit/fixture.ts';
import { projectDb } from '../../kit/project.ts';

const PROJECT = `
//- models/plain.sql
select 1 as id
//- models/named.sql
{{ config(alias=' other ', schema=' marts ', database='db2') }} select 1 as id
//- models/empty.sql
{{ config(alias='', schema='') }} select 1 as id
//- models/m_v1.sql
select 1 as id
//- models/m_v2_1.sql
select 1 as id
//- models/s.yml
models: [{name: m, versions: [{v: 1}, {v: 2.1, defined_in: m_v2_1}]}]
//- seeds/sd.csv
id
1
`;

test('the names without the macros are the names with them', () => {
  const relations = (fixture: string) => {
    const db = projectDb(parseFixture(fixture));
    return [...db.manifest().nodes.keys()].toSorted().map(id => [id, db.relation(id)?.relationName]);
  };
  // An override that only calls dbt's own default makes the model ask the macros for every name.
  const asked = `${PROJECT}//- macros/names.sql
{% macro generate_alias_name(custom_alias_name=none, node=none) %}{{ return(dbt.default__generate_alias_name(custom_alias_name, node)) }}{% endmacro %}
`;
  const quick = relations(PROJECT);
  expect(quick).toEqual(relations(asked));
  expect(quick).toMatchInlineSnapshot(`
    [
      [
        "model.shop.empty",
        ""shop"."main_"."empty"",
      ],
      [
        "model.shop.m.v1",
        ""shop"."main"."m_v1"",
      ],
      [
        "model.shop.m.v2.1",
        ""shop"."main"."m_v2_1"",
      ],
      [
        "model.shop.named",
        ""db2"."main_marts"."other"",
      ],
      [
        "model.shop.plain",
        ""shop"."main"."plain"",
      ],
      [
        "seed.shop.sd",
        ""shop"."main"."sd"",
      ],
    ]
  `);
});
