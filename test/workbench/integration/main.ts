/**
 * What the extension host calls: runs every suite beside this file with mocha and writes what happened to the file
 * `SLUICE_TEST_RESULT` names. Whoever started the tests reads that file; a host that died has written none.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CountedResult } from '../result.ts';

/** Runs all suites; rejects when a test failed, which is what ends the extension host with an error. */
export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ ui: 'tdd', color: false, timeout: 60_000, slow: 5_000, reporter: 'spec' });
  const folder = path.dirname(fileURLToPath(import.meta.url));
  for (const name of readdirSync(folder).sort()) {
    if (name.endsWith('.suite.cjs')) mocha.addFile(path.join(folder, name));
  }
  const result = await runAll(mocha);
  const file = process.env['SLUICE_TEST_RESULT'];
  if (file !== undefined) writeFileSync(file, JSON.stringify(result));
  if (result.failed > 0) throw new Error(`${result.failed} tests failed`);
}

function runAll(mocha: Mocha): Promise<CountedResult> {
  return new Promise(resolve => {
    let passed = 0;
    const failures: string[] = [];
    const runner = mocha.run(() => resolve({ passed, failed: failures.length, failures }));
    runner.on('pass', () => (passed += 1));
    runner.on('fail', test => failures.push(test.fullTitle()));
    runner.on('pending', test => failures.push(`${test.fullTitle()} (skipped)`));
  });
}
