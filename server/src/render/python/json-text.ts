import { withSurrogates } from '../../base/surrogate.ts';
import { Dict, Float, HostObject, List, Tuple, type Value } from '../value.ts';
import { raise } from './error.ts';
import { floatText } from './float.ts';
import { intText } from './int.ts';
import { sortValues } from './sort.ts';
import { strOf } from './strings.ts';
import { typeName } from './type-name.ts';
import { spend, spendOnText } from './meter.ts';

/** The options of Python's `json.dumps` that its callers use. */
export interface JsonOptions {
  readonly sortKeys?: boolean;
  /** What one level is indented by; without it everything stands on one line. */
  readonly indent?: string;
}

/** `json.dumps(value)`: ASCII only, a blank after commas and colons. */
export function toJsonText(value: Value, options: JsonOptions = {}): string {
  return write(value, options, '\n', []);
}

function write(value: Value, options: JsonOptions, lineStart: string, parents: readonly object[]): string {
  spend(3);
  const text = strOf(value);
  if (text !== undefined) return quoteJson(text);
  if (value === null) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number' || typeof value === 'bigint') return intText(value);
  if (value instanceof Float) return jsonFloat(value.value);
  if (value instanceof List || value instanceof Tuple) {
    const within = nestedParents(value, parents);
    const inner = lineStart + (options.indent ?? '');
    return wrapItems(
      '[',
      ']',
      value.items.map(item => write(item, options, inner, within)),
      options,
      lineStart,
    );
  }
  if (value instanceof Dict) return writeDict(value, options, lineStart, nestedParents(value, parents));
  const plain = value instanceof HostObject ? value.toJson() : undefined;
  if (plain !== undefined) return write(plain, options, lineStart, parents);
  const type = typeName(value);
  return raise('TypeError', `Object of type ${type.slice(type.lastIndexOf('.') + 1)} is not JSON serializable`);
}

function nestedParents(value: object, parents: readonly object[]): readonly object[] {
  return parents.includes(value) ? raise('ValueError', 'Circular reference detected') : [...parents, value];
}

function writeDict(dict: Dict, options: JsonOptions, lineStart: string, parents: readonly object[]): string {
  const inner = lineStart + (options.indent ?? '');
  const items = sortedEntries(dict, options).map(
    ({ key, value }) => `${quoteJson(jsonKey(key))}: ${write(value, options, inner, parents)}`,
  );
  return wrapItems('{', '}', items, options, lineStart);
}

function sortedEntries(dict: Dict, options: JsonOptions): readonly { readonly key: Value; readonly value: Value }[] {
  const entries = [...dict.entries.values()];
  if (options.sortKeys !== true) return entries;
  const pairs = sortValues(entries.map(({ key, value }) => new Tuple([key, value])));
  return pairs.map(pair => {
    const [key = null, value = null] = pair instanceof Tuple ? pair.items : [];
    return { key, value };
  });
}

function wrapItems(
  open: string,
  close: string,
  items: readonly string[],
  { indent }: JsonOptions,
  lineStart: string,
): string {
  if (items.length === 0) return open + close;
  if (indent === undefined) return open + items.join(', ') + close;
  const inner = lineStart + indent;
  return open + inner + items.join(`,${inner}`) + lineStart + close;
}

function jsonKey(key: Value): string {
  const text = strOf(key);
  if (text !== undefined) return text;
  if (key === null) return 'null';
  if (typeof key === 'boolean') return key ? 'true' : 'false';
  if (typeof key === 'number' || typeof key === 'bigint') return intText(key);
  if (key instanceof Float) return jsonFloat(key.value);
  return raise('TypeError', `keys must be str, int, float, bool or None, not ${typeName(key)}`);
}

function jsonFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? floatText(value) : value > 0 ? 'Infinity' : '-Infinity';
}

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
  '\b': '\\b',
};

function quoteJson(text: string): string {
  spendOnText(text.length);
  const body = withSurrogates(text).replace(
    /["\\]|[^\x20-\x7e]/g,
    it => shortEscapes[it] ?? `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${body}"`;
}
