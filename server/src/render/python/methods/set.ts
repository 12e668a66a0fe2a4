import { PySet, type Callable, type HashKey, type Value } from '../../value.ts';
import { bindNone, bindOne, refuseNamed } from '../arguments.ts';
import { raise } from '../error.ts';
import { hashKey, setAdd, setOf } from '../hash.ts';
import { iterate } from '../iterate.ts';
import { repr } from '../text.ts';
import { boundMethod, methodTable } from './method-table.ts';
import { spend } from '../meter.ts';

/** A method of a set. */
export const setAttribute = (set: PySet, name: string): Callable | undefined => boundMethod(setMethods, set, name);

type Entries = ReadonlyMap<HashKey, Value>;

const entriesOf = (value: Value): Entries => (value instanceof PySet ? value.entries : setOf(iterate(value)).entries);

function restricted(entries: Entries, keep: (key: HashKey) => boolean): Map<HashKey, Value> {
  spend(entries.size);
  return new Map([...entries].filter(([key]) => keep(key)));
}

const difference = (set: Entries, others: readonly Value[]): Map<HashKey, Value> =>
  others
    .map(entriesOf)
    .reduce<Map<HashKey, Value>>((rest, other) => restricted(rest, key => !other.has(key)), new Map(set));

const intersection = (set: Entries, others: readonly Value[]): Map<HashKey, Value> =>
  others
    .map(entriesOf)
    .reduce<Map<HashKey, Value>>((rest, other) => restricted(rest, key => other.has(key)), new Map(set));

function symmetricDifference(set: Entries, other: Entries): Map<HashKey, Value> {
  const left = restricted(set, key => !other.has(key));
  for (const [key, value] of other) if (!set.has(key)) left.set(key, value);
  return left;
}

function replaceEntries(set: PySet, entries: ReadonlyMap<HashKey, Value>): null {
  spend(entries.size);
  const kept = [...entries];
  set.entries.clear();
  for (const [key, value] of kept) set.entries.set(key, value);
  return null;
}

function isSubset(part: Entries, whole: Entries): boolean {
  spend(part.size);
  return [...part.keys()].every(key => whole.has(key));
}

const setMethods = methodTable<PySet>({
  add: (set, args) => {
    setAdd(set, bindOne('set.add', args));
    return null;
  },
  remove: (set, args) => {
    const value = bindOne('set.remove', args);
    // Python looks a set up as the frozenset it equals, and no template can make one of those.
    if (value instanceof PySet) raise('KeyError', repr(value));
    return set.entries.delete(hashKey(value)) ? null : raise('KeyError', repr(value));
  },
  discard: (set, args) => {
    const value = bindOne('set.discard', args);
    if (!(value instanceof PySet)) set.entries.delete(hashKey(value));
    return null;
  },
  pop: (set, args) => {
    bindNone('set.pop', args);
    for (const [key, value] of set.entries) {
      set.entries.delete(key);
      return value;
    }
    return raise('KeyError', repr('pop from an empty set'));
  },
  clear: (set, args) => {
    bindNone('set.clear', args);
    set.entries.clear();
    return null;
  },
  copy: (set, args) => {
    bindNone('set.copy', args);
    spend(set.entries.size);
    return new PySet(new Map(set.entries));
  },
  update: (set, args) => {
    refuseNamed('set.update', args);
    for (const other of args.positional) for (const value of iterate(other)) setAdd(set, value);
    return null;
  },
  union: (set, args) => {
    refuseNamed('set.union', args);
    spend(set.entries.size);
    const made = new PySet(new Map(set.entries));
    for (const other of args.positional) for (const value of iterate(other)) setAdd(made, value);
    return made;
  },
  difference: (set, args) => {
    refuseNamed('set.difference', args);
    return new PySet(difference(set.entries, args.positional));
  },
  difference_update: (set, args) => {
    refuseNamed('set.difference_update', args);
    return replaceEntries(set, difference(set.entries, args.positional));
  },
  intersection: (set, args) => {
    refuseNamed('set.intersection', args);
    return new PySet(intersection(set.entries, args.positional));
  },
  intersection_update: (set, args) => {
    refuseNamed('set.intersection_update', args);
    return replaceEntries(set, intersection(set.entries, args.positional));
  },
  symmetric_difference: (set, args) =>
    new PySet(symmetricDifference(set.entries, entriesOf(bindOne('set.symmetric_difference', args)))),
  symmetric_difference_update: (set, args) => {
    const other = entriesOf(bindOne('set.symmetric_difference_update', args));
    return replaceEntries(set, symmetricDifference(set.entries, other));
  },
  isdisjoint: (set, args) => {
    const other = entriesOf(bindOne('set.isdisjoint', args));
    return [...other.keys()].every(key => !set.entries.has(key));
  },
  issubset: (set, args) => isSubset(set.entries, entriesOf(bindOne('set.issubset', args))),
  issuperset: (set, args) => isSubset(entriesOf(bindOne('set.issuperset', args)), set.entries),
});
