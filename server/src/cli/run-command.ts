import { availableParallelism } from 'node:os';
import type { UniqueId } from '../dbt/manifest/node.ts';
import { wallMoment } from '../dbt/microbatch/moment.ts';
import type { ModelDb } from '../model/db.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { commandTypes, type RunCommand } from '../run/plan.ts';
import type { ContinuedRun } from '../run/microbatch-node.ts';
import { runProject } from '../run/run.ts';
import { isFailure, type NodeResult } from '../run/result.ts';
import type { Arguments } from './arguments.ts';
import { artifactWriter, remember } from './artifact-writer.ts';
import { jsonPrinter } from './json-printer.ts';
import { writeManifest } from './parse-command.ts';
import { nothingSelected } from './nothing-selected.ts';
import { note, refuse } from './output.ts';
import { stopsOnErrors } from './problems.ts';
import type { Invocation } from './project.ts';
import { grouped, RunPrinter } from './run-printer.ts';
import { printFailures, printRefusal, printSummary } from './run-summary.ts';
import { selectedIds } from './selection.ts';
import { showNodes } from './show-command.ts';
import { takesForError } from './warn-errors.ts';
import { bundle, withWarehouse } from './warehouse.ts';

/** `run`, `build`, `test`, `seed`, `snapshot`: works on the selected nodes in the warehouse. Answers the exit code. */
export async function runCommand(invocation: Invocation, command: RunCommand): Promise<number> {
  const { output } = invocation;
  const mistake = eventTimeMistake(invocation.arguments);
  if (mistake !== undefined) return refuse(output, mistake);
  if (stopsOnErrors(invocation)) return 2;
  const selected = selectedIds(invocation, commandTypes[command]);
  if (!selected.ok) return refuse(output, selected.failure.message);
  if (selected.value.length === 0) return nothingSelected(invocation);
  return runNodes(invocation, command, selected.value);
}

/** Works on these nodes in the warehouse, prints what happens and leaves the artifacts. Answers the exit code. */
export function runNodes(
  invocation: Invocation,
  command: RunCommand,
  selected: readonly UniqueId[],
  continued?: ContinuedRun,
): Promise<number> {
  return withWarehouse(invocation, warehouse => runSelected(invocation, { command, selected, continued, warehouse }));
}

interface Work {
  readonly command: RunCommand;
  readonly selected: readonly UniqueId[];
  readonly continued: ContinuedRun | undefined;
  readonly warehouse: Warehouse;
}

async function runSelected(invocation: Invocation, { command, selected, continued, warehouse }: Work): Promise<number> {
  const { db, input, output, clock, signal, arguments: given } = invocation;
  announce(invocation, command, selected);
  const printer = output.format === 'json' ? jsonPrinter(output.terminal, db) : new RunPrinter(output);
  const flags = { ...input.settings.flags, selected_resources: selected };
  const outcome = await runProject({
    db,
    input: { ...input, settings: { ...input.settings, flags } },
    command,
    selected,
    ...(continued === undefined ? {} : { continued }),
    warehouse,
    threads: threadsOf(invocation),
    failFast: given.switches.get('fail-fast') ?? false,
    warnError: takesForError(given, 'LogTestResult'),
    workerFile: bundle('render-worker.cjs'),
    clock,
    signal,
    onEvent: event => printer.show(event),
    onArtifact: artifactWriter(invocation),
    onSeen: seen => remember(invocation, seen),
  });
  printer.end();
  if (outcome.kind === 'refused') {
    printRefusal(invocation, outcome.failure);
    return 1;
  }
  if (given.switches.get('write-json') ?? true) writeManifest(invocation, outcome.results);
  printFailures(invocation, outcome.results);
  printSummary(invocation, outcome);
  await showSeeds(invocation, outcome.results, warehouse);
  return outcome.kind === 'cancelled' || outcome.results.some(result => isFailure(result.status)) ? 1 : 0;
}

/** `--show`: the first rows of each seed that was loaded. */
async function showSeeds(invocation: Invocation, results: readonly NodeResult[], warehouse: Warehouse): Promise<void> {
  const { db, output, arguments: given } = invocation;
  if (given.switches.get('show') !== true || output.format === 'json') return;
  const ids = results.flatMap(({ id, status }) =>
    status === 'success' && db.node(id)?.resourceType === 'seed' ? [id] : [],
  );
  if (ids.length > 0) await showNodes(invocation, ids, warehouse, 'table');
}

/** What is wrong with `--event-time-start` and `--event-time-end`, in dbt's words; each needs the other. */
function eventTimeMistake({ texts }: Arguments): string | undefined {
  const [start, end] = ['event-time-start', 'event-time-end'].map(name => texts.get(name));
  const wrong = [start, end].find(text => text !== undefined && wallMoment(text) === undefined);
  if (wrong !== undefined) return `'${wrong}' is no time such as 2024-09-17 or 2024-09-17T16:00:00.`;
  if (start === undefined && end === undefined) return undefined;
  if (start === undefined || end === undefined) {
    const [given, missing] = start === undefined ? ['end', 'start'] : ['start', 'end'];
    return `The flag \`--event-time-${given}\` was specified, but \`--event-time-${missing}\` was not. When specifying \`--event-time-${given}\`, \`--event-time-${missing}\` must also be present.`;
  }
  const isOrdered = (wallMoment(start) ?? 0) < (wallMoment(end) ?? 0);
  return isOrdered ? undefined : 'Value for `--event-time-start` must be less than `--event-time-end`';
}

/**
 * The threads to work with. DuckDB works in this machine and takes every core for one statement, so more threads than
 * cores only cost; who asks for a number gets it.
 */
function threadsOf({ db, arguments: given }: Invocation): number {
  const { threads, adapterType } = db.project();
  return (
    given.numbers.get('threads') ?? (adapterType === 'duckdb' ? Math.min(threads, availableParallelism()) : threads)
  );
}

/** Which project, where to, and how much of it. */
function announce(invocation: Invocation, command: RunCommand, selected: readonly UniqueId[]): void {
  const { db, output } = invocation;
  const { name, targetName, adapterType } = db.project();
  const { bold, dim } = output.style;
  note(
    output,
    `${bold(name ?? '')} ${dim(`${command} on ${targetName ?? ''} (${adapterType ?? ''}):`)} ${contents(db, selected)}`,
  );
  note(output, '');
}

/** `2 seeds, 12 models, 40 tests`. */
function contents(db: ModelDb, selected: readonly UniqueId[]): string {
  const counts = new Map<string, number>();
  for (const id of selected) {
    const type = db.node(id)?.resourceType.replace('_', ' ') ?? '';
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return [...counts].map(([type, count]) => `${grouped(count)} ${type}${count === 1 ? '' : 's'}`).join(', ');
}
