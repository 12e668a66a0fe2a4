/**
 * What the extension host calls: runs every suite beside this file with mocha and writes what happened to the file
 * `SLUICE_TEST_RESULT` names. Whoever started the tests reads that file; after a host died it says `isComplete: false`.
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
  const failed = await runAll(mocha);
  if (failed > 0) throw new Error(`${failed} tests failed`);
}

/** Runs the tests and answers with how many failed; a skipped test is one that failed. */
function runAll(mocha: Mocha): Promise<number> {
  return new Promise(resolve => {
    let passed = 0;
    const failures: string[] = [];
    const report = (isComplete: boolean): void =>
      writeResult({ passed, failed: failures.length, failures, isComplete });
    const fail = (title: string): void => {
      failures.push(title);
      report(false);
    };
    report(false);
    const runner = mocha.run(() => {
      report(true);
      resolve(failures.length);
    });
    runner.on('pass', () => {
      passed += 1;
      report(false);
    });
    runner.on('fail', test => fail(test.fullTitle()));
    runner.on('pending', test => fail(`${test.fullTitle()} (skipped)`));
  });
}

function writeResult(result: CountedResult): void {
  const file = process.env['SLUICE_TEST_RESULT'];
  if (file !== undefined) writeFileSync(file, JSON.stringify(result));
}
