import type { ModelDb } from '../model/db.ts';
import type { Problem } from '../model/problems.ts';
import type { FileId, Origin } from '../render/rendered.ts';
import { excerpt, placeText } from './excerpt.ts';
import { logLine } from './log-event.ts';
import { note, type Output } from './output.ts';
import type { Invocation } from './project.ts';
import { wrapped } from './text-width.ts';
import { asErrorIfWanted } from './warn-errors.ts';

/** All problems of a project, file by file. */
export function projectProblems({ db }: Invocation): readonly Problem[] {
  return [...filesRead(db).flatMap(file => db.problems(file)), ...db.projectProblems()];
}

/** What reading the project shows to be wrong: at these errors dbt stops before it compiles anything. */
export function readingProblems({ db, arguments: given }: Invocation): readonly Problem[] {
  const problems = [...filesRead(db).flatMap(file => db.parseProblems(file)), ...db.projectProblems()];
  return problems.map(problem => asErrorIfWanted(problem, given));
}

/** The files that dbt reads: SQL beside the project is only for those who ask it in the editor. */
const filesRead = (db: ModelDb): readonly FileId[] => db.files().filter(file => db.fileRole(file) !== 'scratch');

/**
 * Prints the mistakes that dbt would stop at before it does anything, and says whether there are any. Warnings are
 * counted only; `sluice parse` shows them.
 */
export function stopsOnErrors(invocation: Invocation): boolean {
  // A template that does not compile fails its own node and no other, when its turn comes.
  const problems = readingProblems(invocation);
  const errors = problems.filter(stopsDbt);
  for (const problem of errors) printProblem(invocation, problem);
  const nWarnings = problems.filter(it => it.severity === 'warning').length;
  if (errors.length === 0 && nWarnings > 0) {
    const { style } = invocation.output;
    note(
      invocation.output,
      style.dim(`${nWarnings} ${nWarnings === 1 ? 'warning' : 'warnings'} in the project; sluice parse shows them.`),
    );
  }
  return errors.length > 0;
}

/** Whether dbt would raise an exception for it. */
export const stopsDbt = (problem: Problem): boolean => problem.severity === 'error' && problem.dbt !== undefined;

/** Prints a problem with its place and the line it is on. */
export function printProblem(invocation: Invocation, problem: Problem): void {
  const { terminal: events, asides: terminal, style, format } = invocation.output;
  if (format === 'json') {
    const { severity, code, message, origin } = problem;
    const level = severity === 'error' ? 'error' : severity === 'warning' ? 'warn' : 'info';
    events.line(logLine({ name: 'Problem', level, message, data: { code, ...placeData(invocation, origin) } }));
    return;
  }
  const paint = problem.severity === 'error' ? style.red : problem.severity === 'warning' ? style.yellow : style.cyan;
  const label = `${problem.severity}[${problem.code}]: `;
  const [first = '', ...rest] = problem.message.split('\n').flatMap((line, at) => {
    return terminal.isLive ? wrapped(at === 0 ? label + line : line, terminal.width) : [at === 0 ? label + line : line];
  });
  terminal.line(`${paint(problem.severity)}${style.dim(`[${problem.code}]`)}: ${first.slice(label.length)}`);
  for (const line of rest) terminal.line(line);
  terminal.line(placed(invocation, problem.origin, style));
  for (const related of problem.related) {
    terminal.line(`  ${related.message}: ${style.cyan(placeOf(invocation, related.origin))}`);
  }
  terminal.line('');
}

/** `file:line:column` of an origin. */
export function placeOf({ db }: Invocation, origin: Origin): string {
  const text = db.text(origin.file);
  return text === undefined ? origin.file : placeText(origin.file, text, origin.start);
}

/** The place on a line of its own, and the excerpt below it. */
export function placed(invocation: Invocation, origin: Origin, style: Output['style']): string {
  const text = invocation.db.text(origin.file);
  const place = `  ${style.cyan(placeOf(invocation, origin))}`;
  if (text === undefined) return place;
  const width = invocation.output.asides.width - INDENT.length;
  const lines = excerpt(text, origin, style, width).split('\n');
  return [place, ...lines.map(line => INDENT + line)].join('\n');
}

const INDENT = '    ';

function placeData(invocation: Invocation, origin: Origin): Readonly<Record<string, unknown>> {
  return { file: origin.file, place: placeOf(invocation, origin) };
}
