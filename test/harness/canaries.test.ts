import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  canariesBelow,
  canariesIn,
  newCanaries,
  reportCanaries,
  reportedCanaries,
} from '../../client/scripts/canaries.mjs';

let folder = '';
let report = '';
let planted: Readonly<Record<string, string>> = {};

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'sluice-canaries-'));
  report = path.join(folder, 'report.txt');
  planted = newCanaries(report);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const password = (): string => planted['SLUICE_TEST_PASSWORD'] ?? '';

describe('a secret is found', () => {
  test('in what was printed, with its line, and is not repeated', () => {
    const [found = '', ...others] = canariesIn('the output', `one\ntwo ${password()}\n`, planted);
    expect(found).toBe('the output, line 2: the secret SLUICE_TEST_PASSWORD');
    expect(others).toEqual([]);
    expect(canariesIn('the output', 'canary-of-nothing', planted)).toEqual([]);
  });

  test('in files of every kind, below folders', () => {
    mkdirSync(path.join(folder, 'logs/deep'), { recursive: true });
    const dump = path.join(folder, 'logs/deep/crash.dmp');
    writeFileSync(dump, Buffer.concat([Buffer.from([0, 255, 10, 1]), Buffer.from(password(), 'utf16le')]));
    expect(canariesBelow(folder, planted)).toEqual([`${dump}, line 2: the secret SLUICE_TEST_PASSWORD`]);
  });

  test('but not where it was put on purpose, nor behind a link', () => {
    writeFileSync(path.join(folder, 'profiles.yml'), password());
    writeFileSync(path.join(folder, '.env'), password());
    symlinkSync(path.join(folder, '.env'), path.join(folder, 'link'));
    expect(canariesBelow(folder, planted)).toEqual([]);
    expect(canariesBelow(path.join(folder, 'nothing'), planted)).toEqual([]);
  });
});

test('what a suite finds is kept for the end, and every run has secrets of its own', () => {
  for (const [name, value] of Object.entries(planted)) vi.stubEnv(name, value);
  expect(reportedCanaries(report)).toEqual([]);
  reportCanaries(canariesIn('a', 'nothing'));
  reportCanaries(canariesIn('b', password()));
  reportCanaries(canariesIn('c', planted['DBT_ENV_SECRET_CANARY'] ?? ''));
  expect(reportedCanaries(report)).toEqual([
    'b, line 1: the secret SLUICE_TEST_PASSWORD',
    'c, line 1: the secret DBT_ENV_SECRET_CANARY',
  ]);
  expect(newCanaries(report)['SLUICE_TEST_PASSWORD']).not.toBe(password());
});
