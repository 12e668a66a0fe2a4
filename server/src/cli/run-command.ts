import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { UniqueId } from '../dbt/manifest/node.ts';
import { wallMoment } from '../dbt/microbatch/moment.ts';
import { readText, replaceText, writeText } from '../host/files.ts';
import type { ModelDb } from '../model/db.ts';
import { SEEN_FILE, withSeen, type SeenRelation } from '../model/seen-relations.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { commandTypes, type RunCommand } from '../run/plan.ts';
import type { Artifact } from '../run/artifacts.ts';
import type { ContinuedRun } from '../run/microbatch-node.ts';
import { runProject } from '../run/run.ts';
import { isFailure } from '../run/result.ts';
import type { Arguments } from './arguments.ts';
import { jsonPrinter } from './json-printer.ts';
import { writeManifest } from './parse-command.ts';
import { nothingSelected } from './nothing-selected.ts';
import { note, refuse } from './output.ts';
import { stopsOnErrors } from './problems.ts';
import { targetFolder, type Invocation } from './project.ts';
import { grouped, RunPrinter } from './run-printer.ts';
import { printFailures, printRefusal, printSummary } from './run-summary.ts';
import { selectedIds } from './selection.ts';
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
  return outcome.kind === 'cancelled' || outcome.results.some(result => isFailure(result.status)) ? 1 : 0;
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

/** Leaves what was seen of built relations to the editor. */
function remember(invocation: Invocation, seen: readonly SeenRelation[]): void {
  if (seen.length === 0 || invocation.arguments.switches.get('write-json') === false) return;
  const file = path.join(targetFolder(invocation), SEEN_FILE);
  replaceText(file, withSeen(readText(file), seen));
}

/** Writes artifacts below the target folder, unless `--no-write-json` forbids the JSON ones. */
export function artifactWriter(invocation: Invocation): (artifact: Artifact) => void {
  const folder = targetFolder(invocation);
  const writesJson = invocation.arguments.switches.get('write-json') ?? true;
  return ({ path: name, text }) => {
    const file = path.join(folder, name);
    if (!name.endsWith('.json')) writeText(file, text);
    else if (writesJson) replaceText(file, text);
  };
}
