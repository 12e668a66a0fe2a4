import { asMap, emptyMap, textOfKey, type Data, type DataMap, type DataScalar } from './data.ts';

/** A key and its value; what is `undefined` is null. */
export type Field = readonly [string, Data | undefined];

/** A mapping in dbt's order of keys. */
export function fields(...entries: readonly Field[]): Map<DataScalar, Data> {
  const map = new Map<DataScalar, Data>();
  for (const entry of entries) map.set(entry[0], entry[1] ?? null);
  return map;
}

/** The wanted keys of a mapping in the order given, with their defaults, and after them whatever else it holds. */
export function withDefaults(data: DataMap | undefined, defaults: Readonly<Record<string, Data>>): DataMap {
  const own = data ?? emptyMap;
  const known = Object.entries(defaults).map(([key, value]) => [key, own.get(key) ?? value] as const);
  return new Map<DataScalar, Data>([...known, ...[...own].filter(([key]) => !Object.hasOwn(defaults, textOfKey(key)))]);
}

/** The wanted keys of a mapping alone. */
export function onlyFields(data: DataMap | undefined, defaults: Readonly<Record<string, Data>>): DataMap {
  const own = data ?? emptyMap;
  return new Map(Object.entries(defaults).map(([key, value]) => [key, own.get(key) ?? value]));
}

/** A mapping completed as `onlyFields` does, or null where there is none. */
export function optionalFields(data: Data | undefined, defaults: Readonly<Record<string, Data>>): Data {
  const map = asMap(data);
  return map === undefined ? null : onlyFields(map, defaults);
}
