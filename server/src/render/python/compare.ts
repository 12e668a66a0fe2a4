import { Dict, Float, HostObject, List, PySet, Tuple, Undefined, type Value } from '../value.ts';
import { failUndefined, raise } from './error.ts';
import { hashKey } from './hash.ts';
import { iterate } from './iterate.ts';
import { compareText, strOf } from './strings.ts';
import { typeName } from './type-name.ts';
import { spend, spendOnItems } from './meter.ts';

/** Python's comparison operators, except `is`. */
export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in';

/** The operators that order. */
export type OrderOperator = '<' | '<=' | '>' | '>=';

/** `a <operator> b`. */
export function compare(operator: CompareOperator, a: Value, b: Value): boolean {
  switch (operator) {
    case '==':
      return equal(a, b);
    case '!=':
      return !equal(a, b);
    case 'in':
      return contains(b, a);
    case 'not in':
      return !contains(b, a);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return ordered(operator, a, b);
    default:
      return operator satisfies never;
  }
}

/** The number a bool, int or float stands for. */
function numberOf(value: Value): number | bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value instanceof Float ? value.value : undefined;
}

/** `a == b`. */
export function equal(a: Value, b: Value): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a === b;
  const left = numberOf(a);
  if (left !== undefined) {
    const right = numberOf(b);
    // An int and a float may hold the same amount in two forms, a bigint and a number.
    // oxlint-disable-next-line eqeqeq
    if (right !== undefined) return left == right;
    return b instanceof HostObject && b.equals(a);
  }
  if (a === b) return !(a instanceof HostObject) || a.equals(b);
  const text = strOf(a);
  if (text !== undefined) return text === strOf(b) || (b instanceof HostObject && b.equals(a));
  if (a instanceof HostObject) return a.equals(b);
  if (b instanceof HostObject) return b.equals(a);
  return equalContainers(a, b);
}

function equalContainers(a: Value, b: Value): boolean {
  if (a instanceof List) return b instanceof List && equalItems(a.items, b.items);
  if (a instanceof Tuple) return b instanceof Tuple && equalItems(a.items, b.items);
  if (a instanceof Undefined) return b instanceof Undefined && a.flavour === b.flavour;
  if (a instanceof Dict) return b instanceof Dict && equalDicts(a, b);
  if (a instanceof PySet) {
    return b instanceof PySet && a.entries.size === b.entries.size && isSubset(a.entries, b.entries);
  }
  return false;
}

function equalItems(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((item, index) => sameItem(item, b[index] ?? null));
}

function equalDicts(a: Dict, b: Dict): boolean {
  if (a.entries.size !== b.entries.size) return false;
  for (const [hash, { value }] of a.entries) {
    const other = b.entries.get(hash);
    if (other === undefined || !sameItem(value, other.value)) return false;
  }
  return true;
}

/** Whether a container holds two items the same: identity goes before equality, so a list finds its own NaN. */
export function sameItem(a: Value, b: Value): boolean {
  spend(1);
  return a === b || equal(a, b);
}

function isSubset(part: ReadonlyMap<unknown, unknown>, whole: ReadonlyMap<unknown, unknown>): boolean {
  spendOnItems(part.size);
  for (const key of part.keys()) if (!whole.has(key)) return false;
  return true;
}

/** `a < b` and its like; raises Python's TypeError for two values without an order. */
export function ordered(operator: OrderOperator, a: Value, b: Value): boolean {
  spend(1);
  if (typeof a === 'number' && typeof b === 'number') return decide(operator, a - b);
  const left = numberOf(a);
  const right = numberOf(b);
  if (left !== undefined && right !== undefined) return orderNumbers(operator, left, right);
  const leftText = strOf(a);
  const rightText = strOf(b);
  if (leftText !== undefined && rightText !== undefined) return decide(operator, compareText(leftText, rightText));
  if ((a instanceof List && b instanceof List) || (a instanceof Tuple && b instanceof Tuple)) {
    return orderItems(operator, a.items, b.items);
  }
  if (a instanceof PySet && b instanceof PySet) return orderSets(operator, a, b);
  if (a instanceof Undefined) failUndefined(a);
  const order = orderHosts(a, b);
  if (order !== undefined) return decide(operator, order);
  if (b instanceof Undefined) failUndefined(b);
  return raise('TypeError', `'${operator}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`);
}

function orderHosts(a: Value, b: Value): number | undefined {
  const order = a instanceof HostObject ? a.compare(b) : undefined;
  if (order !== undefined) return order;
  const reflected = b instanceof HostObject ? b.compare(a) : undefined;
  return reflected === undefined ? undefined : -reflected;
}

/** NaN is in no order to anything, so every comparison with it is false. */
function decide(operator: OrderOperator, order: number): boolean {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    default:
      return operator satisfies never;
  }
}

function orderNumbers(operator: OrderOperator, a: number | bigint, b: number | bigint): boolean {
  if (Number.isNaN(a) || Number.isNaN(b)) return false;
  return decide(operator, a < b ? -1 : a > b ? 1 : 0);
}

function orderItems(operator: OrderOperator, a: readonly Value[], b: readonly Value[]): boolean {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a[index] ?? null;
    const right = b[index] ?? null;
    if (!sameItem(left, right)) return ordered(operator, left, right);
  }
  return decide(operator, a.length - b.length);
}

function orderSets(operator: OrderOperator, a: PySet, b: PySet): boolean {
  const strict = a.entries.size !== b.entries.size;
  if (operator === '<') return strict && isSubset(a.entries, b.entries);
  if (operator === '<=') return isSubset(a.entries, b.entries);
  if (operator === '>') return strict && isSubset(b.entries, a.entries);
  return isSubset(b.entries, a.entries);
}

/** `item in container`. */
export function contains(container: Value, item: Value): boolean {
  const text = strOf(container);
  if (text !== undefined) {
    const part = strOf(item);
    if (part !== undefined) return text.includes(part);
    return raise('TypeError', `'in <string>' requires string as left operand, not ${typeName(item)}`);
  }
  if (container instanceof List || container instanceof Tuple) return container.items.some(it => sameItem(it, item));
  if (container instanceof Dict) return container.entries.has(hashKey(item));
  if (container instanceof PySet) {
    // Python looks a set up as the frozenset it equals, and no template can make one of those.
    return item instanceof PySet ? false : container.entries.has(hashKey(item));
  }
  if (container instanceof Undefined) return false;
  if (container instanceof HostObject) return hostContains(container, item);
  return raise('TypeError', `argument of type '${typeName(container)}' is not iterable`);
}

function hostContains(container: HostObject, item: Value): boolean {
  const answer = container.has(item);
  if (answer !== undefined) return answer;
  if (container.iterate() === undefined) {
    return raise('TypeError', `argument of type '${typeName(container)}' is not iterable`);
  }
  for (const it of iterate(container)) if (sameItem(it, item)) return true;
  return false;
}
