import type { Offset } from '../base/text-range.ts';
import type { Compiled } from '../dbt/compile/compiled.ts';
import { emptyMap, type Data, type DataMap } from '../dbt/manifest/data.ts';
import { Float } from '../render/value.ts';
import type { FileId } from '../render/rendered.ts';
import type { Expression } from '../syntax/jinja/nodes.ts';
import { parseJinja } from '../syntax/jinja/parse.ts';
import { asCall, asString, namedArgument, type CallView } from '../syntax/jinja/views.ts';
import type { CapturedNode } from './engine.ts';

/**
 * What a Python model uses and configures: its calls of `dbt.ref`, `dbt.source` and `dbt.config` with literal
 * arguments, which is all that dbt reads of it too. Calls and literals are spelled in Jinja as in Python.
 */
export function capturePython(code: string): CapturedNode {
  const calls = pythonCalls(code).map(({ call }) => call);
  const named = (name: string): readonly CallView[] => calls.filter(({ path }) => path[1] === name);
  return {
    problem: undefined,
    refs: named('ref').flatMap(refOf),
    sources: named('source').flatMap(({ positional: [source, table] }) => {
      const names = { source: asString(source)?.value, table: asString(table)?.value };
      return names.source === undefined || names.table === undefined
        ? []
        : [{ source: names.source, table: names.table }];
    }),
    config: new Map([...named('config').flatMap(call => [...configOf(call)]), ...keysAsked(code)]),
    macros: [],
  };
}

/** A Python model as it stands: it has no SQL. `nodes` are what its refs and sources mean. */
export function compiledPython(file: FileId, code: string, start: number, nodes: readonly string[]): Compiled {
  const { refs, sources } = capturePython(code);
  const origin = { file, start, end: start + code.length };
  const segments =
    code === '' ? [] : [{ start: 0, end: code.length, origin, kind: 'verbatim' as const, frame: undefined }];
  const text = { text: code, segments };
  return { ...text, problem: undefined, own: text, ephemerals: [], refs, sources, nodes, macros: [], guessed: false };
}

/** Whether a file holds Python. */
export const isPython = (file: FileId): boolean => file.endsWith('.py');

const CALL = /\bdbt\.(?:ref|source|config)\s*\((?:[^()"']|"[^"\n]*"|'[^'\n]*')*\)/g;

const CONFIG_GET = /\bdbt\.config\.(?:meta_)?get\s*\((?:[^()"']|"[^"\n]*"|'[^'\n]*')*\)/g;

/** The literal calls of `dbt.…`, each with what to add to its offsets to get those of the file. */
export function pythonCalls(
  code: string,
  calls = CALL,
): readonly { readonly call: CallView; readonly shift: Offset }[] {
  return [...code.matchAll(calls)].flatMap(({ 0: text, index }) => {
    const [output] = parseJinja(`{{${text}}}`).body;
    const call = output?.kind === 'output' ? asCall(output.expression) : undefined;
    return call === undefined ? [] : [{ call, shift: index - '{{'.length }];
  });
}

function refOf(call: CallView): CapturedNode['refs'] {
  const [first, second] = call.positional.map(asString);
  const name = second ?? first;
  if (name === undefined) return [];
  const version = namedArgument(call, 'version') ?? namedArgument(call, 'v');
  const literalVersion = version === undefined ? undefined : literal(version);
  return [
    {
      package: second === undefined ? undefined : first?.value,
      name: name.value,
      version: typeof literalVersion === 'string' || typeof literalVersion === 'number' ? literalVersion : undefined,
    },
  ];
}

const configOf = (call: CallView): DataMap => new Map(call.named.map(({ name, value }) => [name, literal(value)]));

/** The keys that a model asks `dbt.config.get` and `dbt.config.meta_get` for, which dbt notes in its configuration. */
function keysAsked(code: string): DataMap {
  const calls = pythonCalls(code, CONFIG_GET).map(({ call }) => call);
  if (calls.length === 0) return emptyMap;
  return new Map(
    (['get', 'meta_get'] as const).flatMap(method => {
      const asked = calls.filter(({ path, positional }) => path[2] === method && positional.length > 0);
      const prefix = method === 'get' ? 'config' : 'meta';
      return [
        [`${prefix}_keys_used`, asked.flatMap(({ positional: [key] }) => (key === undefined ? [] : [literal(key)]))],
        [
          `${prefix}_keys_defaults`,
          asked.map(({ positional: [, value] }) => (value === undefined ? null : literal(value))),
        ],
      ] as const;
    }),
  );
}

/** The value of a literal; null for anything that has to be computed. */
function literal(node: Expression): Data {
  if (node.kind === 'string' || node.kind === 'constant') return node.value;
  if (node.kind === 'number') return node.float ? new Float(Number(node.value)) : node.value;
  if (node.kind === 'list' || node.kind === 'tuple') return node.items.map(literal);
  if (node.kind !== 'dict') return null;
  return new Map(node.pairs.map(({ key, value }) => [asString(key)?.value ?? '', literal(value)]));
}
