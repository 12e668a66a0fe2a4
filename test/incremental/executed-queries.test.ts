import { describe, expect, test } from 'vitest';
import { parseFixture } from '../kit/fixture.ts';
import { projectDb } from '../kit/project.ts';

const PROJECT = `
//- macros/cents.sql
{% macro cents(column) %}({{ column }} / 100){% endmacro %}
//- models/orders.sql
select 1 as id, 2 as amount
//- models/revenue.sql
select sum({{ cents('amount') }}) from {{ ref('orders') }}
//- models/unrelated.sql
select 1 as id
//- models/s.yml
models:
  - name: orders
    description: what people bought
    columns: [{name: id, data_tests: [unique]}]
`;

/** A project whose three models and one properties file have all been looked at. */
function openProject() {
  const db = projectDb(parseFixture(PROJECT));
  const look = (): void => {
    for (const model of ['orders', 'revenue', 'unrelated']) db.rendered(`model.shop.${model}`, { mode: 'compile' });
    for (const file of db.files()) db.problems(file);
    db.node('model.shop.orders');
  };
  look();
  db.takeExecutedQueries();
  return { db, look };
}

/** The queries that an edit makes the project run again, in order, each once. */
function work(edit: (db: ReturnType<typeof openProject>['db']) => void): readonly string[] {
  const { db, look } = openProject();
  edit(db);
  look();
  return [...new Set(db.takeExecutedQueries())];
}

describe('an edit costs what it touches', () => {
  test('nothing happened: nothing runs', () => {
    expect(work(() => undefined)).toEqual([]);
  });

  test('typing in a body renders that body and nothing else', () => {
    expect(work(db => db.setFile('models/orders.sql', 'select 1 as id, 3 as amount'))).toMatchInlineSnapshot(`
      [
        "syntax(models/orders.sql)",
        "seen(models/orders.sql)",
        "uses(models/orders.sql)",
        "rendered(model.shop.orders)",
        "raw-code(model.shop.orders)",
        "literals(models/orders.sql)",
        "parse-problems(models/orders.sql)",
        "problems(models/orders.sql)",
        "statement(model.shop.orders)",
        "bound(model.shop.orders)",
        "query-outline(model.shop.orders)",
        "node(model.shop.orders)",
      ]
    `);
  });

  test('a new ref is resolved, and other models stay as they are', () => {
    const queries = work(db => db.setFile('models/unrelated.sql', "select * from {{ ref('orders') }}"));
    expect(queries.filter(it => /orders|revenue/.test(it))).toEqual([]);
  });

  test('an alias reaches those who name the model, and a description does not', () => {
    const alias = work(db => db.setFile('models/orders.sql', "{{ config(alias='o') }}select 1 as id, 2 as amount"));
    expect(alias).toContain('rendered(model.shop.revenue)');
    expect(alias).not.toContain('rendered(model.shop.unrelated)');
    const text = PROJECT.split('//- models/s.yml\n')[1]!.replace('what people bought', 'orders');
    const description = work(db => db.setFile('models/s.yml', text));
    expect(description.filter(it => it.startsWith('rendered(') || it.startsWith('captured('))).toEqual([]);
  });

  test('a macro reaches those who call it', () => {
    const queries = work(db =>
      db.setFile('macros/cents.sql', '{% macro cents(column) %}({{ column }} * 0.01){% endmacro %}'),
    );
    expect(queries.filter(it => it.startsWith('rendered('))).toEqual(['rendered(model.shop.revenue)']);
  });

  test('a new file wakes those who asked for its name', () => {
    const { db, look } = openProject();
    db.setFile('models/unrelated.sql', "select * from {{ ref('late') }}");
    look();
    expect(db.problems('models/unrelated.sql').map(it => it.code)).toEqual(['unknown-model']);
    db.takeExecutedQueries();
    db.setFile('models/late.sql', 'select 1 as id');
    expect(db.problems('models/unrelated.sql')).toEqual([]);
    look();
    expect(db.takeExecutedQueries().filter(it => it.startsWith('rendered(model.shop.re'))).toEqual([]);
  });
});
