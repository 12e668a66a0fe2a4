import { Float, HostObject, Undefined, type Value } from '../../value.ts';
import { bindOne, indexArgument } from '../arguments.ts';
import { Decimal } from '../decimal.ts';
import { failUndefined, PythonError, raise } from '../error.ts';
import { floatToInt, intToFloat, parseFloat, roundFloat } from '../float.ts';
import { divideHalfEven } from '../float.ts';
import { parseInt, toInt, type Int } from '../int.ts';
import { floatDigits } from '../number-format.ts';
import { binary, unary } from '../operators.ts';
import { strOf } from '../strings.ts';
import { repr, toText } from '../text.ts';
import { truthy } from '../truth.ts';
import { typeName } from '../type-name.ts';
import { define, signature, type FilterCall } from './define.ts';
import type { Filter } from './filter.ts';

/** Jinja's filters that make numbers. */
export const numberFilters: readonly Filter[] = [
  {
    name: 'abs',
    apply: (value, args) => absolute(bindOne('abs', { ...args, positional: [value, ...args.positional] })),
  },
  define('int', signature('do_int', 'value', ['default', 0], ['base', 10]), toIntOr),
  define('float', signature('do_float', 'value', ['default', new Float(0)]), ({ value, args: [fallback = null] }) => {
    const float = floatOf(value);
    return float === undefined ? fallback : new Float(float);
  }),
  define('round', signature('do_round', 'value', ['precision', 0], ['method', 'common']), round),
  define('filesizeformat', signature('do_filesizeformat', 'value', ['binary', false]), fileSize),
];

function absolute(value: Value): Value {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return Math.abs(value);
  if (typeof value === 'bigint') return toInt(value < 0n ? -value : value);
  if (value instanceof Float) return new Float(Math.abs(value.value));
  const own = value instanceof HostObject ? value.arithmetic('abs', null, { reflected: false }) : undefined;
  return own ?? raise('TypeError', `bad operand type for abs(): '${typeName(value)}'`);
}

/** `float(value)`, or `undefined` where Python raises TypeError or ValueError. */
function floatOf(value: Value): number | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return intToFloat(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Float) return value.value;
  if (value instanceof Decimal) return value.toFloat();
  if (value instanceof Undefined) failUndefined(value);
  const text = strOf(value);
  return text === undefined ? undefined : parseFloat(text);
}

/** `int(value, base)`, else `int(float(value))`, else the default. */
function toIntOr({ value, args: [fallback = null, base = 10] }: FilterCall): Value {
  const text = strOf(value);
  const direct = text === undefined ? wholeOf(value) : parseInBase(text, base);
  if (direct !== undefined) return direct;
  const float = floatOf(value);
  return float === undefined || !Number.isFinite(float) ? fallback : floatToInt(float);
}

function parseInBase(text: string, base: Value): Int | undefined {
  if (typeof base !== 'number' && typeof base !== 'boolean') return undefined;
  const radix = Number(base);
  return radix === 0 || (radix >= 2 && radix <= 36) ? parseInt(text, radix) : undefined;
}

function wholeOf(value: Value): Int | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  // Infinity raises OverflowError, which the filter lets through.
  if (value instanceof Float) return Number.isNaN(value.value) ? undefined : floatToInt(value.value);
  if (value instanceof Decimal) return value.special === 'NaN' ? undefined : value.toInt();
  return value instanceof Undefined ? failUndefined(value) : undefined;
}

function round({ value, args: [precision = 0, method = 'common'] }: FilterCall): Value {
  const how = strOf(method);
  if (how !== 'common' && how !== 'ceil' && how !== 'floor') {
    return raise('FilterArgumentError', 'method must be common, ceil or floor');
  }
  if (how === 'common') return roundCommon(value, precision);
  const scale = binary('**', 10, precision);
  const scaled = binary('*', value, scale);
  return binary('/', towards(how, scaled), scale);
}

/** `math.ceil` or `math.floor`. */
function towards(how: 'ceil' | 'floor', value: Value): Value {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Float) return floatToInt(how === 'ceil' ? Math.ceil(value.value) : Math.floor(value.value));
  if (value instanceof Decimal) {
    if (how === 'floor') return unary('-', towards('ceil', unary('-', value)));
    const whole = value.toInt();
    return (value.compare(whole) ?? 0) > 0 ? binary('+', whole, 1) : whole;
  }
  if (value instanceof Undefined) failUndefined(value);
  return raise('TypeError', `must be real number, not ${typeName(value)}`);
}

/** `round(value, precision)`; with None for precision the result is an int. */
function roundCommon(value: Value, precision: Value): Value {
  const int = typeof value === 'boolean' ? Number(value) : value;
  const isNumber = typeof int === 'number' || typeof int === 'bigint' || int instanceof Float || int instanceof Decimal;
  if (!isNumber) return raise('TypeError', `type ${typeName(value)} doesn't define __round__ method`);
  if (precision === null) {
    if (int instanceof Float) return floatToInt(Number.isFinite(int.value) ? roundFloat(int.value, 0) : int.value);
    return int instanceof Decimal ? int.rounded(0).toInt() : int;
  }
  const digits = indexArgument(precision);
  if (int instanceof Float) return new Float(roundFloat(int.value, digits));
  if (int instanceof Decimal) return int.rounded(digits);
  if (digits >= 0) return int;
  const unit = 10n ** BigInt(Math.min(-digits, 400));
  return toInt(divideHalfEven(BigInt(int), unit) * unit);
}

function fileSize({ value, args: [binaryUnits = false] }: FilterCall): Value {
  const size = floatOf(value) ?? failFloat(value);
  const base = truthy(binaryUnits) ? 1024 : 1000;
  if (size === 1) return '1 Byte';
  if (size < base) return `${toText(floatToInt(size))} Bytes`;
  const prefixes = truthy(binaryUnits)
    ? ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB']
    : ['kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];
  const found = prefixes.findIndex((_, index) => size < base ** (index + 2));
  const index = found < 0 ? prefixes.length - 1 : found;
  return `${floatDigits((base * size) / base ** (index + 2), 'f', 1)} ${prefixes[index] ?? ''}`;
}

function failFloat(value: Value): never {
  const text = strOf(value);
  if (text !== undefined) throw new PythonError('ValueError', `could not convert string to float: ${repr(text)}`);
  return raise('TypeError', `float() argument must be a string or a real number, not '${typeName(value)}'`);
}
