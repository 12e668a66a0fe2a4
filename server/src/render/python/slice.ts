import { Dict, HostObject, List, Markup, Tuple, Undefined, type Value } from '../value.ts';
import { failUndefined, raise } from './error.ts';
import { characters, strOf, substring } from './strings.ts';
import { typeName } from './type-name.ts';

/** The indexes a slice picks from a sequence of `length` items. */
export interface SliceIndexes {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
}

/** An object that can be sliced: a `range`. */
export abstract class Sliceable extends HostObject {
  /** `self[start:stop:step]`, with the indexes resolved against `length()`. */
  abstract slice(indexes: SliceIndexes): Value;
}

/** `value[start:stop:step]`; a part that is not given is `null`. */
export function slice(value: Value, start: Value, stop: Value, step: Value): Value {
  const text = strOf(value);
  if (text !== undefined) return sliceText(value, text, start, stop, step);
  if (value instanceof List) return new List(pick(value.items, sliceIndexes(value.items.length, start, stop, step)));
  if (value instanceof Tuple) return new Tuple(pick(value.items, sliceIndexes(value.items.length, start, stop, step)));
  if (value instanceof Sliceable) return value.slice(sliceIndexes(value.length() ?? 0, start, stop, step));
  if (value instanceof Undefined) return value.flavour === 'capturing' ? value : failUndefined(value);
  if (value instanceof Dict) raise('TypeError', "unhashable type: 'slice'");
  return raise('TypeError', `'${typeName(value)}' object is not subscriptable`);
}

function sliceText(value: Value, text: string, start: Value, stop: Value, step: Value): Value {
  const all = characters(text);
  const indexes = sliceIndexes(all.length, start, stop, step);
  const picked =
    indexes.step === 1
      ? substring(text, indexes.start, Math.max(indexes.start, indexes.stop))
      : pick(all, indexes).join('');
  return value instanceof Markup ? new Markup(picked) : picked;
}

function pick<T>(items: readonly T[], { start, stop, step }: SliceIndexes): T[] {
  if (step === 1) return items.slice(start, Math.max(start, stop));
  const picked: T[] = [];
  for (let index = start; step > 0 ? index < stop : index > stop; index += step) {
    const item = items[index];
    if (item !== undefined) picked.push(item);
  }
  return picked;
}

/** Python's `slice(start, stop, step).indices(length)`. */
export function sliceIndexes(length: number, start: Value, stop: Value, step: Value): SliceIndexes {
  const by = sliceIndex(step) ?? 1;
  if (by === 0) raise('ValueError', 'slice step cannot be zero');
  const lowest = by < 0 ? -1 : 0;
  const highest = by < 0 ? length - 1 : length;
  const clamp = (index: number): number => (index < 0 ? Math.max(index + length, lowest) : Math.min(index, highest));
  const from = sliceIndex(start);
  const to = sliceIndex(stop);
  return {
    start: from === undefined ? (by < 0 ? highest : lowest) : clamp(from),
    stop: to === undefined ? (by < 0 ? lowest : highest) : clamp(to),
    step: by,
  };
}

function sliceIndex(value: Value): number | undefined {
  if (value === null) return undefined;
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint') return value > 0n ? Number.MAX_SAFE_INTEGER : -Number.MAX_SAFE_INTEGER;
  return raise('TypeError', 'slice indices must be integers or None or have an __index__ method');
}
