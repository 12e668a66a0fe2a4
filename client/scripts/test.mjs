/**
 * `npm test`: everything that says whether the product works, from a fresh clone on: dependencies, build, types, lint,
 * unit tests, the integration suite in a real extension host, and the UI suite in the real workbench; at the end a look
 * for secrets in all that these have printed and written.
 *
 * Every stage is run to its end, whatever the one before came to; one plain last line counts them all. A stage that
 * has no tests of its own, or ends without having counted them, counts as one.
 *
 * `npm test -- unit ui` runs the named stages only; options such as `-u` go to the unit tests.
 */
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { canariesBelow, canariesIn, newCanaries, passedOn, reportedCanaries } from './canaries.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { end, exitOf, start } from './child-process.mjs';
import { dist, repository } from './repository.mjs';
import { countedResult, vitestResult } from './test-results.mjs';
import { prepareWorkbench, startInWorkbench } from './workbench/run-in-workbench.mjs';

/** @import { StageResult } from './test-results.mjs' */

const output = path.join(repository, 'test-output');
const unitReport = path.join(output, 'unit.json');
const integrationReport = path.join(output, 'integration.json');
const uiReport = path.join(output, 'ui.json');
const canaryReport = path.join(output, 'secrets.txt');

/** The environment of every program that the stages start. */
const environment = {
  ...process.env,
  ...newCanaries(canaryReport),
  // The programs write into pipes; who reads what comes out at the other end may be a person.
  ...(process.stdout.isTTY && process.env['NO_COLOR'] === undefined ? { FORCE_COLOR: '1' } : {}),
};
/** What they have printed, by what they are. @type {(readonly [string, () => string])[]} */
const printed = [];
const begunAt = Date.now();

/** @typedef {{ readonly name: string, readonly title: string, readonly run: () => Promise<StageResult> }} Stage */

/** The stages in the order a developer wants to hear of them. @type {readonly Stage[]} */
const stages = [
  { name: 'build', title: 'build', run: () => asOneTest(build) },
  { name: 'typecheck', title: 'typecheck', run: () => asOneTest(() => mustSucceed('npx', ['tsc', '-b'])) },
  { name: 'lint', title: 'lint', run: () => asOneTest(lint) },
  { name: 'unit', title: 'unit tests', run: unitTests },
  { name: 'integration', title: 'integration tests in the extension host', run: integrationTests },
  { name: 'ui', title: 'user interface tests in the workbench', run: interfaceTests },
  { name: 'secrets', title: 'secrets in what was printed and written', run: () => asOneTest(noSecretIsOut) },
];

const unitOptions = process.argv.slice(2).filter(it => it.startsWith('-'));
const selected = process.argv.slice(2).filter(it => !it.startsWith('-'));

/** No stage takes nearly as long; one that hangs is ended and has failed. */
const patience = 15 * 60_000;

async function main() {
  process.chdir(repository);
  rmSync(output, { recursive: true, force: true });
  mkdirSync(path.join(output, 'screenshots'), { recursive: true });
  await ensureDependencies();
  const total = { passed: 0, failed: 0 };
  const chosen = chosenStages();
  if (chosen.some(it => it.name === 'integration' || it.name === 'ui')) installInBackground();
  for (const stage of chosen) {
    const begun = performance.now();
    console.log(`\n=== ${stage.title}`);
    const { passed, failed } = await stage.run();
    console.log(`=== ${stage.title}: ${passed} passed, ${failed} failed, ${seconds(begun)} s`);
    total.passed += passed;
    total.failed += failed;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

/** Downloads while the first stages compute. A failure is told by the stage that needs what could not be installed. */
function installInBackground() {
  prepareWorkbench().catch(() => undefined);
}

function chosenStages() {
  const unknown = selected.find(name => !stages.some(it => it.name === name));
  if (unknown !== undefined) {
    throw new Error(`there is no stage '${unknown}', only ${stages.map(it => it.name).join(', ')}`);
  }
  return selected.length === 0 ? stages : stages.filter(it => selected.includes(it.name));
}

async function build() {
  const { buildBundles, buildProduct } = await import('./build.mjs');
  const { workbenchTestBundles } = await import('./bundles.mjs');
  await buildProduct();
  rmSync(path.join(dist, 'test'), { recursive: true, force: true });
  await buildBundles(workbenchTestBundles());
}

async function lint() {
  const linted = await runPatiently('npx', ['oxlint', '--type-aware', '--deny-warnings']);
  const formatted = await runPatiently('npx', ['prettier', '--check', '--log-level', 'warn', '.']);
  if (linted !== 0 || formatted !== 0) throw new Error('the linter or the formatter has complaints');
}

async function unitTests() {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`];
  const code = await runPatiently('npx', [
    'vitest',
    'run',
    '--config',
    'test/vitest-config.ts',
    ...reporters,
    ...unitOptions,
  ]);
  return vitestResult(unitReport, code);
}

async function integrationTests() {
  const code = await inWorkbench('start-integration.cjs', integrationReport);
  return countedResult(integrationReport, code);
}

async function interfaceTests() {
  const code = await inWorkbench('ui.cjs', uiReport);
  return countedResult(uiReport, code);
}

/** The suites plant secrets and report those they find before they remove a file; what is still there is read here. */
async function noSecretIsOut() {
  const left = readdirSync(os.tmpdir()).filter(it => it.startsWith('sluice-'));
  const places = [output, ...left.map(it => path.join(os.tmpdir(), it)).filter(isNew)];
  const found = [
    ...reportedCanaries(canaryReport),
    ...printed.flatMap(([what, text]) => canariesIn(`the output of ${what}`, text(), environment)),
    ...places.flatMap(it => canariesBelow(it, environment)),
  ];
  if (found.length > 0) throw new Error(`secrets are out:\n${found.join('\n')}`);
}

/** @param {string} place */
function isNew(place) {
  const stats = statSync(place, { throwIfNoEntry: false });
  return stats !== undefined && stats.mtimeMs >= begunAt;
}

/** Runs a bundle that needs the workbench, and answers with its exit code. @param {string} bundle @param {string} report */
async function inWorkbench(bundle, report) {
  try {
    const variables = { ...environment, SLUICE_TEST_RESULT: report, SLUICE_TEST_OUTPUT: output };
    const child = await startInWorkbench(bundle, variables, { stdio });
    return await patientExitOf(child, bundle);
  } catch (error) {
    console.error(error);
    return 1;
  }
}

/**
 * Runs a program and answers with its exit code.
 * @param {string} command @param {readonly string[]} args
 */
function runPatiently(command, args) {
  return patientExitOf(start(command, args, { stdio, env: environment }), [command, ...args].join(' '));
}

/** Nothing to read, and what is written comes here first. @type {import('node:child_process').StdioOptions} */
const stdio = ['ignore', 'pipe', 'pipe'];

/**
 * The exit code of a program, which is ended when it takes too long; what it prints is passed on.
 * @param {import('node:child_process').ChildProcess} child @param {string} what
 */
function patientExitOf(child, what) {
  printed.push([what, passedOn(child)]);
  const tooLate = setTimeout(() => {
    console.error(`${what} does not end`);
    void end(child);
  }, patience);
  return exitOf(child).finally(() => clearTimeout(tooLate));
}

/** @param {string} command @param {readonly string[]} args */
async function mustSucceed(command, args) {
  const code = await runPatiently(command, args);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with exit code ${code}`);
}

/** @param {() => Promise<void>} work @returns {Promise<StageResult>} */
async function asOneTest(work) {
  try {
    await work();
    return { passed: 1, failed: 0 };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
}

/** @param {number} begun */
function seconds(begun) {
  return ((performance.now() - begun) / 1000).toFixed(0);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('\n0 passed, 1 failed');
  process.exitCode = 1;
}
