import type { Compiled } from '../dbt/compile/compiled.ts';
import { emptyMap, type Data, type DataMap, type DataScalar } from '../dbt/manifest/data.ts';
import type { RefCall, SourceCall, UniqueId } from '../dbt/manifest/node.ts';
import type { FileId, RenderProblem } from '../render/rendered.ts';
import { Float } from '../render/value.ts';
import type { TextRange } from '../base/text-range.ts';
import { lineTable, positionAt } from '../base/line-table.ts';
import { parseJinja } from '../syntax/jinja/parse.ts';
import type { DbtCall, PythonArgument } from '../syntax/python/dbt-calls.ts';
import type { PythonLiteral, PythonString } from '../syntax/python/literal.ts';
import { parsePythonModel } from '../syntax/python/parse.ts';
import type { Use } from './db.ts';
import type { CapturedNode } from './engine.ts';

/** Whether a file holds Python. */
export const isPython = (file: FileId): boolean => file.endsWith('.py');

/**
 * What a Python model uses and configures: its calls of `dbt.ref`, `dbt.source`, `dbt.config`, `dbt.config.get` and
 * `dbt.config.meta_get`, whose arguments dbt takes only as literals. `start` is where the code begins in its file.
 */
export function capturePython(file: FileId, code: string, start: number): CapturedNode {
  const { calls, mistake } = parsePythonModel(code);
  const problemAt = (range: TextRange, message: string, errorClass = 'ParsingError'): RenderProblem => {
    const shifted = { start: range.start + start, end: range.end + start };
    return { errorClass, message, file, range: shifted, frame: undefined };
  };
  const wrong = mistake === undefined ? undefined : problemAt(mistake, mistake.message);
  return {
    problem: jinjaIn(code, problemAt) ?? wrong ?? mistakeInCalls(code, calls, problemAt),
    refs: named(calls, 'ref').flatMap(refOf),
    sources: named(calls, 'source').flatMap(sourceOf),
    config: configOf(calls),
    macros: [],
  };
}

/** A Python model as it stands: it has no SQL. `nodes` are what its refs and sources mean. */
export function compiledPython(model: {
  readonly file: FileId;
  readonly code: string;
  readonly start: number;
  readonly refs: readonly RefCall[];
  readonly sources: readonly SourceCall[];
  readonly nodes: readonly UniqueId[];
}): Compiled {
  const { file, code, start, refs, sources, nodes } = model;
  const origin = { file, start, end: start + code.length };
  const whole = { start: 0, end: code.length, origin, kind: 'verbatim' as const, frame: undefined };
  const text = { text: code, segments: code === '' ? [] : [whole] };
  const certain = { problem: undefined, guessed: false, asksCommand: false };
  return { ...text, ...certain, own: text, ephemerals: [], refs, sources, nodes, macros: [] };
}

/** The literal uses in a Python model, with their places in its text. */
export function usesInPython(text: string): readonly Use[] {
  return parsePythonModel(text).calls.flatMap((call): readonly Use[] => {
    const callRange = { start: call.start, end: call.end };
    const [first, second] = stringsOf(call);
    if (first === undefined) return [];
    if (call.name === 'source' && second !== undefined) {
      const names = { source: first.value, table: second.value };
      return [{ kind: 'source', ...names, range: first.content, tableRange: second.content, callRange }];
    }
    if (call.name !== 'ref') return [];
    const { package: packageName, name, version } = refOf(call)[0] ?? {};
    if (name === undefined) return [];
    const packageRange = second === undefined ? undefined : first.content;
    const range = (second ?? first).content;
    return [{ kind: 'ref', package: packageName, name, version: version ?? undefined, range, packageRange, callRange }];
  });
}

type ProblemAt = (range: TextRange, message: string, errorClass?: string) => RenderProblem;

/** dbt renders the code and wants it back unchanged. */
function jinjaIn(code: string, problemAt: ProblemAt): RenderProblem | undefined {
  const { body, problems } = parseJinja(code);
  const [problem] = problems;
  if (problem !== undefined) return problemAt(problem, problem.message, problem.errorClass);
  const tag = body.find(({ kind }) => kind !== 'text');
  return tag && problemAt(tag, 'No jinja in python model code is allowed');
}

function mistakeInCalls(code: string, calls: readonly DbtCall[], problemAt: ProblemAt): RenderProblem | undefined {
  const computed = calls.flatMap(call => call.arguments).find(({ value }) => value === undefined);
  if (computed !== undefined) return problemAt(computed, notLiteral(code, computed), 'PythonLiteralEvalError');
  for (const call of calls) {
    const message = wrongCount(call);
    if (message !== undefined) return problemAt(call, message, call.name === 'ref' ? 'RefArgsError' : 'ParsingError');
  }
  return undefined;
}

/** Python names the object by its address, which nobody can know. */
function notLiteral(code: string, { start, kind }: PythonArgument): string {
  const line = positionAt(lineTable(code), start).line + 1;
  return [
    'Error when trying to literal_eval an arg to dbt.ref(), dbt.source(), dbt.config() or dbt.config.get() ',
    `malformed node or string on line ${line}: <ast.${kind} object>`,
    'https://docs.python.org/3/library/ast.html#ast.literal_eval',
    'In dbt python model, `dbt.ref`, `dbt.source`, `dbt.config`, `dbt.config.get` function args only support Python literal structures',
  ].join('\n');
}

function wrongCount({ name, arguments: given }: DbtCall): string | undefined {
  const { length } = given.filter(argument => argument.name === undefined);
  if (name === 'ref') {
    return length === 1 || length === 2 ? undefined : `ref() takes at most two arguments (${length} given)`;
  }
  if (name !== 'config.get' && name !== 'config.meta_get') return undefined;
  if (length === 0) return `dbt.${name}() requires at least one argument`;
  return length > 2 ? `dbt.${name}() takes at most 2 arguments (${length} given)` : undefined;
}

const named = (calls: readonly DbtCall[], name: DbtCall['name']): readonly DbtCall[] =>
  calls.filter(call => call.name === name);

const positionals = (call: DbtCall): readonly (PythonLiteral | undefined)[] =>
  call.arguments.filter(({ name }) => name === undefined).map(({ value }) => value);

/** The positional arguments, when all are texts. */
function stringsOf(call: DbtCall): readonly PythonString[] {
  const all = positionals(call);
  const texts = all.filter(value => value?.kind === 'string');
  return texts.length === all.length && texts.length <= 2 ? texts : [];
}

function refOf(call: DbtCall): readonly RefCall[] {
  const [first, second] = stringsOf(call);
  if (first === undefined) return [];
  const given = call.arguments.find(({ name }) => name === 'version' || name === 'v')?.value;
  const version = given === undefined ? undefined : dataOf(given);
  return [
    {
      package: second === undefined ? undefined : first.value,
      name: (second ?? first).value,
      version: typeof version === 'string' || typeof version === 'number' ? version : undefined,
    },
  ];
}

function sourceOf(call: DbtCall): readonly SourceCall[] {
  const [source, table] = stringsOf(call);
  return source === undefined || table === undefined ? [] : [{ source: source.value, table: table.value }];
}

/** The `dbt.config` calls merged, and the keys that the code asks for with what it takes when they are not set. */
function configOf(calls: readonly DbtCall[]): DataMap {
  const set = named(calls, 'config').reduce<DataMap>(
    (config, call) => new Map([...config, ...entriesOf(call)]),
    emptyMap,
  );
  const got = named(calls, 'config.get');
  const gotMeta = named(calls, 'config.meta_get');
  if (got.length === 0 && gotMeta.length === 0) return set;
  const argumentAt = (all: readonly DbtCall[], at: number): readonly Data[] =>
    all.map(call => {
      const value = positionals(call)[at];
      return value === undefined ? null : dataOf(value);
    });
  return new Map<string, Data>([
    ...(set as ReadonlyMap<string, Data>),
    ['config_keys_used', argumentAt(got, 0)],
    ['config_keys_defaults', argumentAt(got, 1)],
    ['meta_keys_used', argumentAt(gotMeta, 0)],
    ['meta_keys_defaults', argumentAt(gotMeta, 1)],
  ]);
}

function entriesOf(call: DbtCall): readonly (readonly [DataScalar, Data])[] {
  return call.arguments.flatMap(({ name, value }): readonly (readonly [DataScalar, Data])[] => {
    if (value === undefined) return [];
    if (name !== undefined) return [[name, dataOf(value)]];
    const data = dataOf(value);
    return data instanceof Map ? [...(data as DataMap)] : [];
  });
}

function dataOf(literal: PythonLiteral): Data {
  switch (literal.kind) {
    case 'none':
      return null;
    case 'boolean':
    case 'string':
      return literal.value;
    case 'integer':
      return Number.isSafeInteger(Number(literal.value)) ? Number(literal.value) : literal.value;
    case 'float':
      return new Float(literal.value);
    case 'list':
    case 'tuple':
    case 'set':
      return literal.items.map(dataOf);
    case 'dict':
      return new Map(literal.pairs.map(([key, value]) => [scalarOf(key), dataOf(value)]));
  }
}

/** A key of a dict; a tuple, which YAML does not know as a key, is none. */
function scalarOf(literal: PythonLiteral): DataScalar {
  const data = dataOf(literal);
  return typeof data === 'object' && data !== null && !(data instanceof Float) ? null : (data as DataScalar);
}
