import { Callable, Dict, Float, List, Marked, Markup, PySet, Spanned, Tuple, Undefined, type Value } from '../value.ts';

/** `bool(value)`. */
export function truthy(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.length > 0;
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'bigint') return true;
  return value !== null && objectTruthy(value);
}

function objectTruthy(value: Exclude<Value, null | string | number | bigint | boolean>): boolean {
  if (value instanceof Undefined) return false;
  if (value instanceof List || value instanceof Tuple) return value.items.length > 0;
  if (value instanceof Dict || value instanceof PySet) return value.entries.size > 0;
  if (value instanceof Float) return value.value !== 0;
  if (value instanceof Spanned || value instanceof Markup || value instanceof Marked) return value.text.length > 0;
  if (value instanceof Callable) return true;
  return value.truthy();
}
