import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { countedResult, vitestResult } from '../../client/scripts/test-results.mjs';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'sluice-results-'));
  // What is wrong is told to whoever runs the tests, and here that is expected.
  vi.spyOn(console, 'log').mockReturnValue();
});

afterEach(() => rmSync(folder, { recursive: true }));

function report(content: object): string {
  const file = path.join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const counted = { passed: 3, failed: 0, failures: [], isComplete: true };
const vitest = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };

test('a suite that reported success and ended well has no failure', () => {
  expect(countedResult(report(counted), 0)).toEqual({ passed: 3, failed: 0 });
  expect(vitestResult(report(vitest), 0)).toEqual({ passed: 3, failed: 0 });
});

test('a suite that left no report has failed, whatever its exit code', () => {
  expect(countedResult(path.join(folder, 'none.json'), 0)).toEqual({ passed: 0, failed: 1 });
  expect(vitestResult(path.join(folder, 'none.json'), 0)).toEqual({ passed: 0, failed: 1 });
});

test('a suite without any test has failed', () => {
  expect(countedResult(report({ ...counted, passed: 0 }), 0)).toEqual({ passed: 0, failed: 1 });
});

test('a suite that ended early keeps what it counted and has failed once more', () => {
  expect(countedResult(report({ ...counted, isComplete: false }), 0)).toEqual({ passed: 3, failed: 1 });
});

test('a bad exit code after a good report is a failure', () => {
  expect(countedResult(report(counted), 137)).toEqual({ passed: 3, failed: 1 });
  expect(vitestResult(report(vitest), 1)).toEqual({ passed: 3, failed: 1 });
});

test('a test file that does not load, and a skipped test, are failures', () => {
  const unloaded = { status: 'failed', assertionResults: [] };
  expect(vitestResult(report({ ...vitest, testResults: [unloaded] }), 1)).toEqual({ passed: 3, failed: 1 });
  expect(vitestResult(report({ ...vitest, numPendingTests: 2 }), 0)).toEqual({ passed: 3, failed: 2 });
});
