import { Dict, HostObject, PySet, Tuple, Undefined, type Callable, type Value } from '../../value.ts';
import { bindNone, bindRange } from '../arguments.ts';
import { equal, sameItem } from '../compare.ts';
import { failUndefined, raise } from '../error.ts';
import { dictCopy, dictGet, dictSet, hashKey } from '../hash.ts';
import { itemsOf, iterate, iterable, keysOf, PyIterator, toArray, valuesOf } from '../iterate.ts';
import { repr } from '../text.ts';
import { boundMethod, methodTable } from './method-table.ts';
import { spendOnItems } from '../meter.ts';

/** A method of a dict. */
export const dictAttribute = (dict: Dict, name: string): Callable | undefined => boundMethod(dictMethods, dict, name);

const dictMethods = methodTable<Dict>({
  get: (dict, args) => {
    const [key = null, fallback = null] = bindRange('dict.get', args, 1, 2);
    const value = dictGet(dict, key);
    return value === undefined ? fallback : value;
  },
  keys: (dict, args) => {
    bindNone('dict.keys', args);
    return new DictView(dict, 'dict_keys');
  },
  values: (dict, args) => {
    bindNone('dict.values', args);
    return new DictView(dict, 'dict_values');
  },
  items: (dict, args) => {
    bindNone('dict.items', args);
    return new DictView(dict, 'dict_items');
  },
  update: (dict, args) => {
    const [other] = bindRange('dict.update', { positional: args.positional, named: new Map() }, 0, 1);
    if (other !== undefined) updateDict(dict, other);
    for (const [name, value] of args.named) dict.setString(name, value);
    return null;
  },
  pop: (dict, args) => {
    const [key = null, fallback] = bindRange('dict.pop', args, 1, 2);
    // An empty dict does not even hash the key.
    if (dict.entries.size === 0) return fallback === undefined ? raise('KeyError', repr(key)) : fallback;
    const hash = hashKey(key);
    const entry = dict.entries.get(hash);
    if (entry === undefined) return fallback ?? (fallback === null ? null : raise('KeyError', repr(key)));
    dict.entries.delete(hash);
    return entry.value;
  },
  popitem: (dict, args) => {
    bindNone('dict.popitem', args);
    spendOnItems(dict.entries.size);
    const last = [...dict.entries.entries()].at(-1);
    if (last === undefined) return raise('KeyError', repr('popitem(): dictionary is empty'));
    dict.entries.delete(last[0]);
    return new Tuple([last[1].key, last[1].value]);
  },
  setdefault: (dict, args) => {
    const [key = null, fallback = null] = bindRange('dict.setdefault', args, 1, 2);
    const hash = hashKey(key);
    const entry = dict.entries.get(hash);
    if (entry !== undefined) return entry.value;
    dict.entries.set(hash, { key, value: fallback });
    return fallback;
  },
  copy: (dict, args) => {
    bindNone('dict.copy', args);
    return dictCopy(dict);
  },
  clear: (dict, args) => {
    bindNone('dict.clear', args);
    dict.entries.clear();
    return null;
  },
  fromkeys: (_dict, args) => {
    const [keys = null, value = null] = bindRange('dict.fromkeys', args, 1, 2);
    const made = new Dict();
    for (const key of iterate(keys)) dictSet(made, key, value);
    return made;
  },
});

/** `dict.update(other)`: the entries of a mapping, or pairs. */
export function updateDict(dict: Dict, other: Value): void {
  if (other instanceof Dict) {
    for (const { key, value } of other.entries.values()) dictSet(dict, key, value);
    return;
  }
  if (other instanceof Undefined && other.flavour !== 'capturing') failUndefined(other);
  if (other instanceof HostObject && other.attribute('keys') !== undefined && other.iterate() !== undefined) {
    for (const key of iterate(other)) dictSet(dict, key, other.item(key) ?? null);
    return;
  }
  let index = 0;
  for (const element of iterate(other)) {
    if (iterable(element) === undefined) {
      raise('TypeError', `cannot convert dictionary update sequence element #${index} to a sequence`);
    }
    const pair = toArray(element);
    if (pair.length !== 2) {
      raise('ValueError', `dictionary update sequence element #${index} has length ${pair.length}; 2 is required`);
    }
    dictSet(dict, pair[0] ?? null, pair[1] ?? null);
    index++;
  }
}

/** A live view of a dict: `dict.keys()`, `dict.values()`, `dict.items()`. */
export class DictView extends HostObject {
  readonly typeName: 'dict_keys' | 'dict_values' | 'dict_items';
  readonly dict: Dict;
  constructor(dict: Dict, type: 'dict_keys' | 'dict_values' | 'dict_items') {
    super();
    this.dict = dict;
    this.typeName = type;
  }

  override iterate(): Iterable<Value> {
    if (this.typeName === 'dict_keys') return keysOf(this.dict);
    return this.typeName === 'dict_values' ? valuesOf(this.dict) : itemsOf(this.dict);
  }

  override length(): number {
    return this.dict.entries.size;
  }

  override has(item: Value): boolean {
    if (this.typeName === 'dict_keys') return this.dict.entries.has(hashKey(item));
    if (this.typeName === 'dict_values') return [...this.iterate()].some(it => sameItem(it, item));
    if (!(item instanceof Tuple) || item.items.length !== 2) return false;
    const [key = null, value = null] = item.items;
    const found = dictGet(this.dict, key);
    return found !== undefined && equal(found, value);
  }

  override attribute(name: string): Value | undefined {
    if (name === 'mapping') return this.dict;
    if (name !== 'isdisjoint' || this.typeName === 'dict_values') return undefined;
    return boundMethod(viewMethods, this, name);
  }

  /** Keys and items are sets to `==`, values are only themselves. */
  override equals(other: Value): boolean {
    if (this === other) return true;
    if (this.typeName === 'dict_values') return false;
    const theirs = setLike(other);
    return theirs !== undefined && theirs.length === this.length() && theirs.every(it => this.has(it));
  }

  override arithmetic(
    operator: string,
    other: Value,
    { reflected }: { readonly reflected: boolean },
  ): Value | undefined {
    if (operator !== '-' || this.typeName === 'dict_values') return undefined;
    const result = new PySet();
    const left = reflected ? toArray(other) : [...this.iterate()];
    const right = reflected ? [...this.iterate()] : toArray(other);
    for (const item of left) result.entries.set(hashKey(item), item);
    for (const item of right) result.entries.delete(hashKey(item));
    return result;
  }

  /** Keys and items are ordered as sets are: by what they contain. */
  override compare(other: Value): number | undefined {
    const theirs = this.typeName === 'dict_values' ? undefined : setLike(other);
    if (theirs === undefined) return undefined;
    const nShared = theirs.filter(it => this.has(it)).length;
    if (nShared === theirs.length) return nShared === this.length() ? 0 : 1;
    return nShared === this.length() ? -1 : NaN;
  }

  repr(): string {
    const items = Array.from(this.iterate(), it => repr(it));
    return `${this.typeName}([${items.join(', ')}])`;
  }
}

const viewMethods = methodTable<DictView>({
  isdisjoint: (view, args) => {
    const [other = null] = bindRange('isdisjoint', args, 1, 1);
    return toArray(other).every(it => !view.has(it));
  },
});

function setLike(value: Value): Value[] | undefined {
  if (value instanceof PySet) return [...value.entries.values()];
  return value instanceof DictView && value.typeName !== 'dict_values' ? [...value.iterate()] : undefined;
}

/** `reversed(dict)` and of its views: the entries from the last. */
export function reversedEntries(value: Dict | DictView): PyIterator {
  const forward = value instanceof Dict ? keysOf(value) : value.iterate();
  const suffix =
    value instanceof Dict || value.typeName === 'dict_keys'
      ? 'key'
      : value.typeName === 'dict_values'
        ? 'value'
        : 'item';
  return new PyIterator(`dict_reverse${suffix}iterator`, [...forward].reverse());
}
