import { expect, test } from 'vitest';
import { profileOf } from '../../kit/rendered-node.ts';
import { parseFixture } from '../../kit/fixture.ts';
import { projectDb } from '../../kit/project.ts';
import { pretendedAccess } from '../../kit/warehouse-access.ts';
import { runNode } from '../../../server/src/dbt/compile/run-node.ts';

/** The statement that builds a model on Redshift. */
function built(model: string): string {
  const view = projectDb(parseFixture(`\n//- models/main.sql\n${model}\n${profileOf('redshift')}`)).view();
  const node = view.node('model.shop.main');
  if (node === undefined) throw new Error('no model');
  const access = pretendedAccess({
    execute: () => ({ columns: [], rows: [], status: 'OK', rowsAffected: undefined }),
  });
  const { sql, problem } = runNode(view, node, { access });
  return problem === undefined ? (sql ?? '').replaceAll(/\s+/g, ' ').trim() : problem.message;
}

test('a table is spread and sorted as its config says', () => {
  expect(built("{{ config(materialized='table', dist='user_id', sort=['day', 'user_id']) }}select 1")).toBe(
    'create table "db"."main"."main__dbt_tmp" diststyle key distkey (user_id) compound sortkey (day, user_id) as ( select 1 );',
  );
  expect(built("{{ config(materialized='table', dist='even') }}select 1")).toBe(
    'create table "db"."main"."main__dbt_tmp" diststyle even as ( select 1 );',
  );
});

test('a view may be left unbound', () => {
  expect(built('{{ config(bind=false) }}select 1')).toBe(
    'create view "db"."main"."main__dbt_tmp" as ( select 1 ) with no schema binding;',
  );
});
