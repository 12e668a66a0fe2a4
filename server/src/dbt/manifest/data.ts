import { Float } from '../../render/value.ts';

/**
 * What YAML and `config()` can say, as immutable data: the values of a template without its callables. A YAML float stays a
 * `Float` (`1.0` prints as Python prints it), a YAML date or timestamp stays one, and mappings keep the order and the
 * type of their keys.
 */
export type Data = DataScalar | readonly Data[] | DataMap;
export type DataScalar = null | boolean | number | bigint | string | Float | Timestamp;
export type DataMap = ReadonlyMap<DataScalar, Data>;

/** A YAML 1.1 date (`2020-01-31`) or timestamp, in the ISO spelling that Python's `str` gives it. */
export class Timestamp {
  readonly kind: 'date' | 'datetime';
  /** `2020-01-31`, or `2020-01-31 10:00:00+00:00`. */
  readonly text: string;
  constructor(kind: 'date' | 'datetime', text: string) {
    this.kind = kind;
    this.text = text;
  }

  /** As Python's `isoformat` spells it, with a `T` before the time. */
  get isoText(): string {
    return this.text.replace(' ', 'T');
  }
}

/** JSON as `JSON.stringify` takes it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export const emptyMap: DataMap = new Map();

export const isMap = (data: Data | undefined): data is DataMap => data instanceof Map;
export const isList = (data: Data | undefined): data is readonly Data[] => Array.isArray(data);

export const asString = (data: Data | undefined): string | undefined => (typeof data === 'string' ? data : undefined);
export const asBoolean = (data: Data | undefined): boolean | undefined =>
  typeof data === 'boolean' ? data : undefined;
export const asMap = (data: Data | undefined): DataMap | undefined => (isMap(data) ? data : undefined);
export const asList = (data: Data | undefined): readonly Data[] | undefined => (isList(data) ? data : undefined);

/** The entries of a mapping whose keys are strings, in order; nothing for anything else. */
export function stringEntries(data: Data | undefined): readonly (readonly [string, Data])[] {
  const found: [string, Data][] = [];
  for (const [key, value] of asMap(data) ?? emptyMap) if (typeof key === 'string') found.push([key, value]);
  return found;
}

/** The strings of a list, or the one string that stands for a list of one. */
export function stringList(data: Data | undefined): readonly string[] {
  if (typeof data === 'string') return [data];
  return (asList(data) ?? []).filter(item => typeof item === 'string');
}

/** The value at a path of string keys, or `undefined` where the path leaves the mappings. */
export function dataAt(data: Data | undefined, ...path: readonly string[]): Data | undefined {
  let at = data;
  for (const key of path) at = asMap(at)?.get(key);
  return at;
}

/** What stands at a path of keys and indexes; `undefined` where nothing does. */
export const dataUnder = (data: Data, path: readonly (string | number)[]): Data | undefined =>
  path.reduce<Data | undefined>((at, key) => (typeof key === 'number' ? asList(at)?.[key] : asMap(at)?.get(key)), data);

/** Whether two pieces of data are the same, order of keys included (order shows when a template prints them). */
export function sameData(a: Data, b: Data): boolean {
  if (Object.is(a, b)) return true;
  if (a instanceof Float) return b instanceof Float && Object.is(a.value, b.value);
  if (a instanceof Timestamp) return b instanceof Timestamp && a.text === b.text && a.kind === b.kind;
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, at) => sameData(item, b[at] ?? null));
  if (isMap(a)) return isMap(b) && a.size === b.size && sameEntries([...a], [...b]);
  return false;
}

function sameEntries(
  a: readonly (readonly [DataScalar, Data])[],
  b: readonly (readonly [DataScalar, Data])[],
): boolean {
  return a.every(([key, value], at) => {
    const other = b[at];
    return other !== undefined && sameData(key, other[0]) && sameData(value, other[1]);
  });
}

/** The data as JSON, as Python's `json.dumps` would write it: dates as text, keys as text, large integers as numbers. */
export function toJson(data: Data): Json {
  if (data instanceof Float) return Number.isFinite(data.value) ? data.value : null;
  if (data instanceof Timestamp) return data.text;
  if (typeof data === 'bigint') return Number(data);
  if (isList(data)) return data.map(toJson);
  if (isMap(data)) return Object.fromEntries([...data].map(([key, value]) => [textOfKey(key), toJson(value)]));
  return data;
}

/** The text that stands for a key where only text will do, as in JSON. */
export function textOfKey(key: DataScalar): string {
  if (key === null) return 'null';
  if (key instanceof Float) return String(key.value);
  if (key instanceof Timestamp) return key.text;
  return String(key);
}
