import { dictSet } from '../../render/python/hash.ts';
import {
  Dict,
  Float,
  HostObject,
  List,
  Marked,
  Markup,
  PySet,
  Spanned,
  Tuple,
  type Value,
} from '../../render/value.ts';
import { isList, isMap, Timestamp, type Data, type DataMap, type DataScalar } from './data.ts';

/** Makes a Python date or datetime of a YAML one; without it a date is its text. */
export type MakeTimestamp = (timestamp: Timestamp) => Value;

/** Data as a template sees it: lists and dicts are new and may be changed by the template without harm. */
export function toValue(data: Data, makeTimestamp: MakeTimestamp = ({ text }) => text): Value {
  if (data instanceof Timestamp) return makeTimestamp(data);
  if (isList(data)) return new List(data.map(item => toValue(item, makeTimestamp)));
  if (isMap(data)) return toDict(data, makeTimestamp);
  return data;
}

/** A mapping as the dict a template sees. */
export function toDict(data: DataMap, makeTimestamp?: MakeTimestamp): Dict {
  const dict = new Dict();
  for (const [key, value] of data) dictSet(dict, toValue(key, makeTimestamp), toValue(value, makeTimestamp));
  return dict;
}

/** What a template's value says as data; `undefined` when some part of it is no data: a function, an undefined, a relation. */
export function fromValue(value: Value): Data | undefined {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Float) return value;
  if (value instanceof Spanned || value instanceof Markup || value instanceof Marked) return value.text;
  if (value instanceof List || value instanceof Tuple) return dataList(value.items);
  if (value instanceof PySet) return dataList([...value.entries.values()]);
  if (value instanceof Dict) return dataMap(value);
  return value instanceof HostObject ? dataOfObject(value) : undefined;
}

function dataList(items: readonly Value[]): readonly Data[] | undefined {
  const data: Data[] = [];
  for (const item of items) {
    const one = fromValue(item);
    if (one === undefined) return undefined;
    data.push(one);
  }
  return data;
}

function dataMap(dict: Dict): DataMap | undefined {
  const map = new Map<DataScalar, Data>();
  for (const entry of dict.entries.values()) {
    const key = fromValue(entry.key);
    const value = fromValue(entry.value);
    if (key === undefined || value === undefined || isList(key) || isMap(key)) return undefined;
    map.set(key, value);
  }
  return map;
}

/** Dates keep their kind; any other object is data only as far as its JSON is. */
function dataOfObject(object: HostObject): Data | undefined {
  if (object.typeName === 'date' || object.typeName === 'datetime') {
    return new Timestamp(object.typeName, object.toText());
  }
  const json = object.toJson();
  return json === undefined ? undefined : fromValue(json);
}
