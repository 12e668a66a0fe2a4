import { describe, expect, test } from 'vitest';
import { nodeConfig } from '../../../server/src/dbt/config/node-config.ts';
import { configPaths } from '../../../server/src/dbt/config/project-levels.ts';
import { asMap, toJson, type DataMap } from '../../../server/src/dbt/manifest/data.ts';
import { dataOf } from '../../../server/src/dbt/manifest/yaml-data.ts';
import { readProject } from '../../../server/src/dbt/project/project.ts';
import { parseYaml } from '../../../server/src/syntax/yaml/parse.ts';

const data = (text: string): DataMap => asMap(dataOf(parseYaml(text).root)) ?? new Map();
const project = (text: string, file = 'dbt_project.yml') =>
  readProject(data(text), file, it => ({ value: it })).project;

/** The given keys of a model's configuration. */
function config(
  options: {
    readonly root: string;
    readonly own?: string;
    readonly fqn: string;
    readonly yaml?: string;
    readonly file?: string;
  },
  ...keys: readonly string[]
) {
  const root = project(options.root);
  const own = options.own === undefined ? root : project(options.own, 'dbt_packages/lib/dbt_project.yml');
  const found = nodeConfig({
    type: 'model',
    fqn: options.fqn.split('.'),
    project: own,
    root,
    properties: data(options.yaml ?? ''),
    inFile: data(options.file ?? ''),
  });
  return Object.fromEntries(keys.map(key => [key, toJson(found.get(key) ?? null)]));
}

describe('configuration', () => {
  test('the file beats its properties, they beat the project, and deeper paths beat higher ones', () => {
    const root = 'name: shop\nmodels: {+materialized: table, +alias: p, +schema: p, shop: {mart: {+schema: deep}}}';
    expect(
      config(
        { root, fqn: 'shop.mart.a', yaml: '{alias: y}', file: '{materialized: view}' },
        'materialized',
        'alias',
        'schema',
      ),
    ).toEqual({ materialized: 'view', alias: 'y', schema: 'deep' });
  });

  test('the root project beats a package’s own file, whose own project is the weakest', () => {
    const root = 'name: shop\nmodels: {lib: {+materialized: table}}';
    const own = 'name: lib\nmodels: {lib: {+materialized: view, +schema: own}}';
    expect(config({ root, own, fqn: 'lib.a', file: '{materialized: ephemeral}' }, 'materialized', 'schema')).toEqual({
      materialized: 'table',
      schema: 'own',
    });
  });

  test('tags and hooks add up, meta and docs are merged key by key', () => {
    const root = 'name: shop\nmodels: {+tags: [a, b], +meta: {x: 1, y: 1}, +pre-hook: "one"}';
    const yaml = '{tags: c, meta: {y: 2}, post-hook: {sql: two, transaction: false}}';
    expect(
      config({ root, fqn: 'shop.a', yaml, file: '{pre_hook: [three]}' }, 'tags', 'meta', 'pre-hook', 'post-hook'),
    ).toEqual({
      tags: ['a', 'b', 'c'],
      meta: { x: 1, y: 2 },
      'pre-hook': [
        { sql: 'one', transaction: true },
        { sql: 'three', transaction: true },
      ],
      'post-hook': [{ sql: 'two', transaction: false }],
    });
  });

  test('grants replace, and with a plus they add', () => {
    const root = 'name: shop\nmodels: {+grants: {select: [a], insert: [x]}}';
    expect(config({ root, fqn: 'shop.a', file: '{grants: {+select: b, insert: [y]}}' }, 'grants')).toEqual({
      grants: { select: ['a', 'b'], insert: ['y'] },
    });
  });

  test('a hook that a macro printed as JSON is read back', () => {
    const file = `{pre-hook: '{"sql": "vacuum", "transaction": false}'}`;
    expect(config({ root: 'name: shop', fqn: 'shop.a', file }, 'pre-hook')).toEqual({
      'pre-hook': [{ sql: 'vacuum', transaction: false }],
    });
  });

  test('without a plus a key is a config unless it can be a folder', () => {
    const root = 'name: shop\nmodels: {shop: {materialized: table, sub: {schema: extra}}}';
    expect(config({ root, fqn: 'shop.sub.a' }, 'materialized', 'schema')).toEqual({
      materialized: 'table',
      schema: 'extra',
    });
    expect(configPaths(project(root)).map(({ keys }) => keys.join('.'))).toEqual(['models.shop', 'models.shop.sub']);
  });
});
