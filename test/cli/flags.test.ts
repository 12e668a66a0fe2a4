import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { commandLine, type CommandLine, type Folder } from './sluice.ts';

let cli: CommandLine;
let place: Folder;

beforeAll(async () => {
  cli = await commandLine();
});
beforeEach(() => void (place = cli.folder(SHOP)));
afterEach(() => place.remove());
afterAll(() => cli.remove());

const SHOP = `
//- dbt_project.yml
name: shop
profile: shop
//- profiles.yml
shop:
  target: dev
  outputs:
    dev: {type: duckdb, path: shop.duckdb, schema: main, threads: 2}
    prod: {type: duckdb, path: shop.duckdb, schema: live, threads: 2}
other: {target: dev, outputs: {dev: {type: duckdb, path: other.duckdb, schema: main}}}
//- models/a.sql
select {{ var('n', 1) }} as n, '{{ target.name }}' as t, '{{ target.profile_name }}' as p
//- models/b.sql
select n from {{ ref('a') }}
//- models/s.yml
models:
  - name: a
    columns:
      - {name: n, data_tests: [{accepted_values: {arguments: {values: [7]}, config: {severity: warn}}}]}
  - name: gone
`;

const outOf = async (line: string, environment = {}): Promise<string> => (await place.run(line, { environment })).out;

describe('flags', () => {
  test.each([
    ['compile -s a', "select 1 as n, 'dev' as t, 'shop' as p"],
    ['compile -s a --vars {n:2}'.replace('{n:2}', "'{n: 2}'"), "select 2 as n, 'dev' as t, 'shop' as p"],
    ['compile -s a -t prod', "select 1 as n, 'prod' as t, 'shop' as p"],
    ['compile -s a --profile other', "select 1 as n, 'dev' as t, 'other' as p"],
    ["compile --inline 'select {{ 1 + 1 }}'", 'select 2'],
    ["compile --no-introspect --inline 'select {{ run_query(1) is none }}'", 'select False'],
    ['compile -s a --output json', '"compiled": "select 1 as n'],
    ['ls --output name --resource-type model', 'a\nb'],
    ['ls --output path -s a --resource-type model', 'models/a.sql'],
    ['ls -m a', 'shop.a'],
    ['ls -s b --output json --output-keys name config.materialized', '{"name":"b","config.materialized":"view"}'],
    ['ls --exclude a+ --resource-types model test', ''],
  ])(
    '%s',
    async (line, expected) => {
      const ended = await place.run(line);
      expect(ended).toMatchObject({ code: 0 });
      expect(ended.out).toContain(expected);
    },
    30_000,
  );

  test('the command line comes before the environment, and that before the project', async () => {
    place.write(
      '//- dbt_project.yml\nname: shop\nprofile: shop\nflags: {indirect_selection: empty, write_json: false}\n',
    );
    const tests = (text: string): number => text.split('\n').filter(it => it.includes('accepted_values')).length;
    expect(tests(await outOf('ls -s a'))).toBe(0);
    expect(tests(await outOf('ls -s a', { DBT_INDIRECT_SELECTION: 'eager' }))).toBe(1);
    expect(tests(await outOf('ls -s a', { DBT_ENGINE_INDIRECT_SELECTION: 'eager' }))).toBe(1);
    expect(tests(await outOf('ls -s a --indirect-selection empty', { DBT_INDIRECT_SELECTION: 'eager' }))).toBe(0);
    await place.run('parse');
    expect(existsSync(path.join(place.root, 'target'))).toBe(false);
    await place.run('parse --write-json --target-path elsewhere');
    expect(place.read('elsewhere/manifest.json')).toBeDefined();
  }, 60_000);

  test('warnings are errors when that is asked for', async () => {
    expect((await place.run('parse')).code).toBe(0);
    expect((await place.run('parse --warn-error')).code).toBe(2);
    const silent = "--warn-error-options '{error: all, silence: [NoNodeForYamlKey]}'";
    expect((await place.run(`parse ${silent}`)).code).toBe(0);
    expect((await place.run(`build -q ${silent}`)).code).toBe(1);
    expect((await place.run("build -q --warn-error-options '{error: [LogTestResult]}'")).code).toBe(1);
    expect((await place.run('build -q')).code).toBe(0);
    expect((await place.run("ls -s nope --warn-error-options '{error: [NoNodesForSelectionCriteria]}'")).code).toBe(2);
    expect((await place.run("parse --warn-error-options '[all]'")).out).toContain('takes a YAML mapping');
  }, 60_000);

  test('a version of dbt that the project excludes stops everything, unless it is not checked', async () => {
    place.write('//- dbt_project.yml\nname: shop\nprofile: shop\nrequire-dbt-version: ">=9.0.0"\n');
    const refused = await place.run('ls');
    expect(refused.code).toBe(2);
    expect(refused.err).toContain("This version of dbt is not supported with the 'shop' package.");
    expect((await place.run('ls --no-version-check')).code).toBe(0);
  }, 30_000);

  test('a selection of nothing names the words that match nothing', async () => {
    const ended = await place.run('run -s nope');
    expect(ended.code).toBe(0);
    expect(ended.out).toContain("The selection criterion 'nope' does not match any enabled nodes");
  }, 30_000);

  test.each([
    ['bild', "No such command 'bild'. Did you mean 'build'?"],
    ['run extra', 'Got unexpected extra argument (extra)'],
    ['run-operation m --args [1]', "--args takes a YAML mapping such as '{day: 2024-01-01}', not '[1]'."],
    ['parse --vars x', "--vars takes a YAML mapping such as '{day: 2024-01-01}', not 'x'."],
    ['ls --output xml', "'xml' is not one of 'selector', 'name', 'path', 'json'."],
    ['run --target nowhere', "does not have a target named 'nowhere'"],
  ])(
    '%s is refused',
    async (line, message) => {
      const ended = await place.run(line);
      expect(ended.code).toBe(2);
      expect(ended.out + ended.err).toContain(message);
    },
    30_000,
  );
});

test('--log-format json says what happens in dbt’s form, one event a line', async () => {
  const { out, err } = await place.run('build -s a --log-format json');
  expect(err).toBe('');
  const events = out.split('\n').map(line => JSON.parse(line) as LoggedEvent);
  expect(events.map(({ info }) => `${info.level} ${info.name}`)).toEqual([
    'debug NodeStart',
    'debug NodeFinished',
    'info LogModelResult',
    'debug NodeStart',
    'debug NodeFinished',
    'warn LogTestResult',
    'info CommandCompleted',
  ]);
  expect(events[1]?.data).toMatchObject({
    node_info: {
      unique_id: 'model.shop.a',
      resource_type: 'model',
      materialized: 'view',
      node_status: 'success',
      node_relation: { schema: 'main', alias: 'a' },
    },
    run_result: { status: 'success' },
  });
  expect(events.at(-1)?.data).toMatchObject({ success: true });
  expect(new Set(events.map(({ info }) => info.invocation_id)).size).toBe(1);
}, 30_000);

interface LoggedEvent {
  readonly data: unknown;
  readonly info: { readonly name: string; readonly level: string; readonly invocation_id: string };
}

describe('pipes', () => {
  test('what is said beside data goes to standard error', async () => {
    const { out, err } = await place.run('compile -s b');
    expect(out).toBe('select n from "shop"."main"."a"');
    expect(err).toBe('1 warning in the project; sluice parse shows them.');
    expect((await place.run('compile -s b --quiet')).err).toBe('');
    expect((await place.run('compile -s b --log-level none')).err).toBe('');
  }, 30_000);

  test('there are no colours, unless they are asked for', async () => {
    expect(await outOf('ls -s nope')).not.toContain('\u001B');
    expect((await place.run('ls -s nope --use-colors')).err).toContain('\u001B[33mwarning');
    expect((await place.run('ls -s nope', { environment: { DBT_USE_COLORS: 'true' } })).err).toContain('\u001B[33m');
  }, 30_000);

  test('a reader that has seen enough ends nothing with an error', async () => {
    place.write(
      `//- models/many.yml\nsources: [{name: s, tables: [${Array.from({ length: 3000 }, (_, at) => `{name: table_${at}}`).join(', ')}]}]\n`,
    );
    const { code, err } = await place.run('ls --resource-type source', { readsOnce: true });
    expect(err).not.toContain('EPIPE');
    expect(code).toBe(0);
  }, 30_000);
});
