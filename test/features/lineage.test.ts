import { expect, test } from 'vitest';
import { lineageGraph } from '../../server/src/features/lineage-graph.ts';
import { lineageOfFile } from '../../server/src/features/lineage-neighbours.ts';
import { testList } from '../../server/src/features/test-list.ts';
import { parseFixture } from '../kit/fixture.ts';
import { projectDb } from '../kit/project.ts';

const db = projectDb(
  parseFixture(`
//- seeds/raw.csv
id
//- models/a.sql
select * from {{ ref('raw') }}
//- models/b.sql
select * from {{ ref('a') }}
//- models/c.sql
select * from {{ ref('b') }}
//- models/models.yml
models:
  - name: b
    columns:
      - name: id
        data_tests: [unique]
unit_tests:
  - name: b_keeps_rows
    model: b
    given: [{input: ref('a'), rows: [{id: 1}]}]
    expect: {rows: [{id: 1}]}
//- tests/a_is_like_b.sql
select * from {{ ref('a') }} except select * from {{ ref('b') }}
//- tests/c_is_empty.sql
select * from {{ ref('c') }}
`),
);

test('a model knows what it is made from and what is made from it, tests included', () => {
  const found = lineageOfFile(db, 'models/b.sql');
  expect(found?.parents.map(it => it.name)).toEqual(['a']);
  const children = found?.children.map(it => it.node.resourceType);
  expect(new Set(children)).toEqual(new Set(['model', 'test', 'unit_test']));
});

test('the graph around a node reaches so many steps each way, and has no tests', () => {
  const graph = lineageGraph(db, { around: found('b'), upstream: 1, downstream: 1 });
  expect(graph?.items.map(it => it.name)).toEqual(['a', 'b', 'c']);
  expect(graph?.edges.map(it => [nameOf(it.from), nameOf(it.to)])).toEqual([
    ['a', 'b'],
    ['b', 'c'],
  ]);
});

test('the graph of the whole project has every node that an edge touches', () => {
  const graph = lineageGraph(db, { around: undefined, upstream: 0, downstream: 0 });
  expect(new Set(graph?.items.map(it => it.name))).toEqual(new Set(['raw', 'a', 'b', 'c']));
});

test('there is no graph around a node that does not exist', () => {
  expect(lineageGraph(db, { around: 'model.x.nothing', upstream: 1, downstream: 1 })).toBeUndefined();
});

test('tests are listed under what they are about, with what they check', () => {
  expect(testList(db).map(it => [it.subject?.name, it.kind, it.label])).toEqual([
    [undefined, 'singular', 'a_is_like_b'],
    ['b', 'unit', 'b_keeps_rows'],
    ['b', 'generic', 'unique id'],
    ['c', 'singular', 'c_is_empty'],
  ]);
});

function found(name: string): string {
  const [id] = db.nodesOfFile(`models/${name}.sql`);
  return id ?? '';
}

const nameOf = (id: string): string => db.node(id)?.name ?? '';
