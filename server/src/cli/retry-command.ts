import path from 'node:path';
import { err, ok, type Result } from '../base/result.ts';
import type { Batch } from '../dbt/microbatch/batches.ts';
import { readText } from '../host/files.ts';
import type { ContinuedRun } from '../run/microbatch-node.ts';
import type { Arguments } from './arguments.ts';
import { compileAgain } from './compile-command.ts';
import { generate } from './docs-command.ts';
import { note, refuse } from './output.ts';
import { operationCommand } from './operation-command.ts';
import { stopsOnErrors } from './problems.ts';
import { openProject, targetFolder, type Invocation } from './project.ts';
import { runNodes } from './run-command.ts';

/** `retry`: does again what the last run left undone, with that run's own flags. Answers the exit code. */
export async function retryCommand(invocation: Invocation): Promise<number> {
  const { arguments: given, output, signal, root } = invocation;
  const state = given.texts.get('state');
  const folder = state === undefined ? targetFolder(invocation) : path.resolve(root, state);
  const last = lastRun(path.join(folder, 'run_results.json'));
  if (!last.ok) return refuse(output, last.failure);
  const { command, flags, undone, startedAt, batches } = last.value;
  if (!isRetried(command)) return refuse(output, `The last command was '${command}', which cannot be retried.`);
  const project = openProject(withFlags(given, command, flags), output, signal);
  if (!project.ok) return refuse(output, project.failure);
  if (command === 'run-operation') {
    return undone.length === 0 ? nothingToRetry(invocation) : operationCommand(project.value);
  }
  if (stopsOnErrors(project.value)) return 2;
  const { db } = project.value;
  const nodes = undone.filter(id => db.node(id) !== undefined && !id.startsWith('operation.'));
  if (nodes.length === 0) return nothingToRetry(invocation);
  if (command === 'compile') return compileAgain(project.value, nodes);
  if (command === 'generate') return generate(project.value, nodes);
  return runNodes(project.value, command, nodes, { startedAt, batches });
}

function nothingToRetry({ output }: Invocation): number {
  note(output, 'Nothing to retry: everything of the last run ended well.');
  return 0;
}

const RETRIED = ['build', 'compile', 'clone', 'generate', 'run', 'test', 'seed', 'snapshot', 'run-operation'] as const;
type Retried = (typeof RETRIED)[number];
const isRetried = (command: string): command is Retried => RETRIED.some(it => it === command);

interface LastRun extends ContinuedRun {
  readonly command: string;
  readonly flags: Readonly<Record<string, unknown>>;
  readonly undone: readonly string[];
}

/** dbt's statuses of what did not end well, or never began. */
const UNDONE: ReadonlySet<unknown> = new Set(['error', 'fail', 'skipped', 'runtime error', 'partial success']);

function lastRun(file: string): Result<LastRun, string> {
  const text = readText(file);
  if (text === undefined) return err(`There is no run to retry: ${file} does not exist.`);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return err(`${file} is not what a run leaves behind: it is no JSON.`);
  }
  const { args, results, metadata } = record(content);
  if (!Array.isArray(results)) return err(`${file} is not what a run leaves behind: it has no results.`);
  const undone = results.map(record).flatMap(({ unique_id: id, status }) => {
    return typeof id === 'string' && UNDONE.has(status) ? [id] : [];
  });
  const { which } = record(args);
  const command = typeof which === 'string' ? which : 'unknown';
  return ok({
    command,
    flags: record(args),
    undone,
    startedAt: beginning(record(metadata)),
    batches: batchesIn(results),
  });
}

/** When a run began; dbt's older artifacts only say when it ended. */
function beginning({ invocation_started_at: began, generated_at: ended }: Readonly<Record<string, unknown>>): string {
  return [began, ended].find(it => typeof it === 'string') ?? '';
}

function batchesIn(results: readonly unknown[]): ContinuedRun['batches'] {
  return new Map(
    results.map(record).flatMap(({ unique_id: id, batch_results: batches }) => {
      const { successful, failed } = record(batches);
      return typeof id === 'string' ? [[id, { successful: pairs(successful), failed: pairs(failed) }] as const] : [];
    }),
  );
}

/** Pairs of times, as `batch_results` has them. */
function pairs(value: unknown): readonly Batch[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((pair: unknown) => {
    const [start, end] = (Array.isArray(pair) ? pair : []).map(time => Date.parse(String(time)));
    return start === undefined || end === undefined || Number.isNaN(start + end) ? [] : [{ start, end }];
  });
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  // Any object that is no list is a mapping here.
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** Flags that say where things are, what was selected, or how to print, belong to each invocation. */
const OWN: ReadonlySet<string> = new Set(
  [
    'which select exclude selector resource-type exclude-resource-type indirect-selection selected-resources',
    'project-dir profiles-dir target-path log-format log-level quiet debug use-colors help version',
    'warn-error warn-error-options write-json',
  ].flatMap(line => line.split(' ')),
);

/** The flags of the last run, under those that are given now; `--state` now says where that run's artifacts are. */
function withFlags(given: Arguments, command: Retried, flags: Readonly<Record<string, unknown>>): Arguments {
  const switches = new Map(given.switches);
  const texts = new Map([...given.texts].filter(([name]) => name !== 'state'));
  const numbers = new Map(given.numbers);
  for (const [key, value] of Object.entries(flags)) {
    const name = key.replaceAll('_', '-');
    if (OWN.has(name)) continue;
    if (typeof value === 'boolean' && !switches.has(name)) switches.set(name, value);
    if (typeof value === 'string' && !texts.has(name)) texts.set(name, value);
    if (typeof value === 'number' && !numbers.has(name)) numbers.set(name, value);
    if (name === 'vars' && !texts.has(name) && value !== null) texts.set(name, JSON.stringify(value));
  }
  const { macro } = flags;
  return {
    ...given,
    command: command === 'generate' ? 'docs generate' : command,
    words: typeof macro === 'string' ? [macro] : [],
    switches,
    texts,
    numbers,
  };
}
