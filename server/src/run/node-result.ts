import type { Clock } from '../host/clock.ts';
import type { NodeConfig } from '../dbt/manifest/node.ts';
import type { NodeOutcome, TestOutcome } from './node-outcome.ts';
import type { PlannedNode } from './plan.ts';
import type { NodeResult, NodeStatus } from './result.ts';

/** When a node was worked on, and by whom. */
export interface WorkTime {
  readonly startedAt: string;
  readonly seconds: number;
  readonly thread: string;
}

/** What became of a node that was worked on. */
export function resultOf(
  node: PlannedNode,
  outcome: NodeOutcome,
  time: WorkTime,
  { config, clock, isCancelled }: { readonly config: NodeConfig; readonly clock: Clock; readonly isCancelled: boolean },
): NodeResult {
  const verdict = verdictOf(outcome, config, isCancelled);
  return {
    id: node.id,
    ...verdict,
    rows: outcome.rows,
    failures: outcome.test?.failures,
    ...time,
    completedAt: clock.now(),
    failure:
      outcome.failure === undefined ? undefined : { message: outcome.failure.message, place: outcome.failure.place },
    compiledSql: outcome.compiledSql,
    runSql: outcome.runSql,
  };
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
    runSql: undefined,
  };
}

interface Verdict {
  readonly status: NodeStatus;
  readonly message: string | undefined;
}

function verdictOf(outcome: NodeOutcome, config: NodeConfig, isCancelled: boolean): Verdict {
  if (outcome.failure !== undefined) {
    return isCancelled
      ? { status: 'cancelled', message: 'Cancelled' }
      : { status: 'error', message: outcome.failure.dbtMessage };
  }
  if (outcome.test !== undefined) return testVerdict(outcome.test, config);
  return { status: 'success', message: outcome.status };
}

function testVerdict(test: TestOutcome, config: NodeConfig): Verdict {
  const { failures, shouldWarn, shouldError, difference } = test;
  if (difference !== undefined) return { status: 'fail', message: difference };
  const got = `Got ${failures} ${failures === 1 ? 'result' : 'results'}`;
  const severity = config.get('severity');
  const mayFail = typeof severity !== 'string' || severity.toUpperCase() === 'ERROR';
  if (mayFail && shouldError) {
    return { status: 'fail', message: `${got}, configured to fail if ${condition(config, 'error_if')}` };
  }
  if (shouldWarn) return { status: 'warn', message: `${got}, configured to warn if ${condition(config, 'warn_if')}` };
  return { status: 'pass', message: undefined };
}

function condition(config: NodeConfig, key: 'error_if' | 'warn_if'): string {
  const value = config.get(key);
  return typeof value === 'string' ? value : '!= 0';
}
