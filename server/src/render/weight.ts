import { makeText, spend, spendOnItems, spendOnText } from './python/meter.ts';
import { Sliceable } from './python/slice.ts';
import { Dict, List, PySet, Spanned, Tuple } from './value.ts';
import type { Value } from './value.ts';

/** Counts the work of doing something with the whole of a value. What looks at the items counts each of them itself. */
export function weigh(value: Value): void {
  if (typeof value === 'string') spendOnText(value.length);
  else if (typeof value === 'object' && value !== null) weighObject(value);
}

function weighObject(value: Exclude<Value, null | string | number | bigint | boolean>): void {
  if (value instanceof Spanned) spendOnText(value.text.length);
  else if (value instanceof List || value instanceof Tuple) spendOnItems(value.items.length);
  else if (value instanceof Dict || value instanceof PySet) spendOnItems(value.entries.size);
  // Only a range says how long it is without doing anything.
  else if (value instanceof Sliceable) spendOnItems(value.length() ?? 0);
}

/** Counts the work of having made a value, and refuses a text that is longer than any template needs. */
export function made(value: Value): Value {
  if (typeof value === 'string') makeText(value.length);
  return value;
}

/** Counts the work of joining texts, which costs as much as the shorter of them, and refuses a result without end. */
export function joined(length: number, added: number): void {
  spend(added >> 6);
  makeText(length > LONG ? length : 0);
}

const LONG = 100_000;

/** Whether a constant is large enough that making it belongs to running the template, where it is counted. */
export function isLargeConstant(value: Value): boolean {
  if (typeof value === 'string') return value.length > 100_000;
  if (value instanceof List || value instanceof Tuple) return value.items.length > 1000;
  return value instanceof Dict || value instanceof PySet ? value.entries.size > 1000 : false;
}
