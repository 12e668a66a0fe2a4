import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { environmentFor } from '../../server/src/host/environment.ts';
import {
  exists,
  filesBelow,
  isInside,
  readText,
  remove,
  replaceFolder,
  replaceText,
  writeText,
} from '../../server/src/host/files.ts';
import { findProfiles, profileFolders } from '../../server/src/host/profiles.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sluice-host-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const at = (...parts: readonly string[]): string => path.join(folder, ...parts);

function put(...files: readonly string[]): void {
  for (const file of files) {
    mkdirSync(path.dirname(at(file)), { recursive: true });
    writeFileSync(at(file), file);
  }
}

const below = (where: string, skip: readonly string[] = []): readonly string[] =>
  filesBelow(at(where), { extensions: new Set(['.sql']), skip: new Set(skip.map(it => at(it))) }).map(it =>
    path.relative(folder, it),
  );

describe('files below a folder', () => {
  test('are those with a wanted extension, sorted, without hidden folders', () => {
    put('m/b.sql', 'm/a/c.sql', 'm/a/x.yml', 'm/.git/d.sql', 'm/node_modules/e.sql', 'm/.hidden.sql');
    expect(below('m')).toEqual(['m/.hidden.sql', 'm/a/c.sql', 'm/b.sql']);
  });

  test('leave out folders that are skipped', () => {
    put('m/b.sql', 'm/target/c.sql');
    expect(below('m', ['m/target'])).toEqual(['m/b.sql']);
  });

  test('include what links lead to, each folder once', () => {
    put('m/a.sql', 'elsewhere/b.sql');
    symlinkSync(at('elsewhere'), at('m/linked'));
    symlinkSync(at('m'), at('m/loop'));
    symlinkSync(at('nowhere'), at('m/broken.sql'));
    expect(below('m')).toEqual(['m/a.sql', 'm/linked/b.sql']);
  });

  test('are none where there is no folder', () => {
    put('file.sql');
    expect([...below('nowhere'), ...below('file.sql')]).toEqual([]);
  });
});

test('files are written with the folders above them, and leave nothing beside them', () => {
  writeText(at('a/b/c.txt'), 'one');
  replaceText(at('a/b/c.txt'), 'two');
  expect(readText(at('a/b/c.txt'))).toBe('two');
  expect(readdirSync(at('a/b'))).toEqual(['c.txt']);
  remove(at('a'));
  expect([exists(at('a')), readText(at('a/b/c.txt'))]).toEqual([false, undefined]);
});

test('a file that says already what it is to say is left alone', () => {
  const old = new Date('2020-01-01T00:00:00Z');
  const touched = (text: string): boolean => {
    utimesSync(at('a.sql'), old, old);
    writeText(at('a.sql'), text);
    return statSync(at('a.sql')).mtimeMs !== old.getTime();
  };
  writeText(at('a.sql'), 'größe');
  expect([touched('größe'), touched('grösse'), touched('grosse'), touched('')]).toEqual([false, true, true, true]);
  expect(readText(at('a.sql'))).toBe('');
});

test('a text cannot be written where a folder or a file is in its way', () => {
  put('a/b.sql');
  expect(() => writeText(at('a'), 'x')).toThrow('EISDIR');
  expect(() => writeText(at('a/b.sql/c.sql'), 'x')).toThrow('ENOTDIR');
});

describe('profiles.yml', () => {
  const search = (more: object = {}) => ({
    profilesDir: undefined,
    environment: {},
    workingFolder: at('work'),
    projectRoot: at('project'),
    ...more,
  });

  test('is searched in the working folder, the project, and the home folder', () => {
    expect(profileFolders(search())).toEqual([at('work'), at('project'), path.join(homedir(), '.dbt')]);
    put('project/profiles.yml');
    expect(findProfiles(search())?.file).toBe(at('project/profiles.yml'));
    put('work/profiles.yml');
    expect(findProfiles(search())?.file).toBe(at('work/profiles.yml'));
  });

  test('is nowhere else when a folder is chosen, by flag before environment', () => {
    put('work/profiles.yml', 'flag/profiles.yml', 'variable/profiles.yml');
    const environment = { DBT_PROFILES_DIR: at('variable') };
    expect(findProfiles(search({ environment }))?.text).toBe('variable/profiles.yml');
    expect(findProfiles(search({ environment, profilesDir: '../flag' }))?.text).toBe('flag/profiles.yml');
    expect(findProfiles(search({ profilesDir: at('nowhere') }))).toBeUndefined();
    expect(profileFolders(search({ profilesDir: '~/dbt' }))).toEqual([path.join(homedir(), 'dbt')]);
  });
});

test('the environment has the .env of the working folder or else of the project below it', () => {
  mkdirSync(at('work'));
  mkdirSync(at('project'));
  writeFileSync(at('project/.env'), 'SLUICE_TEST_A="project"\nPATH=never\n');
  expect(environmentFor(at('work'), at('project'))).toMatchObject({
    SLUICE_TEST_A: 'project',
    PATH: process.env['PATH'],
  });
  writeFileSync(at('work/.env'), 'SLUICE_TEST_B=work # comment\n');
  const own = environmentFor(at('work'), at('project'));
  expect([own['SLUICE_TEST_A'], own['SLUICE_TEST_B']]).toEqual([undefined, 'work']);
});

describe('folders that are put in place', () => {
  test('replace what was there in one step, links included', () => {
    put('old/a.sql', 'kept/c.sql');
    put('new/b.sql');
    replaceFolder(at('new'), at('old'));
    expect(readdirSync(at('old'))).toEqual(['b.sql']);
    expect(readdirSync(folder).toSorted()).toEqual(['kept', 'old']);
    symlinkSync(at('kept'), at('link'));
    put('newer/d.sql');
    replaceFolder(at('newer'), at('link'));
    expect(readdirSync(at('link'))).toEqual(['d.sql']);
    expect(readdirSync(at('kept'))).toEqual(['c.sql']);
  });

  test('stay as they were when the new one cannot be put there', () => {
    put('old/a.sql');
    expect(() => replaceFolder(at('missing'), at('old'))).toThrow('ENOENT');
    expect(readdirSync(at('old'))).toEqual(['a.sql']);
  });

  test('are inside of another once links are followed', () => {
    put('outer/inner/a.sql', 'other/b.sql');
    symlinkSync(at('other'), at('outer/link'));
    expect(isInside(at('outer/inner'), at('outer'))).toBe(true);
    expect(isInside(at('outer/inner/../../other'), at('outer'))).toBe(false);
    expect(isInside(at('outer/link'), at('outer'))).toBe(false);
    expect(isInside(at('outer/nothing'), at('outer'))).toBe(false);
  });
});
