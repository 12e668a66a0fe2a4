import { Float } from '../../render/value.ts';
import { emptyMap, type Data, type DataMap } from './data.ts';

/**
 * Data from plain JavaScript values, as a command line or the editor's settings hold them. What is no data (functions,
 * `undefined`) becomes null.
 */
export function dataOfPlain(value: unknown): Data {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : new Float(value);
  return typeof value === 'object' ? dataOfObject(value) : null;
}

function dataOfObject(value: object | null): Data {
  if (value === null || value instanceof Float) return value;
  if (Array.isArray(value)) return value.map(dataOfPlain);
  if (value instanceof Map) return new Map([...(value as DataMap)].map(([key, item]) => [key, dataOfPlain(item)]));
  return dataMapOfPlain(value as Readonly<Record<string, unknown>>);
}

/** A mapping from a plain object. */
export function dataMapOfPlain(record: Readonly<Record<string, unknown>>): DataMap {
  const entries = Object.entries(record);
  return entries.length === 0 ? emptyMap : new Map(entries.map(([key, value]) => [key, dataOfPlain(value)]));
}
