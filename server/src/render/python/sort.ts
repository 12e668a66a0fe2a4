import type { Value } from '../value.ts';
import { ordered } from './compare.ts';

/** An item and the value it is sorted by. */
export interface Keyed {
  readonly item: Value;
  readonly key: Value;
}

/** CPython inserts up to this many items one by one; beyond, the order of comparisons cannot be seen in a message. */
const insertionLimit = 64;

/** The items in the order of their keys. Equal keys keep their order, also when reversed, as Python's sort does. */
export function sortKeyed(keyed: readonly Keyed[], options: { readonly reverse?: boolean } = {}): Value[] {
  const reverse = options.reverse === true;
  const sorted = sortBy(reverse ? keyed.toReversed() : keyed, (a, b) => ordered('<', a.key, b.key));
  const items = sorted.map(it => it.item);
  return reverse ? items.reverse() : items;
}

/** The items in the order of `isLess`; those of which none is less keep their order. */
export function sortBy<T>(items: readonly T[], isLess: (a: T, b: T) => boolean): T[] {
  if (items.length < insertionLimit) return insertionSorted(items, isLess);
  return items.toSorted((a, b) => (isLess(a, b) ? -1 : isLess(b, a) ? 1 : 0));
}

/** CPython's sort of short lists: the run at the start, then binary insertion. Errors name operands in its order. */
function insertionSorted<T>(items: readonly T[], isLess: (a: T, b: T) => boolean): T[] {
  const sorted = leadingRun(items, isLess);
  for (const pivot of items.slice(sorted.length)) {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = low + ((high - low) >> 1);
      const other = sorted[middle];
      if (other !== undefined && isLess(pivot, other)) high = middle;
      else low = middle + 1;
    }
    sorted.splice(low, 0, pivot);
  }
  return sorted;
}

/** The items at the start that are in order already, or in strictly falling order and then turned round. */
function leadingRun<T>(items: readonly T[], isLess: (a: T, b: T) => boolean): T[] {
  const falls = (at: number): boolean => {
    const [before, current] = [items[at - 1], items[at]];
    return before !== undefined && current !== undefined && isLess(current, before);
  };
  if (items.length < 2) return items.slice();
  const falling = falls(1);
  let end = 2;
  while (end < items.length && falls(end) === falling) end++;
  const run = items.slice(0, end);
  return falling ? run.reverse() : run;
}

/** `sorted(values)`. */
export function sortValues(values: readonly Value[], options: { readonly reverse?: boolean } = {}): Value[] {
  return sortKeyed(
    values.map(it => ({ item: it, key: it })),
    options,
  );
}
