/**
 * Runs the checks of the user interface, each in the window of its scenario, and counts them. A check that fails
 * leaves a screenshot and is done once more, because a busy machine can lose a key or a click; its second outcome
 * counts, and both are told. The checks after it run all the same.
 *
 * Arguments select scenarios and checks by a part of their title.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { CountedResult } from '../result.ts';
import type { Check, Scenario } from './check.ts';
import { scenarios } from './scenarios.ts';
import { closeEverything, closeWindow, openWindow } from './window.ts';
import type { Window, WindowSetup } from './window.ts';

/** How long one check may take. */
const patienceForCheck = 120_000;

const screenshots = path.join(process.env['SLUICE_TEST_OUTPUT'] ?? 'test-output', 'screenshots');

/** The count so far. */
interface Tally {
  passed: number;
  readonly failures: string[];
}

async function main(selected: readonly string[]): Promise<number> {
  mkdirSync(screenshots, { recursive: true });
  const tally: Tally = { passed: 0, failures: [] };
  for (const scenario of scenarios) {
    const checks = scenario.checks.filter(({ title }) => isSelected(selected, `${scenario.title}: ${title}`));
    if (checks.length > 0) await runScenario(tally, { ...scenario, checks });
  }
  writeResult(tally, { isComplete: true });
  console.log(`\n  ${tally.passed} passing, ${tally.failures.length} failing`);
  return tally.failures.length === 0 ? 0 : 1;
}

function writeResult({ passed, failures }: Tally, { isComplete }: { readonly isComplete: boolean }): void {
  const result: CountedResult = { passed, failed: failures.length, failures, isComplete };
  const file = process.env['SLUICE_TEST_RESULT'];
  if (file !== undefined) writeFileSync(file, JSON.stringify(result));
}

function isSelected(selected: readonly string[], title: string): boolean {
  return selected.length === 0 || selected.some(it => title.includes(it));
}

async function runScenario(tally: Tally, scenario: Scenario): Promise<void> {
  console.log(`\n  ${scenario.title}`);
  let setup: WindowSetup | undefined;
  let window: Window;
  try {
    setup = await scenario.setUp();
    window = await openWindow(setup);
  } catch (error) {
    for (const { title } of scenario.checks) report(tally, scenario, title, { error });
    await setup?.leave?.();
    return;
  }
  for (const check of scenario.checks) {
    const first = await outcomeOf(check, window);
    if ('error' in first) console.log(`    … ${check.title}: failed, and is done once more\n${textOf(first.error)}`);
    report(tally, scenario, check.title, 'error' in first ? await outcomeOf(check, window) : first);
  }
  await closeWindow(window);
  await setup.leave?.();
  await lookAfterwards(tally, scenario);
}

/** Does one check and tidies up behind it. */
async function outcomeOf({ title, run }: Check, window: Window): Promise<Outcome> {
  const begun = performance.now();
  let outcome: Outcome;
  try {
    await within(patienceForCheck, run(window));
    outcome = { seconds: (performance.now() - begun) / 1000 };
  } catch (error) {
    outcome = { error };
    await keepScreenshot(window, title);
  }
  await closeEverything(window).catch((error: unknown) => console.log(`    (could not tidy up: ${String(error)})`));
  return outcome;
}

async function lookAfterwards(tally: Tally, scenario: Scenario): Promise<void> {
  for (const { title, run } of scenario.afterwards ?? []) {
    try {
      await run();
      report(tally, scenario, title, { seconds: 0 });
    } catch (error) {
      report(tally, scenario, title, { error });
    }
  }
}

type Outcome = { readonly seconds: number } | { readonly error: unknown };

function report(tally: Tally, scenario: Scenario, title: string, outcome: Outcome): void {
  if ('seconds' in outcome) {
    tally.passed += 1;
    writeResult(tally, { isComplete: false });
    console.log(`    ✔ ${title} (${outcome.seconds.toFixed(1)} s)`);
    return;
  }
  const { error } = outcome;
  tally.failures.push(`${scenario.title}: ${title}`);
  writeResult(tally, { isComplete: false });
  console.log(`    ✘ ${title}\n${textOf(error)}`);
}

function textOf(error: unknown): string {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return stripVTControlCharacters(message).replaceAll(/^/gm, '        ');
}

async function keepScreenshot({ page }: Window, title: string): Promise<void> {
  const name = `failed-${title.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase()}.png`;
  await page
    .screenshot({ path: path.join(screenshots, name), timeout: 10_000 })
    .catch((error: unknown) => console.log(`    (no screenshot: ${String(error)})`));
}

function within(milliseconds: number, work: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const tooLate = setTimeout(() => reject(new Error(`not done within ${milliseconds} ms`)), milliseconds);
    void work.then(resolve, reject).finally(() => clearTimeout(tooLate));
  });
}

main(process.argv.slice(2)).then(
  code => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
