/**
 * Whether two immutable values say the same: arrays item by item, maps entry by entry in order, objects property by
 * property. Functions and everything else are compared by identity.
 */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, at) => same(item, b[at]));
  if (a instanceof Map) return b instanceof Map && a.size === b.size && same([...a], [...b]);
  if (a instanceof Set) return b instanceof Set && a.size === b.size && same([...a], [...b]);
  const left = Object.entries(a);
  const right = b as Readonly<Record<string, unknown>>;
  return left.length === Object.keys(b).length && left.every(([key, value]) => key in b && same(value, right[key]));
}
