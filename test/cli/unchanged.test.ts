import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Arguments } from '../../server/src/cli/arguments.ts';
import type { Output } from '../../server/src/cli/output.ts';
import { plain } from '../../server/src/cli/style.ts';
import { observed, recallParse, rememberParse } from '../../server/src/cli/unchanged.ts';
import { createModelDb } from '../../server/src/model/create-db.ts';
import type { ProjectInput } from '../../server/src/model/project-input.ts';
import { readProjectFiles } from '../../server/src/run/project-files.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'sluice-unchanged-'));
  write('dbt_project.yml', 'name: shop\nprofile: shop\n');
  write('profiles.yml', 'shop: {target: dev, outputs: {dev: {type: duckdb, path: x.duckdb, schema: main}}}\n');
  write('models/orders.sql', "select {{ env_var('SHOP_LIMIT', '1') }} as id");
  write('target/manifest.json', '{}');
});
afterEach(() => {
  rmSync(root, { recursive: true });
  delete process.env['SHOP_LIMIT'];
});

describe('what a parse leaves behind', () => {
  test('answers as long as nothing has changed', () => {
    expect(recall()).toBeUndefined();
    remember();
    expect(recall()).toBe('1 model');
    expect(recall({ target: 'other' })).toBeUndefined();
    expect(recall()).toBe('1 model');
  });

  test.each<readonly [string, () => void]>([
    ['a file', () => write('models/orders.sql', 'select 2 as id')],
    ['a file, its size and time kept', () => sameSizeAndTime('models/orders.sql')],
    ['a new file', () => write('models/late.sql', 'select 1')],
    ['a file that is gone', () => rmSync(path.join(root, 'models/orders.sql'))],
    [
      'the target',
      () => write('profiles.yml', 'shop: {target: dev, outputs: {dev: {type: duckdb, path: x, schema: s}}}'),
    ],
    ['a variable that a model asks for', () => (process.env['SHOP_LIMIT'] = '5')],
    ['the manifest', () => write('target/manifest.json', '{ }')],
    ['half of the file', () => write('target/sluice_parse.json', '{"key":')],
    ['a file of somebody else', () => write('target/sluice_parse.json', 'null')],
  ])('is of no use after a change of %s', (_, change) => {
    remember();
    expect(recall()).toBe('1 model');
    change();
    expect(recall()).toBeUndefined();
  });

  test('is of no use where files changed while they were read', () => {
    remember(Date.now() - 60_000);
    expect(recall()).toBeUndefined();
  });

  test('holds no value of a variable, and nothing of a secret one', () => {
    process.env['SHOP_LIMIT'] = 'confidential';
    write('models/other.sql', "{{ config(alias=env_var('SHOP_LIMIT')) }} select 1");
    remember();
    expect(readFileSync(path.join(root, 'target/sluice_parse.json'), 'utf8')).not.toContain('confidential');
    expect(recall()).toBe('1 model');
  });

  test('a template that asks for the time is noticed', () => {
    expect(read().clock).toBe(false);
    write('models/late.sql', "select '{{ run_started_at }}'");
    expect(read().clock).toBe(true);
  });
});

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

function sameSizeAndTime(file: string): void {
  const full = path.join(root, file);
  const text = readFileSync(full, 'utf8');
  writeFileSync(full, text.replace('id', 'no'));
  utimesSync(full, 1_000_000, 1_000_000);
}

const given = (texts: Readonly<Record<string, string>> = {}): Arguments => ({
  command: 'parse',
  words: [],
  switches: new Map(),
  texts: new Map(Object.entries({ 'project-dir': root, 'profiles-dir': root, ...texts })),
  numbers: new Map(),
  lists: new Map(),
  typed: new Set(),
});

const terminal = { line: () => undefined } as unknown as Output['terminal'];
const output: Output = { terminal, asides: terminal, style: plain, format: 'text', isQuiet: false };

const recall = (texts?: Readonly<Record<string, string>>): string | undefined => recallParse(given(texts), output);

/** Reads the project as the command does, and gives what was asked for. */
function read() {
  const files = readProjectFiles(root);
  const text = readFileSync(path.join(root, 'profiles.yml'), 'utf8');
  const environment = Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? '']));
  const settings = { vars: {}, environment, runStartedAt: '2024-02-29T12:00:00.000000+00:00', invocationId: 'x' };
  const all: ProjectInput['settings'] = { ...settings, fullRefresh: false, flags: {} };
  const { input, asked } = observed({ root, files, profiles: { file: 'profiles.yml', text }, settings: all });
  const db = createModelDb(input);
  for (const file of db.files()) db.parseProblems(file);
  db.manifest();
  return asked;
}

function remember(since = Date.now() + 1000): void {
  rememberParse(given(), output, { asked: read(), since, contents: '1 model' });
}
