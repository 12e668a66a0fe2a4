import type { Clock } from '../host/clock.ts';
import type { NodeConfig } from '../dbt/manifest/node.ts';
import type { NodeOutcome, TestOutcome } from './node-outcome.ts';
import type { PlannedNode } from './plan.ts';
import type { NodeFailure, NodeResult, NodeStatus } from './result.ts';

/** When a node was worked on, and by whom. */
export interface WorkTime {
  readonly startedAt: string;
  readonly seconds: number;
  readonly thread: string;
}

/** What decides how an outcome is judged. */
export interface Judging {
  readonly config: NodeConfig;
  readonly isCancelled: boolean;
  /** `--warn-error`: a warning is a failure. */
  readonly warnError: boolean;
}

/** What became of a node that was worked on. */
export function resultOf(
  node: PlannedNode,
  outcome: NodeOutcome,
  time: WorkTime,
  { clock, ...judging }: Judging & { readonly clock: Clock },
): NodeResult {
  const verdict = verdictOf(outcome, judging);
  return {
    id: node.id,
    ...verdict,
    rows: outcome.rows,
    // dbt counts failures only for a test that warns or fails.
    failures: verdict.status === 'pass' ? 0 : outcome.test?.failures,
    ...time,
    completedAt: clock.now(),
    failure: failureIn(outcome),
    compiledSql: outcome.compiledSql,
    ctes: outcome.ctes,
    macros: outcome.macros,
    runSql: outcome.runSql,
  };
}

function failureIn({ failure, test }: NodeOutcome): NodeFailure | undefined {
  if (failure !== undefined) return { message: failure.message, place: failure.place };
  if (test?.difference === undefined) return undefined;
  return { message: `actual differs from expected:\n\n${test.difference}`, place: undefined };
}

/** What became of a node that never started. */
export function notRunResult(
  node: PlannedNode,
  status: 'skipped' | 'cancelled',
  message: string | undefined,
  clock: Clock,
): NodeResult {
  const now = clock.now();
  return {
    id: node.id,
    status,
    message,
    rows: undefined,
    failures: undefined,
    seconds: 0,
    startedAt: now,
    completedAt: now,
    thread: 'main',
    failure: undefined,
    compiledSql: undefined,
    ctes: [],
    macros: [],
    runSql: undefined,
  };
}

interface Verdict {
  readonly status: NodeStatus;
  readonly message: string | undefined;
}

function verdictOf(outcome: NodeOutcome, judging: Judging): Verdict {
  if (outcome.failure !== undefined) {
    return judging.isCancelled
      ? { status: 'cancelled', message: 'Cancelled' }
      : { status: 'error', message: outcome.failure.dbtMessage };
  }
  if (outcome.test !== undefined) return testVerdict(outcome.test, judging);
  return { status: 'success', message: outcome.status };
}

function testVerdict(test: TestOutcome, { config, warnError }: Judging): Verdict {
  const { failures, shouldWarn, shouldError, difference } = test;
  if (difference !== undefined) {
    const lines = difference.replaceAll('\n', '\r\n');
    return { status: 'fail', message: `\n\nactual differs from expected:\n\n${lines}\r\n\n` };
  }
  const got = `Got ${failures} ${failures === 1 ? 'result' : 'results'}`;
  const severity = config.get('severity');
  const mayFail = typeof severity !== 'string' || severity.toUpperCase() === 'ERROR';
  if (mayFail && shouldError) {
    return { status: 'fail', message: `${got}, configured to fail if ${condition(config, 'error_if')}` };
  }
  if (shouldWarn && warnError) {
    return { status: 'fail', message: `${got}, configured to fail if ${condition(config, 'warn_if')}` };
  }
  if (shouldWarn) return { status: 'warn', message: `${got}, configured to warn if ${condition(config, 'warn_if')}` };
  return { status: 'pass', message: undefined };
}

function condition(config: NodeConfig, key: 'error_if' | 'warn_if'): string {
  const value = config.get(key);
  return typeof value === 'string' ? value : '!= 0';
}
