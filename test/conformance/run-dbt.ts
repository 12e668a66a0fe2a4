import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPostgres } from '../warehouse/postgres/server.ts';
import { readCase, shellWords, type ConformanceCase } from './dbt/case.ts';
import { compareStep, type Difference } from './dbt/compare.ts';
import type { ExpectedStep } from './dbt/expected.ts';
import { invoke, offlineCommands } from './dbt/invoke.ts';
import { differencesOnServer } from './run-dbt-runs.ts';

/**
 * Runs the cases of a folder with `cases/` and `expected/` whose every command builds nothing: in memory, and where a
 * template asked the warehouse and dbt's answer was another than an empty one gives, by the built command line against
 * a real PostgreSQL server, as the cases were recorded. Prints each failure with its case, the figures for SQL equal to
 * the character, and one line of JSON; answers the number of failures.
 */
export async function run(folder: string): Promise<number> {
  let passed = 0;
  let toTheCharacter = 0;
  const failures = new Map<string, readonly string[]>();
  const asking: ConformanceCase[] = [];
  for (const test of offlineCases(folder)) {
    const { differences, guessed } = outcomeOf(test, expectedSteps(folder, test.name));
    const serious = differences.filter(it => it.kind !== 'blanks');
    if (differences.length === 0) toTheCharacter++;
    if (serious.length === 0) passed++;
    else if (guessed) asking.push(test);
    else failures.set(test.name, serious.map(it => `${it.kind}: ${it.what}`));
  }
  for (const [name, differences] of await askingDifferences(folder, asking)) {
    if (differences.length === 0) passed++;
    else failures.set(name, differences);
  }
  for (const [name, lines] of failures) console.log(`${name}\n${lines.map(it => `  ${it}`).join('\n')}`);
  console.log(`equal to the character: ${toTheCharacter} of ${passed + failures.size}`);
  console.log(JSON.stringify({ passed, failed: failures.size }));
  return failures.size;
}

/** What differs for cases whose templates ask the warehouse, once there is one. */
async function askingDifferences(
  folder: string,
  cases: readonly ConformanceCase[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  if (cases.length === 0) return found;
  const server = await startPostgres();
  try {
    for (const test of cases) found.set(test.name, await differencesOnServer(folder, test, server));
  } finally {
    await server.stop();
  }
  return found;
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

interface Outcome {
  readonly differences: readonly Difference[];
  readonly guessed: boolean;
}

/** Runs a case, in a folder on disk when one invocation leaves its artifacts for the next. */
function outcomeOf(test: ConformanceCase, expected: readonly ExpectedStep[]): Outcome {
  if (!test.steps.some(step => step.kind === 'copy-target')) return outcomeIn(undefined, test, expected);
  const folder = mkdtempSync(path.join(tmpdir(), 'conformance-'));
  try {
    return outcomeIn(folder, test, expected);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function outcomeIn(folder: string | undefined, test: ConformanceCase, expected: readonly ExpectedStep[]): Outcome {
  const files = new Map(test.files);
  const differences: Difference[] = [];
  let guessed = false;
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
    const actual = invoke(step, files, folder);
    guessed ||= actual.guessed === true;
    differences.push(...compareStep(wanted, actual));
  }
  return { differences, guessed };
}
