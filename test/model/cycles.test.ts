import { expect, test } from 'vitest';
import { parseFixture } from '../kit/fixture.ts';
import { projectDb } from '../kit/project.ts';

const model = (at: number, parent: number): readonly [string, string] => [
  `models/m${at}.sql`,
  `select * from {{ ref('m${parent}') }}`,
];

test('a chain of 3,000 models is no cycle, whichever is looked at first, and one ref makes it one', () => {
  const chain = Array.from({ length: 3000 }, (_, at) => model(at + 1, at));
  const files = new Map([['models/m0.sql', 'select 1 as id'], ...chain]);
  const db = projectDb({ ...parseFixture(''), files });
  expect(db.parseProblems('models/m3000.sql')).toEqual([]);
  db.setFile('models/m2990.sql', "select * from {{ ref('m2995') }}");
  expect(db.parseProblems('models/m2993.sql').map(it => it.code)).toEqual(['ref-cycle']);
  expect(db.parseProblems('models/m3000.sql')).toEqual([]);
  expect(db.parseProblems('models/m10.sql')).toEqual([]);
});
