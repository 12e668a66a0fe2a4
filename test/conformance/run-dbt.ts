import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readCase, shellWords, type ConformanceCase } from './dbt/case.ts';
import { compareStep, type Difference } from './dbt/compare.ts';
import type { ExpectedStep } from './dbt/expected.ts';
import { invoke, offlineCommands } from './dbt/invoke.ts';

/**
 * Runs the cases of a folder with `cases/` and `expected/` whose every command needs no warehouse. Prints each failure
 * with its case, the figures for SQL equal to the character, and one line of JSON; answers the number of failures.
 */
export function run(folder: string): number {
  let passed = 0;
  let failed = 0;
  let toTheCharacter = 0;
  for (const test of offlineCases(folder)) {
    const differences = differencesOf(test, expectedSteps(folder, test.name));
    const serious = differences.filter(it => it.kind !== 'blanks');
    if (differences.length === 0) toTheCharacter++;
    if (serious.length === 0) passed++;
    else failed++;
    if (serious.length > 0) console.log(`${test.name}\n${serious.map(it => `  ${it.kind}: ${it.what}`).join('\n')}`);
  }
  console.log(`equal to the character: ${toTheCharacter} of ${passed + failed}`);
  console.log(JSON.stringify({ passed, failed }));
  return failed;
}

function offlineCases(folder: string): readonly ConformanceCase[] {
  const root = path.join(folder, 'cases');
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(it => it.endsWith('.txt')).toSorted();
  const cases = names.map(it => {
    const name = it.replaceAll('\\', '/').replace(/\.txt$/, '');
    return readCase(name, readFileSync(path.join(root, it), 'utf8'));
  });
  return cases.filter(it =>
    it.steps.every(step => step.kind !== 'sql' && (step.kind !== 'invoke' || isOffline(step.command))),
  );
}

const isOffline = (command: string): boolean => offlineCommands.has(shellWords(command)[0] ?? '');

function expectedSteps(folder: string, name: string): readonly ExpectedStep[] {
  const text = readFileSync(path.join(folder, 'expected', `${name}.json`), 'utf8');
  // Python writes infinities that JSON has no word for; both sides have null there.
  const json = text.replaceAll(/: -?(?:Infinity|NaN)\b/g, ': null');
  return (JSON.parse(json) as { readonly steps: readonly ExpectedStep[] }).steps;
}

/** Runs a case, in a folder on disk when one invocation leaves its artifacts for the next. */
function differencesOf(test: ConformanceCase, expected: readonly ExpectedStep[]): readonly Difference[] {
  if (!test.steps.some(step => step.kind === 'copy-target')) return differencesIn(undefined, test, expected);
  const folder = mkdtempSync(path.join(tmpdir(), 'conformance-'));
  try {
    return differencesIn(folder, test, expected);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function differencesIn(
  folder: string | undefined,
  test: ConformanceCase,
  expected: readonly ExpectedStep[],
): readonly Difference[] {
  const files = new Map(test.files);
  const differences: Difference[] = [];
  let nInvoked = 0;
  for (const step of test.steps) {
    if (step.kind === 'write') for (const [file, text] of Object.entries(step.files)) files.set(file, text);
    if (step.kind === 'delete') files.delete(step.path);
    if (step.kind === 'copy-target' && folder !== undefined) {
      cpSync(path.join(folder, 'target'), path.join(folder, step.folder), { recursive: true });
    }
    if (step.kind !== 'invoke') continue;
    const wanted = expected[nInvoked++];
    if (wanted === undefined) throw new Error(`${test.name}: nothing is recorded for ${step.command}`);
    differences.push(...compareStep(wanted, invoke(step, files, folder)));
  }
  return differences;
}
