import { expect, test } from 'vitest';
import { manifestJson } from '../../../server/src/dbt/manifest/write.ts';
import { parseFixture } from '../../kit/fixture.ts';
import { projectDb } from '../../kit/project.ts';

const FACTS = {
  dbtVersion: '1.11.14',
  generatedAt: '2024-02-29T12:00:00.000000Z',
  invocationId: 'x',
  projectName: 'shop',
  adapterType: 'duckdb',
};

interface Written {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly nodes: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly [key: string]: unknown;
}

test('manifest.json has dbt’s sections, nodes in dbt’s shape, and the code of compiled nodes', () => {
  const db = projectDb(
    parseFixture(`
//- models/a.sql
{{ config(materialized='table', meta={'rate': 1.0}) }} select 1 as id from {{ source('crm', 'people') }}
//- models/off.sql
{{ config(enabled=false) }} select 1 as id
//- models/s.yml
sources: [{name: crm, tables: [{name: people}]}]
groups: [{name: finance, owner: {name: F}}]
models: [{name: a, config: {group: finance}, columns: [{name: id, data_tests: [unique]}]}]
exposures: [{name: e, type: ml, owner: {name: x}, depends_on: [ref('a')]}]
unit_tests: [{name: u, model: a, given: [], expect: {rows: [{id: 1}]}}]
`),
  );
  const compiled = new Map([['model.shop.a', { code: 'select 1', ctes: [] }]]);
  const json = manifestJson(db.manifest(), FACTS, compiled) as unknown as Written;
  expect(Object.keys(json)).toEqual([
    'metadata',
    'nodes',
    'sources',
    'macros',
    'docs',
    'exposures',
    'metrics',
    'groups',
    'selectors',
    'disabled',
    'parent_map',
    'child_map',
    'group_map',
    'saved_queries',
    'semantic_models',
    'unit_tests',
  ]);
  expect(json.metadata['dbt_schema_version']).toContain('/v12.json');
  expect(json.nodes['model.shop.a']).toMatchObject({
    resource_type: 'model',
    relation_name: '"shop"."main"."a"',
    config: { materialized: 'table', meta: { rate: 1 }, group: 'finance' },
    depends_on: { nodes: ['source.shop.crm.people'] },
    columns: { id: { name: 'id' } },
    compiled_code: 'select 1',
  });
  const [testId] = Object.keys(json.nodes).filter(id => id.startsWith('test.'));
  expect(json.nodes[testId!]).toMatchObject({ test_metadata: { name: 'unique' }, attached_node: 'model.shop.a' });
  expect(json['group_map']).toEqual({ finance: ['model.shop.a', testId] });
  expect(Object.keys(json['disabled'] as object)).toEqual(['model.shop.off']);
  expect(json['child_map']).toMatchObject({ 'source.shop.crm.people': ['model.shop.a'] });
  expect(JSON.parse(JSON.stringify(json))).toEqual(json);
});
