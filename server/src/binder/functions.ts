import type { DialectName } from '../syntax/sql/dialect.ts';
import { documentationOf } from './functions/documentation.ts';
import { tablesOf, type FunctionTable } from './functions/tables.ts';

/** What a function does with rows: one value from one row, one from many, one beside many, or rows. */
export type FunctionKind = 'scalar' | 'aggregate' | 'window' | 'table';

/** A parameter as it is shown. */
export interface FunctionParameter {
  readonly name: string;
  readonly type: string;
}

/** One way to call a function. */
export interface FunctionSignature {
  readonly parameters: readonly FunctionParameter[];
  /** Whether the last parameter may be given any number of times, also none. */
  readonly variadic: boolean;
  readonly result: string;
}

/** A function of a dialect, for the reader and for the binder. */
export interface FunctionInfo {
  readonly name: string;
  readonly kind: FunctionKind;
  readonly signatures: readonly FunctionSignature[];
  /** One line, where we have written one. */
  readonly documentation: string | undefined;
  /** Whose names of types the signatures use: the dialect's, or our own. */
  readonly types: FunctionTable['types'];
  /** Whether the engine itself listed the signatures, so that there are no others. */
  readonly isComplete: boolean;
}

const KINDS: Readonly<Record<string, FunctionKind>> = {
  s: 'scalar',
  m: 'scalar',
  a: 'aggregate',
  w: 'window',
  t: 'table',
};

/** A function before its signatures are read. */
interface Entry {
  readonly name: string;
  readonly kind: FunctionKind;
  readonly table: FunctionTable;
  readonly text: string;
}

const indexes = new Map<DialectName, ReadonlyMap<string, readonly Entry[]>>();
const infos = { value: new Map<DialectName, Infos>(), table: new Map<DialectName, Infos>() };

/** The functions that were asked for so far, by lower-case name. */
type Infos = Map<string, FunctionInfo | undefined>;

/** The functions of a dialect by lower-case name. A name in an earlier table hides it in the later ones. */
function indexOf(dialect: DialectName): ReadonlyMap<string, readonly Entry[]> {
  const known = indexes.get(dialect);
  if (known !== undefined) return known;
  const index = new Map<string, readonly Entry[]>();
  for (const table of tablesOf(dialect)) {
    const own = new Map<string, Entry[]>();
    for (const line of table.text.split('\n')) {
      const [, letter = '', names = '', text = ''] = /^\s*([a-z]) ([\w, $]+): ?(.*)$/.exec(line) ?? [];
      const kind = KINDS[letter];
      if (kind === undefined) continue;
      for (const name of names.split(', ')) {
        own.set(name.toLowerCase(), [...(own.get(name.toLowerCase()) ?? []), { name, kind, table, text }]);
      }
    }
    for (const [name, entries] of own) {
      const before = index.get(name);
      const kinds = new Set(before?.map(it => it.kind === 'table'));
      // A table function and a function of values may share their name.
      const added = entries.filter(it => !kinds.has(it.kind === 'table'));
      if (added.length > 0) index.set(name, [...(before ?? []), ...added]);
    }
  }
  indexes.set(dialect, index);
  return index;
}

/** The function of values that a dialect has under a name; `undefined` when it is not known to have one. */
export function functionInfo(name: string, dialect: DialectName): FunctionInfo | undefined {
  return infoOf(name, dialect, 'value');
}

/** The function of rows that a dialect has under a name. */
export function tableFunctionInfo(name: string, dialect: DialectName): FunctionInfo | undefined {
  return infoOf(name, dialect, 'table');
}

function infoOf(name: string, dialect: DialectName, use: 'value' | 'table'): FunctionInfo | undefined {
  const key = name.toLowerCase();
  const asked = infos[use].get(dialect) ?? new Map<string, FunctionInfo | undefined>();
  const known = asked.get(key);
  if (known !== undefined || asked.has(key)) return known;
  if (asked.size === 0) infos[use].set(dialect, asked);
  const entries = (indexOf(dialect).get(key) ?? []).filter(it => (it.kind === 'table') === (use === 'table'));
  const [first] = entries;
  const info = first === undefined ? undefined : read(first, entries);
  asked.set(key, info);
  return info;
}

/** The names of all functions of a dialect, with those of rows among them. */
export function* functionsOf(dialect: DialectName): Generator<FunctionInfo> {
  for (const name of indexOf(dialect).keys()) {
    const info = functionInfo(name, dialect) ?? tableFunctionInfo(name, dialect);
    if (info !== undefined) yield info;
  }
}

function read(first: Entry, entries: readonly Entry[]): FunctionInfo {
  const signatures = entries.flatMap(it => it.text.split('; ').flatMap(signature));
  const aggregate = entries.find(it => it.kind === 'aggregate');
  return {
    name: first.name,
    kind: (aggregate ?? first).kind,
    signatures,
    documentation: documentationOf(first.name),
    types: first.table.types,
    isComplete: first.table.isComplete,
  };
}

function signature(text: string): readonly FunctionSignature[] {
  const arrow = text.lastIndexOf('> ');
  if (arrow < 0) return [];
  const list = splitList(text.slice(0, arrow).trim());
  const variadic = list.at(-1)?.endsWith('...') ?? false;
  const parameters = list.map(it => {
    const [, name = '', type = ''] = /^(\S+) (.+?)(?:\.\.\.)?$/.exec(it) ?? [];
    return { name, type };
  });
  return [{ parameters, variadic, result: text.slice(arrow + 2).trim() }];
}

/** A list at its outer commas. */
export function splitList(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    const letter = text[at];
    if (letter === '(' || letter === '<') depth++;
    else if (letter === ')' || letter === '>') depth--;
    else if (letter === undefined || (letter === ',' && depth === 0)) {
      const part = text.slice(start, at).trim();
      if (part !== '') parts.push(part);
      start = at + 1;
    }
  }
  return parts;
}
