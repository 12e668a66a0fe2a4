import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startGitServer, type GitServer } from './git-server.ts';
import { workplace, type Workplace } from './workplace.ts';

let server: GitServer;
let first: string;
let second: string;
const places: Workplace[] = [];

beforeAll(async () => {
  server = await startGitServer();
  first = server.commit('tools', { 'dbt_project.yml': 'name: tools\n', 'macros/a.sql': 'first' });
  server.git('tools', 'tag', 'v1');
  second = server.commit('tools', { 'macros/a.sql': 'second' });
  server.commit('mono', { 'one/dbt_project.yml': 'name: one\n', 'two/dbt_project.yml': 'name: two\n' });
});
afterEach(() => places.splice(0).forEach(it => it.remove()));
afterAll(() => server.close());

function project(...entries: readonly string[]): Workplace {
  const place = workplace(`packages:\n${entries.map(it => `  - {${it}}\n`).join('')}`, 'http://127.0.0.1:9/');
  places.push(place);
  return place;
}

const git = (name: string, more = ''): string => `git: "${server.url}${name}"${more}`;
const macroOf = (place: Workplace): string | undefined => place.read('dbt_packages/tools/macros/a.sql');

describe('packages from git', () => {
  test.each([
    ['a tag', 'v1', 'first'],
    ['a branch', 'main', 'second'],
    ['a commit', 'FIRST', 'first'],
  ])('come at %s', async (_, revision, expected) => {
    const wanted = revision === 'FIRST' ? first : revision;
    const place = project(git('tools', `, revision: ${wanted}, warn-unpinned: false`));
    expect(await place.install()).toMatchObject({ warnings: [] });
    expect(macroOf(place)).toBe(expected);
    expect(existsSync(path.join(place.root, 'dbt_packages/tools/.git'))).toBe(false);
  });

  test('the lock file holds the commit, so a tag that moves changes nothing', async () => {
    const place = project(git('tools', ', revision: moving'));
    server.git('tools', 'branch', '--force', 'moving', first);
    await place.install();
    expect(place.read('package-lock.yml')).toContain(`    name: tools\n    revision: ${first}\n`);
    server.git('tools', 'branch', '--force', 'moving', second);
    await place.install();
    expect(macroOf(place)).toBe('first');
    await place.install({ upgrade: true });
    expect(macroOf(place)).toBe('second');
  });

  test('that are not pinned are warned about, unless that is not wanted', async () => {
    expect((await project(git('tools')).install()).warnings).toEqual([
      expect.stringContaining('is not pinned, using HEAD (default branch)'),
    ]);
    expect((await project(git('tools', ', revision: main')).install()).warnings).toEqual([
      expect.stringContaining('is pinned to the "main" branch'),
    ]);
    expect((await project(git('tools', ', warn-unpinned: false')).install()).warnings).toEqual([]);
  });

  test('may be folders of one repository', async () => {
    const place = project(
      git('mono', ', subdirectory: one, warn-unpinned: false'),
      git('mono', ', subdirectory: two, warn-unpinned: false'),
    );
    expect((await place.install()).failure).toBeUndefined();
    expect(place.installed()).toEqual(['one', 'two']);
    expect(place.read('package-lock.yml')).toContain('    subdirectory: one\n');
  });

  test('are one package with and without .git, and have one revision', async () => {
    const both = project(git('tools', ', revision: v1'), git('tools.git', ', revision: v1'));
    expect((await both.install()).packages).toHaveLength(1);
    const two = project(git('tools', ', revision: v1'), git('tools.git', ', revision: main'));
    expect((await two.install()).failure).toContain('git dependencies should contain exactly one version');
  });
});

describe('git says no', () => {
  test('to a revision that is not there', async () => {
    const { failure } = await project(git('tools', ', revision: v9')).install();
    expect(failure).toContain("Error checking out spec='v9' for repo");
    expect(failure).toContain("couldn't find remote ref v9");
  });

  test('to a repository that is not there, and no secret is shown', async () => {
    const place = project(`git: "http://{{ env_var('DBT_ENV_SECRET_TOKEN') }}@127.0.0.1:9/x"`);
    const { failure } = await place.install({ environment: { DBT_ENV_SECRET_TOKEN: 'hush-hush' } });
    expect(failure).toContain('Error checking out');
    expect(failure).not.toContain('hush-hush');
  });

  test.each([
    [', subdirectory: "../.."', "has no folder '../..'"],
    [', subdirectory: three', "has no folder 'three'"],
    [', revision: "--upload-pack=x"', 'is no address and no revision'],
  ])('to %s', async (more, message) => {
    expect((await project(git('tools', more)).install()).failure).toContain(message);
  });

  test('when there is no git at all', async () => {
    const { failure } = await project(git('tools')).install({ environment: { PATH: '/nowhere' } });
    expect(failure).toBe('git was not found; packages from git repositories need it on the PATH');
  });

  test('the secret of an address stays out of the lock file', async () => {
    const place = project(`git: "{{ env_var('DBT_ENV_SECRET_HOST') }}tools", revision: v1`);
    await place.install({ environment: { DBT_ENV_SECRET_HOST: server.url } });
    expect(place.read('package-lock.yml')).toContain("  - git: '{{ env_var(''DBT_ENV_SECRET_HOST'') }}tools'\n");
    expect(place.read('package-lock.yml')).not.toContain(server.url);
    expect((await place.install({ environment: { DBT_ENV_SECRET_HOST: server.url } })).packages).toHaveLength(1);
  });
});
