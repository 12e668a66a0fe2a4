import { codePath } from '../run/artifacts.ts';
import { isFailure, type NodeFailure, type NodeResult, type NodeStatus } from '../run/result.ts';
import type { RunOutcome } from '../run/run.ts';
import { logLine, type LogEvent } from './log-event.ts';
import { complain, note, type Output } from './output.ts';
import { placed, placeOf } from './problems.ts';
import { targetFolder, type Invocation } from './project.ts';
import { secondsText } from './run-printer.ts';
import path from 'node:path';

/** Prints what went wrong in each node that did not end well, with its place in the project's files. */
export function printFailures(invocation: Invocation, results: readonly NodeResult[]): void {
  if (invocation.output.format === 'json') return;
  const shown = results.filter(({ status }) => TOLD.has(status));
  for (const result of shown) printResult(invocation, result);
}

const BROKEN: ReadonlySet<NodeStatus> = new Set(['error', 'partial success', 'fail']);
const TOLD: ReadonlySet<NodeStatus> = new Set([...BROKEN, 'warn']);

function printResult(invocation: Invocation, result: NodeResult): void {
  const { terminal, style } = invocation.output;
  const paint = result.status === 'warn' ? style.yellow : style.red;
  terminal.line('');
  terminal.line(
    `${paint(result.status)}: ${style.bold(nameOf(invocation, result))}${whereDeclared(invocation, result)}`,
  );
  const message = result.failure?.message ?? result.message ?? '';
  for (const line of message.split('\n')) terminal.line(`  ${line}`);
  if (result.failure !== undefined) printPlace(invocation, result.failure);
  const code = codeFile(invocation, result);
  if (code !== undefined) terminal.line(`  ${style.dim(code)}`);
  const rows = storedRows(invocation, result);
  if (rows !== undefined) terminal.line(`  ${style.dim(`rows: select * from ${rows}`)}`);
}

/** The relation that a test has left the rows in that fail it. */
function storedRows({ db }: Invocation, { id, status }: NodeResult): string | undefined {
  return status === 'fail' || status === 'warn' ? db.manifest().nodes.get(id)?.relation.relationName : undefined;
}

/** Why nothing ran at all. */
export function printRefusal(invocation: Invocation, failure: NodeFailure): void {
  complain(invocation.output, failure.message);
  if (invocation.output.format === 'text') printPlace(invocation, failure);
}

function printPlace(invocation: Invocation, { place }: NodeFailure): void {
  if (place === undefined) return;
  const { terminal, style } = invocation.output;
  terminal.line(placed(invocation, place.origin, style));
  for (const call of place.calls) {
    terminal.line(`  ${style.dim(`in macro ${call.macro}, called from ${placeOf(invocation, call.origin)}`)}`);
  }
}

function nameOf({ db }: Invocation, { id }: NodeResult): string {
  const node = db.node(id);
  return node === undefined ? id : `${node.resourceType.replace('_', ' ')} ${node.name}`;
}

function whereDeclared({ db, output }: Invocation, { id, failure }: NodeResult): string {
  const node = db.node(id);
  // A place says it more exactly.
  if (node === undefined || failure?.place !== undefined) return '';
  return output.style.dim(` (${node.file})`);
}

function codeFile(invocation: Invocation, { id, compiledSql, status }: NodeResult): string | undefined {
  const node = invocation.db.node(id);
  if (node === undefined || compiledSql === undefined || status === 'error') return undefined;
  const folder = path.relative(process.cwd(), targetFolder(invocation));
  return `query: ${path.join(folder, 'compiled', codePath(node))}`;
}

/** One line that counts how everything ended. */
export function printSummary(invocation: Invocation, outcome: Exclude<RunOutcome, { kind: 'refused' }>): void {
  const { output } = invocation;
  const { terminal, style, format, isQuiet } = output;
  const counts = countText(outcome.results, style);
  if (format === 'json') {
    return terminal.line(logLine(completed(outcome)));
  }
  if (isQuiet && !outcome.results.some(it => BROKEN.has(it.status))) return;
  const how = outcome.kind === 'cancelled' ? style.yellow('Cancelled') : 'Done';
  terminal.line('');
  terminal.line(`${style.bold(how)} in ${secondsText(outcome.seconds)}: ${counts}`);
  const isUndone = outcome.results.some(it => UNDONE.has(it.status));
  const again = isUndone ? retryWords(invocation) : undefined;
  if (again !== undefined) note(output, style.dim(`${again} does what did not end well again, and what waits for it.`));
}

const UNDONE: ReadonlySet<NodeStatus> = new Set([...BROKEN, 'skipped', 'cancelled']);

/** The command that goes on with this run; none without the artifact that it reads. */
function retryWords({ arguments: given }: Invocation): string | undefined {
  if (given.switches.get('write-json') === false) return undefined;
  const places = ['project-dir', 'profiles-dir', 'target-path'].flatMap(name => {
    const folder = given.texts.get(name);
    return folder === undefined ? [] : [`--${name} ${folder}`];
  });
  return ['sluice retry', ...places].join(' ');
}

function completed({ kind, results, seconds }: Exclude<RunOutcome, { kind: 'refused' }>): LogEvent {
  const success = kind === 'done' && !results.some(it => isFailure(it.status));
  const data = { success, elapsed: seconds, counts: counted(results) };
  return { name: 'CommandCompleted', code: 'Q039', level: 'info', message: `${kind} in ${secondsText(seconds)}`, data };
}

function counted(results: readonly NodeResult[]): Readonly<Partial<Record<NodeStatus, number>>> {
  const counts: Partial<Record<NodeStatus, number>> = {};
  for (const { status } of results) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function countText(results: readonly NodeResult[], style: Output['style']): string {
  const counts = counted(results);
  const parts: readonly (readonly [number, string, (text: string) => string])[] = [
    [(counts.success ?? 0) + (counts.pass ?? 0), 'ok', style.green],
    [counts.warn ?? 0, 'warned', style.yellow],
    [(counts.error ?? 0) + (counts.fail ?? 0), 'failed', style.red],
    [counts['partial success'] ?? 0, 'built in part', style.red],
    [counts.skipped ?? 0, 'skipped', style.dim],
    [counts.cancelled ?? 0, 'cancelled', style.dim],
  ];
  return parts
    .filter(([count], at) => count > 0 || at === 0)
    .map(([count, word, paint]) => paint(`${count} ${word}`))
    .join(', ');
}
