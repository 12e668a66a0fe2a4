import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startRegistry, type Registry } from '../packages/registry.ts';
import { commandLine, type CommandLine, type Folder } from './sluice.ts';

let cli: CommandLine;
let registry: Registry;
let place: Folder;

beforeAll(async () => {
  [cli, registry] = await Promise.all([commandLine(), startRegistry()]);
  await registry.publish('acme/tools', {
    '1.0.0': { files: { 'macros/answer.sql': '{% macro answer() %}42{% endmacro %}' } },
    '1.1.0': { files: { 'macros/answer.sql': '{% macro answer() %}43{% endmacro %}' } },
  });
});
beforeEach(() => void (place = cli.folder(PROJECT)));
afterEach(() => place.remove());
afterAll(async () => {
  cli.remove();
  await registry.close();
});

const PROJECT = `
//- dbt_project.yml
name: shop
profile: shop
//- profiles.yml
shop: {target: dev, outputs: {dev: {type: duckdb, path: shop.duckdb, schema: main, threads: 2}}}
`;

const hub = () => ({ environment: { DBT_PACKAGE_HUB_URL: registry.url } });
const said = (text: string): string => text.replaceAll(place.root, 'ROOT').replaceAll(registry.url, 'HUB/');

describe('deps', () => {
  test('installs packages, whose macros then compile', async () => {
    place.write(
      '//- packages.yml\npackages:\n  - {package: acme/tools, version: 1.0.0}\n//- models/a.sql\nselect {{ tools.answer() }} as x\n',
    );
    const before = await place.run('ls');
    expect(before.code).toBe(2);
    expect(before.err).toContain(
      'dbt found 1 package(s) specified in packages.yml, but only 0 package(s) installed in dbt_packages. Run "dbt deps" to install package dependencies.',
    );
    expect(await place.run('deps', hub())).toMatchInlineSnapshot(`
      {
        "code": 0,
        "err": "",
        "out": "Wrote package-lock.yml
        ✓ acme/tools  1.0.0  1.1.0 is available
      Installed 1 package in 0 s",
      }
    `);
    expect((await place.run('compile -s a')).out).toBe('select 42 as x');
  }, 60_000);

  test('adds a package, in the place of the same one', async () => {
    place.write('//- packages.yml\npackages:\n  - package: acme/tools # ours\n    version: 1.0.0\n');
    const added = await place.run('deps --add-package acme/tools@>=1.1.0', hub());
    expect(added.out).toContain('Replaced acme/tools in packages.yml\nAdded acme/tools@>=1.1.0 to packages.yml');
    expect(place.read('packages.yml')).toBe('packages:\n  - package: acme/tools\n    version: ">=1.1.0"\n');
    expect(place.read('dbt_packages/tools/macros/answer.sql')).toContain('43');
    expect(await place.run('deps --add-package acme/tools', hub())).toMatchObject({
      code: 2,
      out: 'error: Version is required in --add-package when the source is hub: --add-package acme/tools@VERSION',
    });
  }, 60_000);

  test('a local package is one package before and after it is installed', async () => {
    place.write(`//- packages.yml
packages:
  - local: lib/own
//- lib/own/dbt_project.yml
name: own_macros
//- lib/own/macros/hi.sql
{% macro hi() %}1{% endmacro %}
//- models/a.sql
select {{ own_macros.hi() }} as x
`);
    expect((await place.run('compile -s a')).out).toBe('select 1 as x');
    expect((await place.run('deps')).out).toContain('✓ lib/own  linked');
    place.write('//- lib/own/macros/hi.sql\n{% macro hi() %}2{% endmacro %}\n');
    expect(await place.run('compile -s a')).toMatchObject({ code: 0, out: 'select 2 as x' });
  }, 60_000);

  test('says when there is nothing to install, and when there is no project', async () => {
    expect(await place.run('deps')).toMatchObject({ code: 0, out: 'No packages are asked for.' });
    const empty = cli.folder('');
    expect((await empty.run('deps')).out).toContain('No dbt_project.yml found at');
    empty.remove();
  }, 60_000);

  test('says what failed, with the exit code of what did not start', async () => {
    place.write('//- packages.yml\npackages:\n  - {package: acme/none, version: 1.0.0}\n');
    expect(await place.run('deps', hub())).toEqual({
      code: 2,
      out: 'error: Package acme/none was not found in the package index',
      err: '',
    });
    const json = await place.run('deps --log-format json', hub());
    const events = json.out.split('\n').map(line => JSON.parse(line) as { readonly info: object });
    expect(events.map(it => it.info)).toContainEqual(
      expect.objectContaining({
        name: 'MainEncounteredError',
        level: 'error',
        msg: 'Package acme/none was not found in the package index',
      }),
    );
  }, 60_000);
});

describe('init', () => {
  test('makes a project that builds', async () => {
    const home = cli.folder('');
    const made = await home.run('init funnel');
    expect(made).toMatchInlineSnapshot(`
      {
        "code": 0,
        "err": "",
        "out": "✓ Made the project funnel in funnel
      ✓ Added the profile funnel (DuckDB) to funnel/profiles.yml

        cd funnel
        sluice build
        sluice show -s visits_per_day",
      }
    `);
    expect(
      execFileSync('find', ['funnel', '-type', 'f'], { cwd: home.root, encoding: 'utf8' }).trim().split('\n').sort(),
    ).toMatchInlineSnapshot(`
      [
        "funnel/.gitignore",
        "funnel/README.md",
        "funnel/analyses/.gitkeep",
        "funnel/dbt_project.yml",
        "funnel/macros/.gitkeep",
        "funnel/models/staging/stg_visits.sql",
        "funnel/models/staging/stg_visits.yml",
        "funnel/models/visits_per_day.sql",
        "funnel/models/visits_per_day.yml",
        "funnel/profiles.yml",
        "funnel/seeds/raw_visits.csv",
        "funnel/snapshots/.gitkeep",
        "funnel/tests/.gitkeep",
      ]
    `);
    const built = await home.run('build --project-dir funnel --profiles-dir funnel -q');
    expect(built).toMatchObject({ code: 0 });
    expect((await home.run('parse --project-dir funnel')).out).toContain('no problems');
    expect(await home.run('init funnel')).toMatchObject({
      code: 2,
      out: 'error: There is a funnel in this folder already.',
    });
    home.remove();
  }, 60_000);

  test('adds a missing profile to a project and leaves what is there', async () => {
    place.write('//- dbt_project.yml\nname: shop\nprofile: other\n');
    expect((await place.run('init')).out).toContain('Added the profile other (DuckDB) to profiles.yml');
    expect(place.read('profiles.yml')).toMatch(/^shop: \{target: dev.*\n\nother:\n {2}target: dev\n/);
    const before = place.read('profiles.yml');
    expect((await place.run('init')).out).toContain('it stays as it is');
    expect(place.read('profiles.yml')).toBe(before);
  }, 60_000);

  test.each([
    ['init 1st', "'1st' is not a valid project name"],
    ['init', 'The new project needs a name: sluice init NAME'],
    ['init fine --profile nowhere', "Could not find profile named 'nowhere'"],
  ])(
    '%s is refused',
    async (line, message) => {
      const home = cli.folder('');
      const ended = await home.run(line);
      expect(ended.code).toBe(2);
      expect(ended.out).toContain(message);
      expect(existsSync(path.join(home.root, 'fine'))).toBe(false);
      home.remove();
    },
    60_000,
  );

  test('makes no profile when that is not wanted', async () => {
    const home = cli.folder('');
    expect((await home.run('init fine -s')).code).toBe(0);
    expect(home.read('fine/profiles.yml')).toBeUndefined();
    home.remove();
  }, 60_000);
});

describe('debug', () => {
  test('says what is found where', async () => {
    const { code, out } = await place.run('debug');
    expect(said(out).replace(/^ {2}(sluice|node|git) .*$/gm, '  $1')).toMatchInlineSnapshot(`
      "  sluice
        node
        git
        project      ✓ shop in ROOT/dbt_project.yml
        packages     none
        profiles     ✓ ROOT/profiles.yml
        target       ✓ dev of the profile shop
        adapter      duckdb
        threads      2
        path         shop.duckdb
        schema       main
        connection   ✓ answers in 0 s

      All checks passed"
    `);
    expect(code).toBe(0);
  }, 60_000);

  test('counts what is missing', async () => {
    const { code, out } = await place.run('debug --profiles-dir nowhere');
    expect(code).toBe(1);
    expect(said(out)).toContain('✗ no profiles.yml in ROOT/nowhere');
    expect(said(out)).toMatch(/checks failed$/);
  }, 60_000);

  test('prints where the profiles are', async () => {
    expect(said((await place.run('debug --config-dir')).out)).toBe('ROOT/profiles.yml');
  }, 60_000);
});

describe('docs generate', () => {
  test('writes a manifest and a catalog, compiled SQL included', async () => {
    place.write(
      '//- macros/m.sql\n{% macro late() %}{% endmacro %}\n' +
        "//- models/a.sql\nselect * from {{ ref('e') }}{% if execute %}{{ late() }}{% endif %}\n//- models/e.sql\n{{ config(materialized='ephemeral') }}select 1 as x\n",
    );
    const ended = await place.run('docs generate --empty-catalog');
    expect(ended).toEqual({
      code: 0,
      out: `Wrote target${path.sep}manifest.json and target${path.sep}catalog.json.`,
      err: '',
    });
    expect(JSON.parse(place.read('target/catalog.json') ?? '')).toMatchObject({
      metadata: { dbt_schema_version: 'https://schemas.getdbt.com/dbt/catalog/v1.json' },
      nodes: {},
      errors: null,
    });
    const cte = ' __dbt__cte__e as (\nselect 1 as x\n)';
    const sql = `with${cte} select * from __dbt__cte__e`;
    const { nodes } = JSON.parse(place.read('target/manifest.json') ?? '') as { nodes: Record<string, unknown> };
    expect(nodes['model.shop.a']).toMatchObject({
      compiled: true,
      compiled_code: sql,
      extra_ctes: [{ id: 'model.shop.e', sql: cte }],
      depends_on: { macros: ['macro.shop.late'], nodes: ['model.shop.e'] },
    });
    expect(place.read('target/compiled/shop/models/a.sql')).toBe(sql);
    expect((await place.run('docs generate --static')).code).toBe(2);
  }, 60_000);
});
