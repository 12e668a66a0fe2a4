import { List, type Callable, type CallContext, type Tuple, type Value } from '../../value.ts';
import {
  bindBuiltin,
  bindNone,
  bindOne,
  bindRange,
  indexArgument,
  parameters,
  positionalArguments,
} from '../arguments.ts';
import { sameItem } from '../compare.ts';
import { raise } from '../error.ts';
import { toArray } from '../iterate.ts';
import { sortKeyed } from '../sort.ts';
import { repr } from '../text.ts';
import { truthy } from '../truth.ts';
import { boundMethod, methodTable } from './method-table.ts';
import { makeItems, spend } from '../meter.ts';

/** A method of a list. */
export const listAttribute = (list: List, name: string): Callable | undefined => boundMethod(listMethods, list, name);

/** A method of a tuple. */
export const tupleAttribute = (tuple: Tuple, name: string): Callable | undefined =>
  boundMethod(tupleMethods, tuple, name);

const tupleMethods = methodTable<Tuple>({
  count: (tuple, args) => countOf(tuple.items, bindOne('tuple.count', args)),
  index: (tuple, args) => {
    const [value = null, start = 0, stop = tuple.items.length] = bindRange('tuple.index', args, 1, 3);
    const index = indexOf(tuple.items, value, start, stop);
    return index < 0 ? raise('ValueError', 'tuple.index(x): x not in tuple') : index;
  },
});

const listMethods = methodTable<List>({
  append: (list, args) => {
    list.items.push(bindOne('list.append', args));
    return null;
  },
  extend: (list, args) => {
    const items = toArray(bindOne('list.extend', args));
    makeItems(list.items.length + items.length);
    for (const item of items) list.items.push(item);
    return null;
  },
  insert: (list, args) => {
    const [index = 0, value = null] = bindRange('list.insert', args, 2, 2);
    moved(list);
    list.items.splice(clampIndex(indexArgument(index), list.items.length), 0, value);
    return null;
  },
  pop: (list, args) => popItem(list, bindRange('list.pop', args, 0, 1)[0]),
  remove: (list, args) => {
    const value = bindOne('list.remove', args);
    const index = list.items.findIndex(it => sameItem(it, value));
    if (index < 0) raise('ValueError', 'list.remove(x): x not in list');
    moved(list);
    list.items.splice(index, 1);
    return null;
  },
  clear: (list, args) => {
    bindNone('list.clear', args);
    list.items.length = 0;
    return null;
  },
  copy: (list, args) => {
    bindNone('list.copy', args);
    makeItems(list.items.length);
    return new List(list.items.slice());
  },
  reverse: (list, args) => {
    bindNone('list.reverse', args);
    makeItems(list.items.length);
    list.items.reverse();
    return null;
  },
  count: (list, args) => countOf(list.items, bindOne('list.count', args)),
  index: (list, args) => {
    const [value = null, start = 0, stop = list.items.length] = bindRange('list.index', args, 1, 3);
    const index = indexOf(list.items, value, start, stop);
    return index < 0 ? raise('ValueError', `${repr(value)} is not in list`) : index;
  },
  sort: (list, args, context) => {
    if (args.positional.length > 0) raise('TypeError', 'sort() takes no positional arguments');
    const [key = null, reverse = false] = bindBuiltin('sort', parameters(['key', null], ['reverse', false]), args);
    sortInPlace(list.items, key, truthy(reverse), context);
    return null;
  },
});

/** Counts the work of moving the items behind one that comes or goes. */
const moved = (list: List): void => spend(list.items.length >> 6);

const countOf = (items: readonly Value[], value: Value): number => items.filter(it => sameItem(it, value)).length;

const clampIndex = (index: number, length: number): number =>
  index < 0 ? Math.max(index + length, 0) : Math.min(index, length);

/** An index beyond any list is as good as its end. */
const boundArgument = (value: Value): number =>
  typeof value === 'bigint' ? Math.sign(Number(value)) * Number.MAX_SAFE_INTEGER : indexArgument(value);

function indexOf(items: readonly Value[], value: Value, start: Value, stop: Value): number {
  const from = clampIndex(boundArgument(start), items.length);
  const to = clampIndex(boundArgument(stop), items.length);
  for (let index = from; index < to; index++) if (sameItem(items[index] ?? null, value)) return index;
  return -1;
}

function popItem(list: List, at: Value | undefined): Value {
  const { items } = list;
  const given = at === undefined ? -1 : indexArgument(at);
  if (items.length === 0) raise('IndexError', 'pop from empty list');
  const index = given < 0 ? given + items.length : given;
  if (index < items.length - 1) moved(list);
  const [item] = index < 0 ? [] : items.splice(index, 1);
  return item === undefined ? raise('IndexError', 'pop index out of range') : item;
}

function sortInPlace(items: Value[], key: Value, reverse: boolean, context: CallContext): void {
  // CPython empties the list while it sorts, which a key function can see.
  const keyed = items.splice(0).map(item => ({
    item,
    key: key === null ? item : context.call(key, positionalArguments(item)),
  }));
  const sorted = sortKeyed(keyed, { reverse });
  for (const item of sorted) items.push(item);
}
