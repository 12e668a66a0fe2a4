import { describe, expect, test } from 'vitest';
import { runUnitTest } from '../../../server/src/dbt/compile/unit-test.ts';
import { parseFixture } from '../../kit/fixture.ts';
import { projectDb } from '../../kit/project.ts';
import { pretendedAccess } from '../../kit/warehouse-access.ts';

const UNIT_TEST = 'unit_test.conf.m.u';

/** Runs a project's unit test against a warehouse that has nothing. */
function ran(source: string) {
  const access = pretendedAccess({
    execute: () => ({ columns: [], rows: [], status: 'OK', rowsAffected: undefined }),
  });
  const view = projectDb(parseFixture(source)).view();
  const unitTest = view.unitTest(UNIT_TEST);
  if (unitTest === undefined) throw new Error(`no ${UNIT_TEST}`);
  return runUnitTest(view, unitTest, { access });
}

describe('an input of a unit test', () => {
  test('that gives no rows takes those of the seed it names', () => {
    const db = projectDb(
      parseFixture(`
//- dbt_project.yml
name: conf
//- seeds/people.csv
id,name
1,Ada
2,
//- models/m.sql
select * from {{ ref('people') }}
//- models/s.yml
unit_tests: [{name: u, model: m, given: [{input: ref('people')}], expect: {rows: [{id: 1}]}}]
`),
    );
    const [given] = db.manifest().unitTests.get(UNIT_TEST)?.given ?? [];
    expect(given?.rows).toEqual([
      new Map(Object.entries({ id: '1', name: 'Ada' })),
      new Map(Object.entries({ id: '2', name: '' })),
    ]);
  });

  test.each([
    ["ref('nobody')", "Unit test 'u' had an input (ref('nobody')) which was not found in the manifest."],
    ['m', "Unit test given inputs must be either a 'ref', 'source' or 'this' call. Got: 'm'."],
  ])('that names nothing fails the test: %s', (input, message) => {
    const { problem } = ran(`
//- dbt_project.yml
name: conf
//- models/m.sql
select 1 as id
//- models/s.yml
unit_tests: [{name: u, model: m, given: [{input: "${input}", rows: [{id: 1}]}], expect: {rows: [{id: 1}]}}]
`);
    expect(problem?.message).toBe(message);
  });
});
