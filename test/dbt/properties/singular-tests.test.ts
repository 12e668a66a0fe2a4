import { expect, test } from 'vitest';
import { parseFixture } from '../../kit/fixture.ts';
import { projectDb } from '../../kit/project.ts';

/** The descriptions of the two tests of a project whose properties file says this. */
function descriptions(yaml: string): readonly (string | undefined)[] {
  const db = projectDb(
    parseFixture(`//- tests/a.sql\nselect 1\n//- tests/b.sql\nselect 1\n//- tests/s.yml\n${yaml}\n`),
  );
  return ['test.shop.a', 'test.shop.b'].map(id => {
    const node = db.node(id);
    return node?.resourceType === 'test' ? node.description : undefined;
  });
}

test('tests that are files are described under data_tests', () => {
  expect(descriptions('data_tests: [{name: a, description: A}, {name: b, description: B}]')).toEqual(['A', 'B']);
});

test('a list under the old name says nothing', () => {
  expect(descriptions('tests: [{name: a, description: A}, {name: b, description: B}]')).toEqual(['', '']);
});

test('what follows an entry of the wrong shape is not read', () => {
  expect(descriptions('data_tests: [{name: a, description: A}, {unique: {}}, {name: b, description: B}]')).toEqual([
    'A',
    '',
  ]);
});
