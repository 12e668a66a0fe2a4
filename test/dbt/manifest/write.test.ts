import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { manifestPieces } from '../../../server/src/run/manifest-artifact.ts';
import { createModelDb } from '../../../server/src/model/create-db.ts';
import { parseFixture } from '../../kit/fixture.ts';
import { projectInput } from '../../kit/project.ts';

type Entry = Readonly<Record<string, unknown>>;
type Section = Readonly<Record<string, Entry>>;
interface Written {
  readonly metadata: Entry;
  readonly nodes: Section;
  readonly sources: Section;
  readonly macros: Section;
  readonly unit_tests: Section;
  readonly metrics: Section;
  readonly [key: string]: unknown;
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

function textOf(fixture: string, compiled?: Parameters<typeof manifestPieces>[2]['compiled']): string {
  const input = projectInput(parseFixture(fixture));
  const options = { generatedAt: '2024-02-29T12:00:00.000000Z', ...(compiled === undefined ? {} : { compiled }) };
  return [...manifestPieces(createModelDb(input), input, options)].join('');
}

const written = (fixture: string, compiled?: Parameters<typeof manifestPieces>[2]['compiled']): Written =>
  JSON.parse(textOf(fixture, compiled)) as Written;

const SHOP = `
//- models/a.sql
{{ config(materialized='table', meta={'rate': 1.0}) }} select 1 as id from {{ source('crm', 'people') }}
//- models/off.sql
{{ config(enabled=false) }} select 1 as id
//- models/s.yml
sources: [{name: crm, tables: [{name: people}]}]
groups: [{name: finance, owner: {name: F}}]
models: [{name: a, config: {group: finance}, columns: [{name: id, data_tests: [unique, not_null]}]}]
exposures: [{name: e, type: ml, owner: {name: x}, depends_on: [ref('a')]}]
unit_tests: [{name: u, model: a, given: [], expect: {rows: [{id: 1}]}}]
//- seeds/days.csv
a,b
1,2
//- macros/m.sql
{% macro twice(x) %}{{ once(x) }}{{ dbt.type_int() }}{{ adapter.dispatch('once')(x) }}{% endmacro %}
{% macro once(x) %}{{ x }}{% endmacro %}
{% macro default__once(x) %}{{ x }}{% endmacro %}
`;

test('manifest.json has dbt’s sections, nodes in dbt’s shape, and the code of compiled nodes', () => {
  const compiled = new Map([
    ['model.shop.a', { code: 'select 1', path: 'target/compiled/a.sql', ctes: [], macros: [] }],
  ]);
  const json = written(SHOP, compiled);
  expect(Object.keys(json)).toEqual(
    (
      'metadata nodes sources macros docs exposures metrics groups selectors disabled parent_map child_map group_map ' +
      'saved_queries semantic_models unit_tests functions'
    ).split(' '),
  );
  expect(json.metadata).toMatchObject({
    dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json',
    project_id: createHash('md5').update('shop').digest('hex'),
    user_id: null,
    quoting: { database: true, schema: true, identifier: true, column: null },
  });
  expect(json.nodes['model.shop.a']).toMatchObject({
    resource_type: 'model',
    relation_name: '"shop"."main"."a"',
    config: { materialized: 'table', meta: { rate: 1 }, group: 'finance' },
    unrendered_config: { materialized: 'table', meta: { rate: 1 }, group: 'finance' },
    depends_on: { nodes: ['source.shop.crm.people'] },
    columns: { id: { name: 'id' } },
    compiled: true,
    compiled_code: 'select 1',
    compiled_path: 'target/compiled/a.sql',
    patch_path: 'shop://models/s.yml',
    primary_key: ['id'],
    created_at: Date.parse('2024-02-29T12:00:00Z') / 1000,
  });
  const tests = Object.keys(json.nodes).filter(id => id.startsWith('test.'));
  expect(json.nodes[tests.find(id => id.includes('.unique_'))!]).toMatchObject({
    test_metadata: { name: 'unique' },
    attached_node: 'model.shop.a',
    file_key_name: 'models.a',
    checksum: { name: 'none', checksum: '' },
  });
  expect(json['group_map']).toEqual({ finance: ['model.shop.a', ...tests] });
  expect(Object.keys(json['disabled'] as object)).toEqual(['model.shop.off']);
  expect(json['child_map']).toMatchObject({ 'source.shop.crm.people': ['model.shop.a'] });
});

/** The keys of a model, a seed and a macro in the order in which dbt writes them. */
const PARSED =
  'database schema name resource_type package_name path original_file_path unique_id fqn alias checksum config tags ' +
  'description columns meta group docs patch_path build_path unrendered_config created_at relation_name raw_code doc_blocks';
const CODE = 'language refs sources metrics functions depends_on compiled_path contract';
const SHAPES: readonly (readonly [keyof Written, string, string])[] = [
  [
    'nodes',
    'model.shop.a',
    `${PARSED} ${CODE} access constraints version latest_version deprecation_date primary_key time_spine`,
  ],
  ['nodes', 'seed.shop.days', `${PARSED} root_path depends_on`],
  [
    'macros',
    'macro.shop.twice',
    'name resource_type package_name path original_file_path unique_id macro_sql depends_on description meta docs ' +
      'config patch_path arguments created_at supported_languages',
  ],
  [
    'sources',
    'source.shop.crm.people',
    'database schema name resource_type package_name path original_file_path unique_id fqn source_name ' +
      'source_description loader identifier quoting loaded_at_field loaded_at_query freshness external description ' +
      'columns meta source_meta tags config patch_path unrendered_config relation_name created_at ' +
      'unrendered_database unrendered_schema doc_blocks',
  ],
  [
    'unit_tests',
    'unit_test.shop.a.u',
    'model given expect name resource_type package_name path original_file_path unique_id fqn description overrides ' +
      'depends_on config checksum schema created_at versions version',
  ],
];

test.each(SHAPES)('in %s, %s has dbt’s keys in dbt’s order', (section, id, keys) => {
  const entries = written(SHOP)[section] as Section;
  expect(Object.keys(entries[id]!).join(' ')).toBe(keys);
});

test('checksums are those of the contents without the white space around them; of a big seed, its path', () => {
  const json = written(`
//- models/a.sql

  select 'é'

//- seeds/small.csv
a
1

//- seeds/big.csv
a
${'x'.repeat(1024 * 1024)}
`);
  expect(json.nodes['model.shop.a']).toMatchObject({ checksum: { name: 'sha256', checksum: sha256("select 'é'") } });
  expect(json.nodes['seed.shop.small']).toMatchObject({ checksum: { name: 'sha256', checksum: sha256('a\n1') } });
  expect(json.nodes['seed.shop.big']).toMatchObject({ checksum: { name: 'path', checksum: 'seeds/big.csv' } });
});

test('a macro names the macros it calls, dispatched ones too', () => {
  expect(written(SHOP).macros['macro.shop.twice']).toMatchObject({
    macro_sql: expect.stringMatching(/^\{% macro twice[^]*endmacro %\}$/) as unknown,
    depends_on: { macros: ['macro.shop.once', 'macro.dbt.type_int', 'macro.shop.default__once'] },
  });
});

test('an enforced contract has the fingerprint that dbt makes of its columns', () => {
  const json = written(`
//- models/a.sql
select 1 as id
//- models/s.yml
models:
  - name: a
    config: {contract: {enforced: true}, materialized: table}
    columns: [{name: id, data_type: integer, constraints: [{type: not_null}]}]
`);
  const constraint =
    "ColumnLevelConstraint(type=<ConstraintType.not_null: 'not_null'>, name=None, expression=None, " +
    'warn_unenforced=True, warn_unsupported=True, to=None, to_columns=[])';
  expect(json.nodes['model.shop.a']).toMatchObject({
    contract: { enforced: true, alias_types: true, checksum: sha256(`|idinteger[${constraint}]table[]`) },
  });
});

test('what the project file says stands in unrendered_config as it is written', () => {
  const json = written(`
//- dbt_project.yml
name: shop
version: '1.0'
profile: shop
models: {+schema: "{{ 'x' if target.name == 'dev' else 'y' }}", shop: {+tags: [a]}}
//- models/a.sql
select 1
`);
  expect(json.nodes['model.shop.a']).toMatchObject({
    config: { schema: 'x' },
    unrendered_config: { schema: "{{ 'x' if target.name == 'dev' else 'y' }}", tags: ['a'] },
  });
});

test('descriptions name the docs blocks they were made of', () => {
  const json = written(`
//- models/a.sql
select 1 as id
//- models/d.md
{% docs money %}In euros.{% enddocs %}
//- models/s.yml
models: [{name: a, description: "{{ doc('money') }}", columns: [{name: id, description: "Its {{ doc('money') }}"}]}]
`);
  expect(json.nodes['model.shop.a']).toMatchObject({
    description: 'In euros.',
    doc_blocks: ['doc.shop.money'],
    columns: { id: { description: 'Its In euros.', doc_blocks: ['doc.shop.money'] } },
  });
});

test('metrics carry the measures that they and the metrics below them are made of', () => {
  const json = written(`
//- models/orders.sql
select 1 as id, 2 as price
//- models/s.yml
semantic_models:
  - {name: orders, model: ref('orders'), measures: [{name: revenue, agg: sum, expr: price}, {name: n, agg: count, expr: id}]}
metrics:
  - {name: total, label: Total, type: simple, type_params: {measure: revenue}, filter: "x > 1"}
  - {name: count, label: Count, type: simple, type_params: {measure: {name: n, fill_nulls_with: 0}}}
  - {name: average, label: Average, type: ratio, type_params: {numerator: total, denominator: count}}
`);
  expect(json.metrics['metric.shop.total']).toMatchObject({
    filter: { where_filters: [{ where_sql_template: 'x > 1' }] },
  });
  expect(json.metrics['metric.shop.average']).toMatchObject({
    type_params: {
      numerator: { name: 'total', offset_window: null },
      input_measures: [{ name: 'revenue' }, { name: 'n', fill_nulls_with: 0 }],
    },
  });
});

test('the text is spelled as Python spells JSON', () => {
  const text = textOf(`
//- models/a.sql
{{ config(meta={'rate': 1.0, 'name': 'é'}) }} select 1
`);
  expect(text).toContain('"meta": {"rate": 1.0, "name": "\\u00e9"}');
});
