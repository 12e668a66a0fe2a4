import { describe, expect, test } from 'vitest';
import type { ModelDb } from '../../server/src/model/db.ts';
import { parseFixture } from '../kit/fixture.ts';
import { checkProblems } from '../kit/check-problems.ts';
import { projectDb } from '../kit/project.ts';

describe('the project', () => {
  test('with a path of models that only an analysis and a group follow', () =>
    checkProblems(`
//- dbt_project.yml
name: shop
profile: shop
models:
  shop:
    why: {+materialized: table}
    ^^^ warning[unused-config-path]
//- analyses/why/a.sql
select 1 as id
//- models/why/s.yml
groups: [{name: g, owner: {name: G}}]
`));

  test('with keys nobody knows, values of the wrong kind and paths to nothing', () =>
    checkProblems(`
//- dbt_project.yml
name: shop
profile: shop
colour: red
^^^^^^ error[project-unknown-key]
quoting: yes
         ^^^ error[project-invalid]
models:
  shop:
    nowhere: {+materialized: table}
    ^^^^^^^ warning[unused-config-path]
    off: {+materialized: table}
    ^^^ error[project-folder-key]
//- models/a.sql
select 1 as id
`));

  test('without its project file everything else still works', () => {
    const fixture = parseFixture(`
//- models/a.sql
select 1 as id
//- models/b.sql
select * from {{ ref('a') }}
`);
    const db = projectDb(fixture);
    db.setFile('dbt_project.yml', undefined);
    expect(db.problems('dbt_project.yml').map(({ code }) => code)).toContain('project-missing');
    expect(db.manifest().nodes.size).toBe(2);
    expect(db.problems('models/b.sql')).toEqual([]);
  });

  const usesVar = `
//- dbt_project.yml
name: shop
profile: shop
vars: {steps: [view, cart]}
//- models/a.sql
select 1 as {% for step in var('steps') %}{{ step }}{% endfor %}
//- models/b.sql
select {{ 1 + }}
`;
  const halfWritten = 'name: shop\nprofile: shop\nvars: {steps: [view';

  test('a half-written project file means what stands in for it', () => {
    const db = projectDb(parseFixture(usesVar));
    db.setStandIn('dbt_project.yml', db.text('dbt_project.yml'));
    db.setFile('dbt_project.yml', halfWritten);
    expect(codesOf(db, 'dbt_project.yml')).toEqual(['yaml-syntax']);
    expect(codesOf(db, 'models/a.sql')).toEqual([]);
    expect(codesOf(db, 'models/b.sql')).toEqual(['jinja-syntax']);
    db.setFile('dbt_project.yml', 'name: shop\nprofile: shop\n');
    expect(codesOf(db, 'models/a.sql')).toEqual(['render-error']);
  });

  test('of a project whose file cannot be read only syntax is judged', () => {
    const db = projectDb(parseFixture(usesVar));
    db.setFile('dbt_project.yml', '<<<<<<< ours\nname: shop\n');
    expect(codesOf(db, 'dbt_project.yml')).toContain('yaml-syntax');
    expect(codesOf(db, 'models/a.sql')).toEqual([]);
    expect(codesOf(db, 'models/b.sql')).toEqual(['jinja-syntax']);
  });

  test('unless the project switches on one file of several with one name', () =>
    checkProblems(`
//- dbt_project.yml
name: shop
profile: shop
models:
  shop:
    one: {+enabled: "{{ target.type == 'oracle' }}"}
    two: {+materialized: table}
//- models/one/orders.sql
select {{ nothing_that_counts() }}
//- models/two/orders.sql
select 1 as id
//- models/revenue.sql
select * from {{ ref('orders') }}
`));

  test('with packages that are missing, doubled or of no kind', () =>
    checkProblems(`
//- packages.yml
packages:
  - local: elsewhere
    ^^^^^^^^^^^^^^^^ error[package-missing]
  - local: ../lib
  - colour: red
    ^^^^^^^^^^^ error[package-invalid]
//- dbt_packages/lib/dbt_project.yml
name: shop
      ^^^^ error[package-duplicate]
`));

  test.each([
    ['other: {target: dev, outputs: {dev: {type: duckdb}}}', 'profile-missing'],
    ['shop: {target: dev}', 'profile-invalid'],
    ['shop: {target: prod, outputs: {dev: {type: duckdb}}}', 'target-missing'],
  ])('with the profile %s', (profiles, code) => {
    const db = projectDb(parseFixture(`\n//- models/a.sql\nselect 1 as id\n`));
    db.setProfiles({ file: '../profiles.yml', text: profiles });
    expect(db.problems('dbt_project.yml').map(it => it.code)).toEqual([code]);
    expect(db.node('model.shop.a')).toBeDefined();
  });

  test('a text that cannot be rendered without a profile is told as such, and has no shape that could be wrong', () => {
    const quoting = 'quoting: {identifier: "{{ target.type != \'snowflake\' }}"}';
    const sources = `sources: [{name: shop, tables: [{name: orders, ${quoting}}]}]`;
    const db = projectDb(parseFixture(`\n//- models/s.yml\n${sources}\n`));
    db.setProfiles({ file: '../profiles.yml', text: 'other: {}' });
    expect(db.problems('models/s.yml').map(it => it.code)).toEqual(['yaml-jinja']);
  });
});

function codesOf(db: ModelDb, file: string): readonly string[] {
  return db.problems(file).map(({ code }) => code);
}
