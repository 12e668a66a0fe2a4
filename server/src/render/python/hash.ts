import {
  Callable,
  Dict,
  Float,
  HostObject,
  List,
  Marked,
  Markup,
  PySet,
  Spanned,
  Tuple,
  Undefined,
  stringKey,
  type HashKey,
  type Value,
} from '../value.ts';
import { raise } from './error.ts';
import { toInt } from './int.ts';
import { typeName } from './type-name.ts';
import { spend } from './meter.ts';

/** The key under which a dict or set holds the value; raises Python's TypeError for an unhashable one. */
export function hashKey(value: Value): HashKey {
  if (typeof value === 'string') return stringKey(value);
  if (typeof value === 'number' || typeof value === 'bigint' || value === null) return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Spanned || value instanceof Markup || value instanceof Marked) return stringKey(value.text);
  if (value instanceof Float) return floatKey(value.value);
  if (value instanceof Tuple) return tupleKey(value);
  if (value instanceof Undefined) return `u${value.flavour}`;
  if (value instanceof Callable) return identityKey(value);
  const key = value instanceof HostObject ? value.hashKey() : undefined;
  return key ?? raise('TypeError', `unhashable type: '${typeName(value)}'`);
}

function floatKey(value: number): HashKey {
  if (!Number.isInteger(value)) return value;
  return Number.isSafeInteger(value) ? value + 0 : toInt(BigInt(value));
}

function tupleKey(tuple: Tuple): HashKey {
  spend(tuple.items.length);
  const parts = tuple.items.map(item => {
    const key = hashKey(item);
    if (typeof key === 'string') return `${key.length}:${key}`;
    return key === null ? 'N' : String(key);
  });
  return `t${parts.length}(${parts.join(',')})`;
}

const identities = new WeakMap<object, number>();
let nIdentities = 0;

/** A key that only this very object has: what Python hashes objects by that define no equality. */
export function identityKey(object: object): HashKey {
  const known = identities.get(object);
  if (known !== undefined) return `o${known}`;
  nIdentities++;
  identities.set(object, nIdentities);
  return `o${nIdentities}`;
}

/** `dict[key]`, or `undefined` when the key is not there. */
export function dictGet(dict: Dict, key: Value): Value | undefined {
  return dict.entries.get(hashKey(key))?.value;
}

/** `dict[key] = value`, keeping the place and the spelling of a key that is there already. */
export function dictSet(dict: Dict, key: Value, value: Value): void {
  spend(2);
  const hash = hashKey(key);
  const entry = dict.entries.get(hash);
  if (entry === undefined) dict.entries.set(hash, { key, value });
  else entry.value = value;
}

/** A new dict with the same entries. */
export function dictCopy(dict: Dict): Dict {
  spend(dict.entries.size);
  const entries: Dict['entries'] = new Map();
  for (const [hash, { key, value }] of dict.entries) entries.set(hash, { key, value });
  return new Dict(entries);
}

/** A dict of pairs in order; a later pair with an equal key wins. */
export function dictOf(pairs: Iterable<readonly [Value, Value]>): Dict {
  const dict = new Dict();
  for (const [key, value] of pairs) dictSet(dict, key, value);
  return dict;
}

/** A set of the values. */
export function setOf(values: Iterable<Value>): PySet {
  const set = new PySet();
  for (const value of values) setAdd(set, value);
  return set;
}

/** Adds to a set; a value equal to one that is there changes nothing. */
export function setAdd(set: PySet, value: Value): void {
  spend(1);
  const hash = hashKey(value);
  if (!set.entries.has(hash)) set.entries.set(hash, value);
}

/** Whether a list, dict or set, which Python calls unhashable. */
export function isUnhashable(value: Value): boolean {
  return value instanceof List || value instanceof Dict || value instanceof PySet;
}
