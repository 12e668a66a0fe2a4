import { describe, expect, test } from 'vitest';
import { codeLenses } from '../../server/src/features/code-lenses.ts';
import { compiledPreview } from '../../server/src/features/compiled-preview.ts';
import { completion } from '../../server/src/features/completion.ts';
import { parseFixture } from '../kit/fixture.ts';
import { projectDb } from '../kit/project.ts';

const shop = `
//- dbt_project.yml
name: shop
profile: shop
vars: {limit: 7}
//- models/orders.sql
{{ config(group='sales', access='private') }}
select 1 as order_id, 'new' as state
//- models/orders.yml
groups: [{name: sales, owner: {name: us}}]
//- models/wip.sql
select broken from {{ ref('nothing') }}
//- .dbtignore
models/wip.sql
//- macros/top.sql
{% macro top() %}limit {{ var('limit') }}{% endmacro %}
//- queries/late.sql
select order_id, no_such_column from {{ ref('orders') }} {{ top() }}
//- target/compiled/shop/models/orders.sql
select order_id from "shop"."main"."orders"
//- untitled:Untitled-1.sql
select order_id from {{ ref('orders') }}
`;

const db = projectDb(parseFixture(shop));

describe('SQL that is no part of the project', () => {
  test('has its context: refs, also to private models, macros and vars', () => {
    const sql = 'select order_id, no_such_column from "shop"."main"."orders" limit 7';
    expect(compiledPreview(db, 'queries/late.sql')).toMatchObject({ name: 'late', sql, problem: undefined });
    expect(compiledPreview(db, 'untitled:Untitled-1.sql')?.sql).toBe('select order_id from "shop"."main"."orders"');
  });

  test('is listed nowhere', () => {
    expect(db.fileRole('queries/late.sql')).toBe('scratch');
    expect(db.ids().filter(it => it.startsWith('sql_operation'))).toEqual([]);
    expect([...db.manifest().nodes.keys()]).toEqual(['model.shop.orders']);
    expect(db.lineage().edges).toEqual([]);
  });

  test('is SQL that the project ignores, too', () => {
    expect(db.fileRole('models/wip.sql')).toBe('scratch');
    expect(db.node('model.shop.wip')).toBeUndefined();
  });

  test('is what a run left behind, too', () => {
    const file = 'target/compiled/shop/models/orders.sql';
    expect(db.fileRole(file)).toBe('scratch');
    expect(compiledPreview(db, file)?.sql).toBe('select order_id from "shop"."main"."orders"');
  });

  test('is checked like a model', () => {
    expect(db.problems('queries/late.sql').map(it => it.code)).toEqual(['sql-unknown-column']);
    expect(db.problems('models/wip.sql').map(it => it.code)).toEqual(['unknown-model']);
    expect(db.problems('untitled:Untitled-1.sql')).toEqual([]);
  });

  test('completes names of models and columns', () => {
    const file = 'untitled:Untitled-1.sql';
    const ref = completion(db, { file, offset: "select order_id from {{ ref('or".length });
    expect(ref.map(it => it.label)).toContain('orders');
    const column = completion(db, { file, offset: 'select order_i'.length });
    expect(column.map(it => it.label)).toContain('state');
  });

  test('can be looked at, and not built', () => {
    expect(codeLenses(db, 'queries/late.sql').map(it => it.title)).toEqual(['Preview Data']);
  });

  test('stays away from files of packages, and from functions', () => {
    const other = projectDb(
      parseFixture(`
//- dbt_packages/tools/dbt_project.yml
name: tools
//- dbt_packages/tools/queries/q.sql
select 1
//- functions/f.sql
select 1
//- notes.md
nothing
`),
    );
    for (const file of ['dbt_packages/tools/queries/q.sql', 'functions/f.sql', 'notes.md']) {
      expect(other.fileRole(file)).toBeUndefined();
    }
  });
});
