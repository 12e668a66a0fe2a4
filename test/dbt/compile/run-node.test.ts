import { describe, expect, test } from 'vitest';
import type { StatementResult } from '../../../server/src/base/statement.ts';
import { rehearse } from '../../../server/src/dbt/compile/rehearsal.ts';
import { runNode, type NodeRun } from '../../../server/src/dbt/compile/run-node.ts';
import { WarehouseError } from '../../../server/src/dbt/warehouse-access.ts';
import { parseFixture } from '../../kit/fixture.ts';
import { projectDb } from '../../kit/project.ts';
import { closedRun, pretendedAccess } from '../../kit/warehouse-access.ts';

interface Ran extends NodeRun {
  readonly sent: readonly string[];
}

/** Runs a node against a warehouse that has the given relations and remembers what it was sent. */
function ran(
  fixture: string,
  id: string,
  { relations = [], refuse }: { relations?: readonly (readonly string[])[]; refuse?: string } = {},
): Ran {
  const sent: string[] = [];
  const access = pretendedAccess({
    execute(sql) {
      const text = sql.replaceAll(/\s+/g, ' ').trim();
      sent.push(text);
      if (refuse !== undefined && text.includes(refuse)) throw new WarehouseError('refused', sql, sql.indexOf(refuse));
      return answer(text, relations);
    },
  });
  const view = projectDb(parseFixture(fixture)).view();
  const node = view.node(id);
  if (node === undefined) throw new Error(`no ${id}`);
  return { ...closedRun(runNode(view, node, { access }), access), sent };
}

function answer(sql: string, relations: readonly (readonly string[])[]): StatementResult {
  const nothing = { columns: [], rows: [], status: 'OK', rowsAffected: undefined };
  if (sql.includes('information_schema.tables')) {
    const columns = ['database', 'name', 'schema', 'type'].map(name => ({ name, type: 'VARCHAR' }));
    return { ...nothing, columns, rows: relations.map(([name = '', type = '']) => ['shop', name, 'main', type]) };
  }
  if (sql.includes('as failures')) {
    const columns = ['failures', 'should_warn', 'should_error'].map(name => ({ name, type: 'BIGINT' }));
    return { ...nothing, columns, rows: [[2, true, true]] };
  }
  return sql.endsWith(' cascade') ? { ...nothing, cascaded: true } : nothing;
}

const statements = (run: Ran): readonly string[] => run.sent.filter(sql => !sql.includes('information_schema'));

describe('a view', () => {
  test('is built beside the old relation, takes its name, and the old one goes after the commit', () => {
    const run = ran('select 1 as id', 'model.shop.main', { relations: [['main', 'table']] });
    expect(statements(run)).toEqual([
      'BEGIN',
      'create view "shop"."main"."main__dbt_tmp" as ( select 1 as id );',
      'alter table "shop"."main"."main" rename to "main__dbt_backup"',
      'alter view "shop"."main"."main__dbt_tmp" rename to "main"',
      'COMMIT',
      'drop table if exists "shop"."main"."main__dbt_backup" cascade',
    ]);
    expect(run.relations.map(it => `${it.identifier} ${it.type}`)).toEqual(['main view']);
    expect(run.main).toMatchObject({ status: 'OK' });
  });

  test('that the warehouse refuses leaves no transaction, and the fault is placed in the model', () => {
    const run = ran('select 1 as id,\n  nope', 'model.shop.main', { refuse: 'nope' });
    expect(run.sent.at(-1)).toBe('ROLLBACK');
    expect(run.problem).toMatchObject({ errorClass: 'DbtDatabaseError', message: 'refused' });
    expect(run.refusal?.origin).toEqual({ file: 'models/main.sql', start: 18, end: 19 });
  });
});

describe('an incremental model', () => {
  const model = "{{ config(materialized='incremental') }}select 1 as id{% if is_incremental() %} where true{% endif %}";

  test('is a table at first', () => {
    const run = ran(model, 'model.shop.main');
    expect(statements(run)[1]).toBe('create table "shop"."main"."main" as ( select 1 as id );');
  });

  test('puts new rows beside the table that is there', () => {
    const run = ran(model, 'model.shop.main', { relations: [['main', 'table']] });
    expect(statements(run).some(sql => sql.startsWith('create temporary table') && sql.includes('where true'))).toBe(
      true,
    );
    expect(run.sql?.trim()).toMatch(/^insert into "shop"."main"."main"/);
  });

  test('of a strategy that the adapter has not is an error', () => {
    const run = ran(
      "{{ config(materialized='incremental', incremental_strategy='teleport') }}select 1 as id",
      'model.shop.main',
    );
    expect(run.problem?.message).toBe(
      'dbt could not find an incremental strategy macro with the name "get_incremental_teleport_sql" in shop',
    );
  });
});

describe('hooks', () => {
  test('run inside the transaction, and outside of it when they say so', () => {
    const run = ran(
      `{{ config(pre_hook="select 'pre {{ this.name }}'", post_hook=[{'sql': 'vacuum', 'transaction': false}]) }}select 1 as id`,
      'model.shop.main',
    );
    const order = statements(run);
    expect(order.indexOf('BEGIN')).toBeLessThan(order.indexOf("select 'pre main'"));
    expect(order.indexOf('COMMIT')).toBeLessThan(order.indexOf('vacuum'));
  });
});

test('a test counts its failures', () => {
  const fixture = '\n//- models/main.sql\nselect 1 as id\n//- tests/t.sql\nselect * from {{ ref("main") }}\n';
  expect(ran(fixture, 'test.shop.t').test).toEqual({ failures: 2, shouldWarn: true, shouldError: true });
});

test('a seed is created, filled and committed', () => {
  const run = ran('\n//- seeds/s.csv\nid,name\n1,a\n2,b\n', 'seed.shop.s');
  expect(run.main).toMatchObject({ status: 'INSERT 2' });
  expect(statements(run)[1]).toBe('create table "shop"."main"."s" ( "id" integer, "name" text )');
  expect(run.sent.at(-1)).toBe('COMMIT');
});

test("a project's own materialization takes the place of the built-in one", () => {
  const run = ran(
    `
//- models/main.sql
select 1 as id
//- macros/m.sql
{% materialization view, default %}{% call statement('main') %}mine {{ sql }}{% endcall %}{{ return({'relations': [this]}) }}{% endmaterialization %}
`,
    'model.shop.main',
  );
  expect(statements(run)).toEqual(['BEGIN', 'mine select 1 as id', 'ROLLBACK']);
});

describe('a statement that nobody waits for', () => {
  /** A model whose materialization sends `main` between what is given, with the project's own macros. */
  const model = (after: string, before = ''): string => `
//- models/main.sql
select 1 as id, nope
//- macros/m.sql
{% materialization view, default %}
${before}
{% call statement('main') %}create view v as {{ sql }}{% endcall %}
${after}
{{ return({'relations': [this]}) }}
{% endmaterialization %}
`;
  const refuse = 'nope';

  test('is the failure, and what the template did after it never was', () => {
    const after = "{% do log('after', info=true) %}{% call statement('next') %}select 2{% endcall %}";
    const run = ran(model(after, "{% do log('before', info=true) %}"), 'model.shop.main', { refuse });
    expect(run.sent.slice(-2)).toEqual(['create view v as select 1 as id, nope', 'ROLLBACK']);
    expect(run.problem).toMatchObject({ errorClass: 'DbtDatabaseError', file: 'dbt/macros/statements.sql' });
    expect(run.refusal?.origin).toEqual({ file: 'models/main.sql', start: 16, end: 17 });
    expect(run.sql).toBe('create view v as select 1 as id, nope');
  });

  test('goes before what goes wrong in the template after it', () => {
    const after = "{% do log('after', info=true) %}{{ exceptions.raise_compiler_error('later') }}";
    const run = ran(model(after, "{% do log('before', info=true) %}"), 'model.shop.main', { refuse });
    expect(run.problem).toMatchObject({ errorClass: 'DbtDatabaseError', message: 'refused' });
    expect(run.log.map(it => it.message)).toEqual(['before']);
    expect(run.main).toBeUndefined();
    expect(run.sent.at(-1)).toBe('ROLLBACK');
  });

  test('is waited for by who looks at its answer', () => {
    const after = "{% do log('status ' ~ load_result('main').response, info=true) %}";
    const run = ran(model(after), 'model.shop.main');
    expect(run.log.map(it => it.message)).toEqual(['status OK']);
    const refused = ran(model(after), 'model.shop.main', { refuse });
    expect(refused.problem).toMatchObject({ errorClass: 'DbtDatabaseError', file: 'dbt/macros/statements.sql' });
    expect(refused.log).toEqual([]);
  });

  test('that may drop more than it names is waited for by who looks at the relations', () => {
    const look = '{% do adapter.get_relation(this.database, this.schema, this.identifier) %}';
    const listings = (drop: string): number =>
      ran(model(`${look}{% call statement() %}${drop}{% endcall %}${look}`, look), 'model.shop.main').sent.filter(sql =>
        sql.includes('information_schema'),
      ).length;
    expect(listings('drop table x')).toBe(1);
    expect(listings('drop table x cascade')).toBe(2);
  });
});

test('a rehearsal comes to its end without a warehouse', () => {
  const run = rehearse(projectDb(parseFixture('select 1 as id')).view());
  expect(run.problem).toBeUndefined();
  expect(run.sql).toMatch(/create table/);
});
