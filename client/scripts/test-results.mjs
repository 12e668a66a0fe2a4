/** Reads what a stage of the tests reported, and never takes a missing or cut-off report for a success. */
import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ readonly passed: number, readonly failed: number }} StageResult */

/**
 * The result of a vitest run with the json reporter. A file that could not even be loaded has no failed test of its
 * own and counts as one.
 * @param {string} report @param {number} exitCode @returns {StageResult}
 */
export function vitestResult(report, exitCode) {
  const json = readReport(report);
  if (json === undefined) return crashed(exitCode);
  const skipped = json.numPendingTests + json.numTodoTests;
  if (skipped > 0) console.log(`${skipped} unit tests were skipped; a skipped test counts as failed`);
  const unloaded = json.testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ it) =>
      it.status === 'failed' && it.assertionResults.length === 0,
  ).length;
  return settled({ passed: json.numPassedTests, failed: json.numFailedTests + skipped + unloaded }, exitCode);
}

/**
 * The result of a suite that wrote a `CountedResult` (test/workbench/result.ts).
 * @param {string} report @param {number} exitCode @returns {StageResult}
 */
export function countedResult(report, exitCode) {
  const json = readReport(report);
  if (json === undefined) return crashed(exitCode);
  for (const title of json.failures) console.log(`failed: ${title}`);
  if (json.isComplete) return settled({ passed: json.passed, failed: json.failed }, exitCode);
  console.log(`the stage ended with exit code ${exitCode} before all tests were done`);
  return { passed: json.passed, failed: json.failed + 1 };
}

/** A stage that ended badly although it counted no failure has failed once. @param {StageResult} result @param {number} exitCode */
function settled(result, exitCode) {
  if (result.passed + result.failed === 0) return crashed(exitCode);
  if (exitCode === 0 || result.failed > 0) return result;
  console.log(`all tests passed, but the stage ended with exit code ${exitCode}`);
  return { ...result, failed: 1 };
}

/** @param {number} exitCode @returns {StageResult} */
function crashed(exitCode) {
  console.log(`the stage ended with exit code ${exitCode} and without a count`);
  return { passed: 0, failed: 1 };
}

/** @param {string} report */
function readReport(report) {
  return existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
}
