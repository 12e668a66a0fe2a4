import { Sliceable } from './python/slice.ts';
import { Dict, List, PySet, Spanned, Tuple } from './value.ts';
import type { Value } from './value.ts';

/** The longest text and the longest list that an expression may make. */
export const MAX_TEXT = 50_000_000;
export const MAX_ITEMS = 10_000_000;

/**
 * How many steps it costs to do something with the whole of a value: nothing for the ordinary ones, so that only
 * templates that work on huge values pay.
 */
export function weightOf(value: Value): number {
  if (typeof value === 'string') return value.length >> 10;
  if (typeof value !== 'object' || value === null) return 0;
  if (value instanceof List || value instanceof Tuple) return beyondFew(value.items.length);
  if (value instanceof Spanned) return value.text.length >> 10;
  if (value instanceof Dict || value instanceof PySet) return beyondFew(value.entries.size);
  // Only a range says how long it is without doing anything.
  return value instanceof Sliceable ? beyondFew(value.length() ?? 0) : 0;
}

/** Whether a value is larger than any that a template needs. */
export function isTooLarge(value: Value): boolean {
  if (typeof value === 'string') return value.length > MAX_TEXT;
  if (value instanceof List || value instanceof Tuple) return value.items.length > MAX_ITEMS;
  return false;
}

/** Short lists are free. */
const beyondFew = (count: number): number => (count < 8 ? 0 : count);

/** Whether a constant is large enough that making it belongs to running the template, where it is counted. */
export const isLargeConstant = (value: Value): boolean => weightOf(value) > 1000;
