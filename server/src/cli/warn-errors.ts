import { err, ok, type Result } from '../base/result.ts';
import { asMap, dataAt, stringList, textOfKey, type Data } from '../dbt/manifest/data.ts';
import { dataOf } from '../dbt/manifest/yaml-data.ts';
import type { Problem } from '../model/problems.ts';
import { parseYaml } from '../syntax/yaml/parse.ts';
import type { Arguments } from './arguments.ts';

/** Which warnings count as errors, by dbt's names for them. */
export interface WarnErrors {
  isError(event: string): boolean;
}

/** Reads `--warn-error` and `--warn-error-options`; the failure says what is wrong with the options. */
export function warnErrors(given: Arguments): Result<WarnErrors, string> {
  const text = given.texts.get('warn-error-options');
  if (text === undefined) {
    const all = given.switches.get('warn-error') ?? false;
    return ok({ isError: () => all });
  }
  const tree = parseYaml(text);
  const options = dataOf(tree.root);
  const unknown = [...(asMap(options)?.keys() ?? [])].map(textOfKey).find(key => !KEYS.includes(key));
  if (tree.problems.length > 0 || asMap(options) === undefined || unknown !== undefined) {
    return err(`--warn-error-options takes a YAML mapping such as '{error: all, silence: [NAME]}', not '${text}'.`);
  }
  return ok(readOptions(options));
}

const KEYS: readonly string[] = ['error', 'include', 'warn', 'exclude', 'silence'];

/** dbt 1.8 called `error` and `warn` `include` and `exclude`. */
function readOptions(options: Data): WarnErrors {
  const names = (...keys: readonly string[]): readonly string[] =>
    keys.flatMap(key => stringList(dataAt(options, key)));
  const errors = names('error', 'include');
  const others = new Set(names('warn', 'exclude', 'silence'));
  const all = errors.includes('all') || errors.includes('*');
  return { isError: event => (all || errors.includes(event)) && !others.has(event) };
}

/** Whether one warning, by dbt's name for it, counts as an error. */
export function takesForError(given: Arguments, event: string): boolean {
  const read = warnErrors(given);
  return read.ok && read.value.isError(event);
}

/** dbt's name for what a problem warns of; `undefined` for what dbt does not look at. */
function warningEvent({ code, severity }: Problem): string | undefined {
  return severity === 'warning' ? EVENTS.get(code) : undefined;
}

/** The problem, as an error where the command line takes such warnings for errors. */
export function asErrorIfWanted(problem: Problem, given: Arguments): Problem {
  const event = warningEvent(problem);
  if (event === undefined || !takesForError(given, event)) return problem;
  return { ...problem, severity: 'error', dbt: { class: 'EventCompilationError', message: problem.message } };
}

const EVENTS: ReadonlyMap<string, string> = new Map([
  ['unknown-entry', 'NoNodeForYamlKey'],
  ['unused-config-path', 'UnusedResourceConfigPath'],
  ['unknown-model', 'NodeNotFoundOrDisabled'],
  ['disabled-model', 'NodeNotFoundOrDisabled'],
  ['unknown-source', 'NodeNotFoundOrDisabled'],
  ['disabled-source', 'NodeNotFoundOrDisabled'],
]);
