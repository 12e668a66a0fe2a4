import { Dict, HostObject, List, PySet, Tuple, Undefined, type DictEntry, type HashKey, type Value } from '../value.ts';
import { raise } from './error.ts';
import { identityKey } from './hash.ts';
import { characters, codePointLength, strOf } from './strings.ts';
import { typeName } from './type-name.ts';
import { makeItems, spend, spendOnItems } from './meter.ts';

/** The values of `for x in value`; raises Python's TypeError when it is not iterable. */
export function iterate(value: Value): Iterable<Value> {
  return iterable(value) ?? raise('TypeError', `'${typeName(value)}' object is not iterable`);
}

/** The values of `for x in value`, or `undefined` when it is not iterable. */
export function iterable(value: Value): Iterable<Value> | undefined {
  // An array's iterator sees what is appended or removed on the way, as Python's does.
  if (value instanceof List || value instanceof Tuple) return value.items;
  const text = strOf(value);
  if (text !== undefined) return characters(text);
  if (value instanceof Dict) return keysOf(value);
  if (value instanceof PySet) return guarded(value.entries, 'Set', it => it);
  if (value instanceof Undefined) return [];
  return value instanceof HostObject ? value.iterate() : undefined;
}

/** The keys of a dict; growing or shrinking it on the way is Python's RuntimeError. */
export function keysOf(dict: Dict): Iterable<Value> {
  return guarded(dict.entries, 'dictionary', entry => entry.key);
}

/** The values of a dict, guarded as its keys are. */
export function valuesOf(dict: Dict): Iterable<Value> {
  return guarded(dict.entries, 'dictionary', entry => entry.value);
}

/** The pairs of a dict, guarded as its keys are. */
export function itemsOf(dict: Dict): Iterable<Tuple> {
  return guarded(dict.entries, 'dictionary', ({ key, value }: DictEntry) => new Tuple([key, value]));
}

function* guarded<E, V>(entries: ReadonlyMap<HashKey, E>, what: string, view: (entry: E) => V): Generator<V, void> {
  const size = entries.size;
  spendOnItems(size);
  for (const entry of entries.values()) {
    yield view(entry);
    if (entries.size !== size) raise('RuntimeError', `${what} changed size during iteration`);
  }
}

/** `list(value)` as an array of its own. */
export function toArray(value: Value): Value[] {
  if (value instanceof List || value instanceof Tuple) {
    makeItems(value.items.length);
    return value.items.slice();
  }
  const items: Value[] = [];
  for (const item of iterate(value)) {
    // An iterator may have no end (`itertools.count()`).
    if ((items.length & 1023) === 1023) makeItems(items.length);
    items.push(item);
  }
  spendOnItems(items.length);
  return items;
}

/** `len(value)`; raises Python's TypeError when it has none. */
export function lengthOf(value: Value): number {
  return knownLength(value) ?? raise('TypeError', `object of type '${typeName(value)}' has no len()`);
}

/** `len(value)`, or `undefined` when it has none. */
export function knownLength(value: Value): number | undefined {
  if (value instanceof List || value instanceof Tuple) return value.items.length;
  if (value instanceof Dict || value instanceof PySet) return value.entries.size;
  const text = strOf(value);
  if (text !== undefined) return codePointLength(text);
  if (value instanceof Undefined) return 0;
  return value instanceof HostObject ? value.length() : undefined;
}

/**
 * An iterator as Python makes one: it can be walked once, and every walk goes on where the last one stopped.
 * Nothing is drawn from the source before it is asked for.
 */
export class PyIterator extends HostObject {
  readonly typeName: string;
  readonly #source: Iterator<Value>;
  constructor(typeName: string, source: Iterable<Value>) {
    super();
    this.typeName = typeName;
    this.#source = source[Symbol.iterator]();
  }

  /** The next value, or `undefined` at the end. */
  next(): Value | undefined {
    spend(1);
    const step = this.#source.next();
    return step.done === true ? undefined : step.value;
  }

  override *iterate(): Generator<Value, void> {
    for (let value = this.next(); value !== undefined; value = this.next()) yield value;
  }

  override truthy(): boolean {
    return true;
  }

  override hashKey(): HashKey {
    return identityKey(this);
  }

  repr(): string {
    return `<${this.typeName} object>`;
  }
}
