import { Callable, Dict, Float, List, Marked, Markup, PySet, Spanned, Tuple, Undefined, type Value } from '../value.ts';

/** `bool(value)`. */
export function truthy(value: Value): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return value.length > 0;
    case 'number':
      return value !== 0;
    case 'bigint':
      return true;
    default:
      return value !== null && objectTruthy(value);
  }
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
