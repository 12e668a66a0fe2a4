import { Callable, Float, HostObject, List, Markup, PySet, Tuple, Undefined, type Value } from '../value.ts';
import { failUndefined, raise } from './error.ts';
import { floatOperation } from './float-operators.ts';
import { formatPercent } from './percent-format.ts';
import { hashKey } from './hash.ts';
import {
  addInts,
  divideInts,
  floorDivideInts,
  moduloInts,
  multiplyInts,
  negateInt,
  powerInts,
  subtractInts,
  type Int,
} from './int.ts';
import { intToFloat } from './float.ts';
import { escapeHtml, strOf } from './strings.ts';
import { escapeValue } from './markup.ts';
import { typeName } from './type-name.ts';
import { makeItems, makeText, spend } from './meter.ts';

/** Python's binary operators that Jinja has. */
export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**';

/** Python's unary operators that Jinja has, except `not`. */
export type UnaryOperator = '+' | '-';

/** The largest index of CPython. */
const maxIndex = 2n ** 63n - 1n;

/** Joining shorter texts is not worth counting. */
const LONG = 100_000;

/** `a <operator> b`. */
export function binary(operator: BinaryOperator, a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') return intOperation(operator, a, b);
  if (operator === '+' && typeof a === 'string' && typeof b === 'string') {
    makeText(a.length + b.length > LONG ? a.length + b.length : 0);
    return a + b;
  }
  const left = numeric(a);
  const right = numeric(b);
  if (left !== undefined && right !== undefined) return numberOperation(operator, left, right);
  return objectOperation(operator, a, b);
}

/** The int or float a value counts as; a bool is an int. */
function numeric(value: Value): Int | Float | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value instanceof Float ? value : undefined;
}

function numberOperation(operator: BinaryOperator, a: Int | Float, b: Int | Float): Value {
  if (!(a instanceof Float) && !(b instanceof Float)) return intOperation(operator, a, b);
  const left = a instanceof Float ? a.value : intToFloat(a);
  const right = b instanceof Float ? b.value : intToFloat(b);
  return floatOperation(operator, left, right);
}

function intOperation(operator: BinaryOperator, a: Int, b: Int): Value {
  switch (operator) {
    case '+':
      return addInts(a, b);
    case '-':
      return subtractInts(a, b);
    case '*':
      return multiplyInts(a, b);
    case '/':
      return b === 0 ? raise('ZeroDivisionError', 'division by zero') : new Float(divideInts(a, b));
    case '//':
      return b === 0 ? raise('ZeroDivisionError', 'integer division or modulo by zero') : floorDivideInts(a, b);
    case '%':
      return b === 0 ? raise('ZeroDivisionError', 'integer modulo by zero') : moduloInts(a, b);
    case '**':
      return b < 0 ? floatOperation('**', intToFloat(a), intToFloat(b)) : powerInts(a, b);
    default:
      return operator satisfies never;
  }
}

function objectOperation(operator: BinaryOperator, a: Value, b: Value): Value {
  if (operator === '%') {
    const format = a instanceof Markup ? undefined : strOf(a);
    if (format !== undefined) return formatPercent(format, b);
    if (a instanceof Markup) return new Markup(formatPercent(a.text, b, { escape: true }));
  }
  if (a instanceof Undefined) failUndefined(a);
  const host = a instanceof HostObject ? a.arithmetic(operator, b, { reflected: false }) : undefined;
  if (host !== undefined) return host;
  if (b instanceof Undefined) failUndefined(b);
  const reflected = b instanceof HostObject ? b.arithmetic(operator, a, { reflected: true }) : undefined;
  if (reflected !== undefined) return reflected;
  if (operator === '-' && a instanceof PySet && b instanceof PySet) return setDifference(a, b);
  if (operator === '+') return concatenation(a, b) ?? unsupported(operator, a, b);
  if (operator === '*') return repetition(a, b) ?? repetition(b, a) ?? unsupported(operator, a, b);
  return unsupported(operator, a, b);
}

function unsupported(operator: BinaryOperator, a: Value, b: Value): never {
  const shown = operator === '**' ? '** or pow()' : operator;
  return raise('TypeError', `unsupported operand type(s) for ${shown}: '${typeName(a)}' and '${typeName(b)}'`);
}

/** `a + b` of sequences. */
function concatenation(a: Value, b: Value): Value | undefined {
  if (a instanceof Markup || b instanceof Markup) return concatenateMarkup(a, b);
  const text = strOf(a);
  if (text !== undefined) {
    const other = strOf(b);
    if (other === undefined) raise('TypeError', `can only concatenate str (not "${typeName(b)}") to str`);
    makeText(text.length + other.length);
    return text + other;
  }
  if (a instanceof List) {
    if (b instanceof List) {
      makeItems(a.items.length + b.items.length);
      return new List([...a.items, ...b.items]);
    }
    return raise('TypeError', `can only concatenate list (not "${typeName(b)}") to list`);
  }
  if (a instanceof Tuple) {
    if (b instanceof Tuple) {
      makeItems(a.items.length + b.items.length);
      return new Tuple([...a.items, ...b.items]);
    }
    return raise('TypeError', `can only concatenate tuple (not "${typeName(b)}") to tuple`);
  }
  return undefined;
}

function concatenateMarkup(a: Value, b: Value): Value | undefined {
  if (a instanceof Markup) {
    if (strOf(b) === undefined) raise('TypeError', `can only concatenate str (not "${typeName(b)}") to str`);
    return new Markup(a.text + escapeValue(b).text);
  }
  const left = strOf(a);
  return left === undefined || !(b instanceof Markup) ? undefined : new Markup(escapeHtml(left) + b.text);
}

/** `sequence * count`, or `undefined` when the first is no sequence. */
function repetition(sequence: Value, count: Value): Value | undefined {
  const text = strOf(sequence);
  if (text === undefined && !(sequence instanceof List) && !(sequence instanceof Tuple)) return undefined;
  const times = numeric(count);
  if (times === undefined || times instanceof Float) {
    // `[1] * 'a'` and `'a' * [1]` both blame the operand that is no int, the right one if neither is.
    return raise('TypeError', `can't multiply sequence by non-int of type '${typeName(count)}'`);
  }
  if (typeof times === 'bigint' && (times > maxIndex || times < -maxIndex)) {
    raise('OverflowError', "cannot fit 'int' into an index-sized integer");
  }
  const length = text?.length ?? (sequence instanceof List || sequence instanceof Tuple ? sequence.items.length : 0);
  const n = times < 0 ? 0 : Number(times);
  if (text !== undefined) {
    makeText(length * n);
    return sequence instanceof Markup ? new Markup(text.repeat(n)) : text.repeat(length === 0 ? 0 : n);
  }
  makeItems(length * n);
  const items: Value[] = [];
  if (!(sequence instanceof List) && !(sequence instanceof Tuple)) return undefined;
  for (let time = 0; time < n && length > 0; time++) for (const item of sequence.items) items.push(item);
  return sequence instanceof List ? new List(items) : new Tuple(items);
}

function setDifference(a: PySet, b: PySet): PySet {
  spend(a.entries.size);
  const entries = new Map(a.entries);
  for (const item of b.entries.values()) entries.delete(hashKey(item));
  return new PySet(entries);
}

/** `-a` or `+a`. */
export function unary(operator: UnaryOperator, a: Value): Value {
  const value = numeric(a);
  if (value !== undefined) {
    if (operator === '+') return value;
    return value instanceof Float ? new Float(-value.value) : negateInt(value);
  }
  if (a instanceof Undefined) failUndefined(a);
  const host =
    a instanceof HostObject ? a.arithmetic(operator === '-' ? 'neg' : 'pos', null, { reflected: false }) : undefined;
  return host ?? raise('TypeError', `bad operand type for unary ${operator}: '${typeName(a)}'`);
}

/** Whether `x(...)` can call the value. */
export function isCallable(value: Value): boolean {
  return value instanceof Callable || (value instanceof HostObject && value.callable() !== undefined);
}
