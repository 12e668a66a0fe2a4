import { expect, test } from 'vitest';
import { parseFixture } from '../../kit/fixture.ts';
import { projectDb } from '../../kit/project.ts';

const PROJECT =
  '//- dbt_project.yml\nname: shop\nversion: "1.0"\nprofile: shop\nmodels: {+tags: [z, project]}\ndata_tests: {+tags: [z]}\n';

/** The tags of the node with this id, and those of its configuration. */
function tagsOf(files: string, idPart: string): readonly unknown[] {
  const db = projectDb(parseFixture(PROJECT + files));
  const node = db.node(db.ids().find(id => id.includes(idPart))!);
  return node !== undefined && 'tags' in node && 'config' in node ? [node.tags, node.config.get('tags')] : [];
}

test('a node has each of its tags once: its own before those that the properties add; its configuration has all', () => {
  const files = `//- models/a.sql
{{ config(tags=['own', 'z']) }} select 1 as id
//- models/s.yml
models: [{name: a, config: {tags: [yaml, z]}}]
`;
  expect(tagsOf(files, 'model.shop.a')).toEqual([
    ['z', 'project', 'own', 'yaml'],
    ['z', 'project', 'yaml', 'z', 'own', 'z'],
  ]);
});

test('without tags in the properties the tags have the order of the configuration', () => {
  const files = "//- models/a.sql\n{{ config(tags=['own', 'project']) }} select 1 as id\n";
  expect(tagsOf(files, 'model.shop.a')).toEqual([
    ['z', 'project', 'own'],
    ['z', 'project', 'own', 'project'],
  ]);
});

test('a group is configured by what the project says of the models in its folder', () => {
  const files = `//- models/a.sql
select 1 as id
//- models/s.yml
groups: [{name: g, owner: {name: G}, config: {meta: {x: 1}}}]
//- dbt_project.yml
name: shop
version: '1.0'
profile: shop
models: {+materialized: table, shop: {+meta: {y: 2}, other: {+materialized: view}}}
`;
  const node = projectDb(parseFixture(files)).node('group.shop.g');
  expect(node?.resourceType === 'group' && Object.fromEntries(node.config)).toEqual({
    materialized: 'table',
    meta: new Map(Object.entries({ y: 2, x: 1 })),
  });
});

test('a generic test has those of its own and its column first, in the order of the alphabet', () => {
  const files = `//- models/a.sql
select 1 as id
//- models/s.yml
models: [{name: a, columns: [{name: id, data_tests: [{unique: {config: {tags: [b, a]}}}]}]}]
`;
  expect(tagsOf(files, 'unique')[0]).toEqual(['a', 'b', 'z']);
});
