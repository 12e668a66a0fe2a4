import { describe, expect, test } from 'vitest';
import { parseSelection } from '../../../server/src/dbt/selection/parse.ts';
import { select } from '../../../server/src/dbt/selection/select.ts';
import { readPreviousState, type ArtifactFiles } from '../../../server/src/dbt/state/previous-state.ts';
import { createModelDb } from '../../../server/src/model/create-db.ts';
import type { ModelDb } from '../../../server/src/model/db.ts';
import { manifestPieces } from '../../../server/src/run/manifest-artifact.ts';
import { parseFixture } from '../../kit/fixture.ts';
import { projectDb, projectInput } from '../../kit/project.ts';

const NO_FILES: ArtifactFiles = {
  manifest: undefined,
  runResults: undefined,
  sources: undefined,
  currentSources: undefined,
};

const SHOP = `
//- dbt_project.yml
name: shop
version: '1.0'
profile: shop
models: {+schema: "{{ 'x' }}"}
//- models/a.sql
select {{ twice(1) }} as id from {{ source('crm', 'people') }}
//- models/b.sql
{{ config(materialized='table') }}
select * from {{ ref('a') }} join {{ ref('days') }} on true
//- models/s.yml
sources: [{name: crm, tables: [{name: people}]}]
models: [{name: a, columns: [{name: id, data_tests: [unique]}]}]
exposures: [{name: e, type: ml, owner: {name: x}, depends_on: [ref('a')]}]
unit_tests: [{name: u, model: b, given: [{input: ref('a'), rows: []}, {input: ref('days'), rows: []}], expect: {rows: [{id: 1}]}}]
//- seeds/days.csv
a
1
//- macros/m.sql
{% macro twice(x) %}{{ inner(x) }}{% endmacro %}
{% macro inner(x) %}{{ x }}{% endmacro %}
`;

function manifestOf(fixture: string): string {
  const input = projectInput(parseFixture(fixture));
  return [...manifestPieces(createModelDb(input), input, { generatedAt: '' })].join('');
}

/** Selects in a project that is compared with what artifacts say. */
function selected(db: ModelDb, files: ArtifactFiles, text: string): readonly string[] | string {
  const previous = readPreviousState(files);
  if (!previous.ok) return previous.failure.message;
  const spec = parseSelection({ select: [text], exclude: [], indirect: 'empty' });
  if (!spec.ok) return spec.failure.message;
  const manifest = db.manifest();
  const comparison = { previous: previous.value, manifest, extras: db.extras(), adapterType: 'duckdb' };
  const ids = select(spec.value, { manifest, projectName: 'shop', comparison });
  return ids.ok ? ids.value : ids.failure.dbt.message;
}

/** What `state:…` finds after one replacement in the project. */
function after(from: string, to: string, text: string): readonly string[] | string {
  expect(SHOP).toContain(from);
  const manifest = { file: 'state/manifest.json', text: manifestOf(SHOP) };
  return selected(projectDb(parseFixture(SHOP.replace(from, to))), { ...NO_FILES, manifest }, text);
}

describe('state:', () => {
  test('finds nothing in a project that is as it was', () => {
    expect(after('', '', 'state:modified')).toEqual([]);
    expect(after('', '', 'state:new')).toEqual([]);
    expect(after('', '', 'state:old')).toHaveLength(7);
    expect(after('', '', 'state:unmodified')).toHaveLength(7);
  });

  test('finds a model with another text, and the kind of its change', () => {
    const change = ['select * from', 'select  * from'] as const;
    expect(after(...change, 'state:modified')).toEqual(['model.shop.b']);
    expect(after(...change, 'state:modified.body')).toEqual(['model.shop.b']);
    expect(after(...change, 'state:modified.configs')).toEqual([]);
    expect(after(...change, 'state:modified.relation')).toEqual([]);
  });

  test('finds a model with another configuration, and not for a tag alone', () => {
    expect(after('models: [{name: a,', 'models: [{name: a, config: {full_refresh: true},', 'state:modified')).toEqual([
      'model.shop.a',
    ]);
    expect(after('models: [{name: a,', 'models: [{name: a, config: {tags: [x]},', 'state:modified.configs')).toEqual(
      [],
    );
  });

  test('takes the Jinja of the project file as it is written, not what it renders to', () => {
    expect(after(`"{{ 'x' }}"`, `"{{ 'y' }}"`, 'state:modified.relation')).toEqual(['model.shop.a', 'model.shop.b']);
  });

  test('finds what calls a changed macro, however deep', () => {
    expect(after('inner(x) %}{{ x }}', 'inner(x) %}({{ x }})', 'state:modified')).toEqual(['model.shop.a']);
    expect(after('inner(x) %}{{ x }}', 'inner(x) %}({{ x }})', 'state:modified.macros')).toEqual(['model.shop.a']);
  });

  test('finds seeds with other rows, sources that moved, exposures with another owner and other unit tests', () => {
    expect(after('a\n1\n', 'a\n2\n', 'state:modified')).toEqual(['seed.shop.days']);
    expect(after('{name: crm, tables', '{name: crm, schema: z, tables', 'state:modified')).toEqual([
      'source.shop.crm.people',
    ]);
    expect(after('owner: {name: x}', 'owner: {name: y}', 'state:modified')).toEqual(['exposure.shop.e']);
    expect(after('rows: [{id: 1}]', 'rows: [{id: 2}]', 'state:modified')).toEqual(['unit_test.shop.b.u']);
  });

  test('finds what is new; a new source is no change of what was there', () => {
    const change = ['tables: [{name: people}]', 'tables: [{name: people}, {name: more}]'] as const;
    expect(after(...change, 'state:new')).toEqual(['source.shop.crm.more']);
    expect(after(...change, 'state:modified')).toEqual([]);
    expect(after('//- models/b.sql', '//- models/c.sql\nselect 1\n//- models/b.sql', 'state:modified')).toEqual([
      'model.shop.c',
    ]);
  });

  test('says so when there is nothing to compare with, and when the value is none', () => {
    const db = projectDb(parseFixture(SHOP));
    expect(selected(db, NO_FILES, 'state:modified')).toContain(
      'Got a state selector method, but no comparison manifest',
    );
    expect(after('', '', 'state:changed')).toContain('Got an invalid selector "state:changed"'.replace('state:', ''));
  });

  test('refuses to break the contract of a version', () => {
    const versioned = (type: string): string => `
//- models/m_v1.sql
select 1 as id
//- models/s.yml
models: [{name: m, config: {contract: {enforced: true}}, versions: [{v: 1}], columns: [{name: id, data_type: ${type}}]}]
`;
    const manifest = { file: 'm', text: manifestOf(versioned('varchar(3)')) };
    const now = (type: string): ModelDb => projectDb(parseFixture(versioned(type)));
    expect(selected(now('varchar(10)'), { ...NO_FILES, manifest }, 'state:modified')).toEqual(['model.shop.m.v1']);
    expect(selected(now('integer'), { ...NO_FILES, manifest }, 'state:modified')).toContain(
      'Columns with data_type changes: \n      - id (varchar(3) -> integer)'.replace('      -', '      -'),
    );
  });
});

describe('artifacts of earlier invocations', () => {
  const metadata = (schema: string) => ({ dbt_schema_version: `https://schemas.getdbt.com/dbt/${schema}.json` });

  test('of versions of dbt long gone are understood', () => {
    const nodes = { 'model.shop.a': { resource_type: 'model', raw_sql: 'select 1', unrendered_config: {} } };
    const text = JSON.stringify({ metadata: metadata('manifest/v4'), nodes });
    const state = readPreviousState({ ...NO_FILES, manifest: { file: 'manifest.json', text } });
    expect(state.ok && state.value.manifest?.nodes.get('model.shop.a')).toMatchObject({ raw_code: 'select 1' });
  });

  test('of versions yet to come, and files that are none, are refused by name', () => {
    const refused = (text: string): unknown => {
      const state = readPreviousState({ ...NO_FILES, manifest: { file: 'old/manifest.json', text } });
      return state.ok ? 'read' : state.failure.message;
    };
    expect(refused(JSON.stringify({ metadata: metadata('manifest/v13') }))).toMatch(
      /manifest\/v12\.json" in old\/manifest/,
    );
    expect(refused('{"metadata": ')).toBe('old/manifest.json is not JSON');
  });

  test('tell which nodes failed, and which sources have newer rows', () => {
    const db = projectDb(parseFixture(SHOP));
    const results = { metadata: metadata('run-results/v6'), results: [{ unique_id: 'model.shop.b', status: 'error' }] };
    const runResults = { file: 'run_results.json', text: JSON.stringify(results) };
    expect(selected(db, { ...NO_FILES, runResults }, 'result:error')).toEqual(['model.shop.b']);
    expect(selected(db, { ...NO_FILES, runResults }, 'result:success')).toEqual([]);
    const freshness = (time: string) => ({
      file: 'sources.json',
      text: JSON.stringify({
        metadata: metadata('sources/v3'),
        results: [{ unique_id: 'source.shop.crm.people', max_loaded_at: time }],
      }),
    });
    const sources = freshness('2024-01-01T00:00:00+00:00');
    const later = { ...NO_FILES, sources, currentSources: freshness('2024-01-01T00:00:01Z') };
    expect(selected(db, later, 'source_status:fresher')).toEqual(['source.shop.crm.people']);
    expect(selected(db, { ...later, currentSources: sources }, 'source_status:fresher')).toEqual([]);
    expect(selected(db, { ...NO_FILES, sources }, 'source_status:fresher')).toContain('No current state comparison');
  });
});

test('with a deferral, refs mean what another invocation built, unless it is here or selected', () => {
  const input = projectInput(parseFixture(SHOP));
  const relations = new Map([['model.shop.a', { database: 'prod', schema: 'live', identifier: 'a_live' }]]);
  const compiled = (favored: boolean, selected_resources: readonly string[]): string | undefined => {
    const settings = { ...input.settings, deferral: { relations, favored }, flags: { selected_resources } };
    const db = createModelDb({ ...input, settings });
    return db.rendered('model.shop.b', { mode: 'compile' })?.rendered.text.trim();
  };
  expect(compiled(false, [])).toBe('select * from "prod"."live"."a_live" join "shop"."main"."days" on true');
  expect(compiled(true, [])).toContain('"prod"."live"."a_live"');
});
