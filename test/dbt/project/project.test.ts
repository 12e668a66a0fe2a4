import { describe, expect, test } from 'vitest';
import { toJson } from '../../../server/src/dbt/manifest/data.ts';
import { dataOf } from '../../../server/src/dbt/manifest/yaml-data.ts';
import { rolesOf } from '../../../server/src/dbt/project/file-roles.ts';
import { ignores, readIgnore } from '../../../server/src/dbt/project/ignore.ts';
import { packageEntries, packageFolders } from '../../../server/src/dbt/project/packages.ts';
import { readCredentials, readTarget } from '../../../server/src/dbt/project/profile.ts';
import { readProject } from '../../../server/src/dbt/project/project.ts';
import { varsOf } from '../../../server/src/dbt/project/vars.ts';
import { unreadableVersions, versionMistake } from '../../../server/src/dbt/project/required-version.ts';
import { parseYaml } from '../../../server/src/syntax/yaml/parse.ts';

const data = (text: string) => dataOf(parseYaml(text).root);
const verbatim = (text: string) => ({ value: text });
const project = (text: string, file = 'dbt_project.yml') => readProject(data(text), file, verbatim);

describe('dbt_project.yml', () => {
  test('says where files lie, with dbt’s defaults for what it leaves out', () => {
    const { project: read, mistakes } = project('name: shop\nmodel-paths: [transform, ./more/]\n');
    expect(mistakes).toEqual([]);
    expect(read.paths).toMatchObject({ models: ['transform', 'more'], seeds: ['seeds'], analyses: ['analyses'] });
    expect(read.paths.docs).toEqual(['transform', 'more', 'seeds', 'snapshots', 'analyses', 'macros', 'functions']);
    expect(read).toMatchObject({ targetPath: 'target', packagesInstallPath: 'dbt_packages', isRoot: true, folder: '' });
  });

  test('still says so under the keys of older versions', () => {
    const { paths } = project('name: shop\nsource-paths: [marts]\ndata-paths: [data]\nseed-paths: [csv]\n').project;
    expect(paths).toMatchObject({ models: ['marts'], seeds: ['csv'] });
  });

  test('keeps hooks and vars for later, and renders the rest', () => {
    const text = `
name: shop
on-run-start: "select '{{ target.name }}'"
vars: {a: "{{ target.name }}"}
models: {shop: {+schema: "{{ target.name }}", +post-hook: "grant {{ this }}"}}
`;
    const { project: read } = readProject(data(text), 'dbt_project.yml', () => ({ value: 'rendered' }));
    expect(read.onRunStart).toEqual(["select '{{ target.name }}'"]);
    expect(toJson(read.vars)).toEqual({ a: '{{ target.name }}' });
    expect(toJson(read.configs.get('models')!)).toEqual({
      shop: { '+schema': 'rendered', '+post-hook': 'grant {{ this }}' },
    });
  });

  test('with mistakes still gives what is right in it', () => {
    const { project: read, mistakes } = project(
      'name: [a]\nquoting: 3\nmodel-paths: [m]\nmodels: {x: {off: {+a: 1}}}\n',
    );
    expect(read.paths.models).toEqual(['m']);
    expect(mistakes.map(({ path, on }) => [path.join('.'), on])).toEqual([
      ['models.x.false', 'key'],
      ['name', 'value'],
      ['quoting', 'value'],
    ]);
  });

  test.each([
    ['>=1.5.0', undefined],
    ['>=1.5.0,<2.0.0', undefined],
    ['>=7.0.0', 'This version of dbt is not supported'],
    ['=1.11.14', undefined],
    ['>1.11.14', 'This version of dbt is not supported'],
    ['>=1.0.0,<0.5.0', 'The package version requirement can never be satisfied'],
  ])('requires %s of version 1.11.14: %s', (requirement, expected) => {
    const found = versionMistake({ name: 'shop', requirements: [requirement] });
    expect(found?.slice(0, expected?.length)).toBe(expected);
  });

  test('requires versions with all three numbers and without blanks', () => {
    expect(unreadableVersions(['>=1.5', '>=1.5.0, <2.0.0', 'v1.0.0', '<2.0.0-rc1'])).toEqual([
      '>=1.5',
      ' <2.0.0',
      'v1.0.0',
    ]);
  });
});

describe('files', () => {
  const { project: root } = project('name: shop\ntest-paths: [checks]\n');
  const roles = (file: string) => rolesOf(root, file).map(({ role, path }) => `${role} ${path}`);

  test.each([
    ['models/staging/a.sql', ['model staging/a.sql']],
    ['models/a.py', ['model a.py']],
    ['models/a.yaml', ['properties a.yaml']],
    ['models/notes.md', ['docs notes.md']],
    ['seeds/s.csv', ['seed s.csv']],
    ['checks/x/t.sql', ['test x/t.sql']],
    ['checks/generic/g.sql', ['macro g.sql']],
    ['checks/fixtures/f.csv', ['fixture f.csv']],
    ['checks/fixtures/f.sql', ['fixture f.sql']],
    ['checks/t.yml', ['properties t.yml']],
    ['macros/m.sql', ['macro m.sql']],
    ['analyses/q.sql', ['analysis q.sql']],
    ['tests/t.sql', []],
    ['README.md', []],
  ])('%s is %j', (file, expected) => expect(roles(file)).toEqual(expected));

  test.each([
    ['*.wip.sql\nmodels/tmp/\n', 'models/b.wip.sql', true],
    ['*.wip.sql\nmodels/tmp/\n', 'models/tmp/x/c.sql', true],
    ['*.wip.sql\nmodels/tmp/\n', 'models/tmp.sql', false],
    ['models/**\n!models/keep.sql\n', 'models/keep.sql', false],
    ['/models/a.sql\n# models/b.sql\n', 'models/b.sql', false],
    ['models/?.sql', 'models/a.sql', true],
    ['models/[ab].sql', 'models/c.sql', false],
    ['**/old/*.sql', 'models/x/old/a.sql', true],
  ])('.dbtignore %j hides %s: %s', (text, path, expected) => expect(ignores(readIgnore(text), path)).toBe(expected));
});

describe('packages', () => {
  test('are what is installed, and local ones straight from their folder', () => {
    const entries = packageEntries(
      data('packages: [{package: dbt-labs/dbt_utils, version: 1.0.0}, {local: ../lib}, {local: ./tools/x/}]'),
      'packages.yml',
    );
    const files = [
      'dbt_packages/dbt_utils/dbt_project.yml',
      'dbt_packages/dbt_utils/sub/dbt_project.yml',
      'tools/x/dbt_project.yml',
      '../lib/dbt_project.yml',
    ];
    expect(packageFolders(files, 'dbt_packages', entries)).toEqual([
      { folder: 'dbt_packages/dbt_utils/', via: 'installed' },
      { folder: '../lib/', via: 'local' },
      { folder: 'tools/x/', via: 'local' },
    ]);
  });

  test('see their own vars below those of the root project, and the command line above all', () => {
    const root = project('name: shop\nvars: {g: root, own: root, lib: {over: scoped}}').project;
    const lib = project(
      'name: lib\nvars: {own: lib, over: lib, g2: lib, lib: {own2: lib}}',
      'dbt_packages/lib/dbt_project.yml',
    ).project;
    const vars = (name: string) => toJson(varsOf(name, [root, lib], new Map([['g', 'cli']])));
    expect(vars('lib')).toMatchObject({ g: 'cli', own: 'root', over: 'scoped', g2: 'lib', own2: 'lib' });
    expect(vars('shop')).toEqual({ g: 'cli', own: 'root', lib: { over: 'scoped' } });
  });
});

describe('profiles.yml', () => {
  const profiles = data(`
shop:
  target: dev
  outputs:
    dev: {type: postgres, host: h, port: 5432, user: u, pass: hush, dbname: db, schema: s, threads: 3}
    duck: {type: duckdb, path: 'data/shop.duckdb'}
    bq: {type: bigquery, project: p, dataset: d, keyfile: /k.json, keyfile_json: {private_key: hush}}
`);
  const choice = (targetName: string | undefined) => ({
    profileName: 'shop',
    targetName,
    threads: undefined,
    file: 'profiles.yml',
  });

  test('a target shows its connection without any secret', () => {
    const { target, targetNames } = readTarget(profiles, choice(undefined), verbatim);
    expect(targetNames).toEqual(['dev', 'duck', 'bq']);
    expect(target).toMatchObject({ name: 'dev', adapterType: 'postgres', database: 'db', schema: 's', threads: 3 });
    expect(toJson(target!.shown)).toEqual({
      type: 'postgres',
      host: 'h',
      port: 5432,
      user: 'u',
      database: 'db',
      dbname: 'db',
      schema: 's',
      threads: 3,
      name: 'dev',
      target_name: 'dev',
      profile_name: 'shop',
    });
  });

  test('a DuckDB file gives its name to the database, and other adapters have their own words', () => {
    expect(readTarget(profiles, choice('duck'), verbatim).target).toMatchObject({
      database: 'shop',
      schema: 'main',
      threads: 1,
    });
    const bigquery = readTarget(profiles, choice('bq'), verbatim).target!;
    expect(bigquery).toMatchObject({ database: 'p', schema: 'd' });
    expect(JSON.stringify(toJson(bigquery.shown))).not.toContain('hush');
  });

  test('credentials are whole', () => {
    const { values } = readCredentials(profiles, choice('dev'), verbatim);
    expect(toJson(values!)).toMatchObject({ type: 'postgres', password: 'hush', database: 'db' });
  });
});
