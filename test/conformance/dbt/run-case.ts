import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Session } from '../../../server/src/warehouse/warehouse.ts';
import { shellWords, type ConformanceCase, type Step } from './case.ts';
import { compareRelations, readRelations, type RecordedRelations } from './relations.ts';

/** What dbt recorded of an invocation that used the warehouse. */
export interface RecordedRun {
  readonly success: boolean;
  readonly results?: readonly RecordedResult[];
  readonly relations?: RecordedRelations | 'same_as_previous_step';
}

interface RecordedResult {
  readonly unique_id: string;
  readonly status: string;
  readonly failures?: number;
  readonly message?: string;
}

/** What a case needs around it: the built command line, a folder of its own, profiles, and a session on the database. */
export interface RunSurroundings {
  readonly cli: string;
  readonly folder: string;
  readonly profiles: string;
  readonly session: Session;
}

/** Runs the steps of a case by the command line against the real database, and says what differs from dbt, a line each. */
export async function runCase(
  test: ConformanceCase,
  recorded: readonly RecordedRun[],
  around: RunSurroundings,
): Promise<readonly string[]> {
  for (const [file, text] of test.files) writeIn(around.folder, file, text);
  const differences: string[] = [];
  let previous: RecordedRelations = {};
  let nInvoked = 0;
  for (const step of test.steps) {
    if (step.kind !== 'invoke') {
      await change(step, around);
      continue;
    }
    const expected = recorded[nInvoked++];
    if (expected === undefined) return [...differences, `nothing is recorded for ${step.command}`];
    differences.push(...compareInvocation(step, expected, around));
    if (expected.relations === undefined) continue;
    previous = expected.relations === 'same_as_previous_step' ? previous : expected.relations;
    differences.push(...compareRelations(previous, await readRelations(around.session)));
  }
  return differences;
}

function writeIn(folder: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

async function change(step: Exclude<Step, { kind: 'invoke' }>, { folder, session }: RunSurroundings): Promise<void> {
  if (step.kind === 'write') for (const [file, text] of Object.entries(step.files)) writeIn(folder, file, text);
  if (step.kind === 'delete') rmSync(path.join(folder, step.path));
  if (step.kind === 'sql') await session.execute(step.sql, { fetch: false });
}

type Invocation = Extract<Step, { kind: 'invoke' }>;

function compareInvocation(step: Invocation, expected: RecordedRun, around: RunSurroundings): readonly string[] {
  const results = path.join(around.folder, 'target', 'run_results.json');
  rmSync(results, { force: true });
  const places = ['--project-dir', around.folder, '--profiles-dir', around.profiles, '--target', step.target];
  const vars = step.vars === undefined ? [] : ['--vars', step.vars];
  const run = spawnSync(process.execPath, [around.cli, ...shellWords(step.command), ...places, ...vars], {
    encoding: 'utf8',
    env: { ...process.env, ...step.env },
    timeout: 120_000,
  });
  const success = run.status === 0;
  if (success !== expected.success) {
    return [`${step.command}: ${success ? 'success' : 'failure'}, not so in dbt\n${(run.stdout + run.stderr).slice(-800)}`];
  }
  return existsSync(results) ? compareResults(expected.results ?? [], readResults(results)) : [];
}

interface ActualResult {
  readonly unique_id: string;
  readonly status: string;
  readonly failures: number | null;
  readonly message: string | null;
}

const readResults = (file: string): readonly ActualResult[] =>
  (JSON.parse(readFileSync(file, 'utf8')) as { readonly results: readonly ActualResult[] }).results;

function compareResults(expected: readonly RecordedResult[], actual: readonly ActualResult[]): readonly string[] {
  const byId = new Map(actual.map(result => [result.unique_id, result]));
  return expected.flatMap(wanted => {
    const got = byId.get(wanted.unique_id);
    if (got === undefined) return [`${wanted.unique_id} has no result`];
    if (got.status !== wanted.status) {
      return [`${wanted.unique_id} is ${got.status}, not ${wanted.status}: ${got.message ?? ''}`];
    }
    return compareFigures(wanted, got);
  });
}

/** Messages that quote the warehouse, or paths of dbt's own macros, are worth no comparison. */
const NOT_OURS = /LINE \d|macros\/|target\/run|not of type/;

function compareFigures(wanted: RecordedResult, got: ActualResult): readonly string[] {
  const isData = /^(?:test|unit_test)\./.test(wanted.unique_id);
  const differences: string[] = [];
  if (isData && wanted.failures !== undefined && wanted.failures !== got.failures) {
    differences.push(`${wanted.unique_id} has ${got.failures ?? 'no'} failures, not ${wanted.failures}`);
  }
  const fold = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
  const message = wanted.message;
  if (message !== undefined && !NOT_OURS.test(message) && fold(message) !== fold(got.message ?? '')) {
    differences.push(`${wanted.unique_id} says ${JSON.stringify(got.message)}, not ${JSON.stringify(message)}`);
  }
  return differences;
}
