import { asciiDigits, divideExactly, toInt, type Int } from './int.ts';
import { raise } from './error.ts';

/** Python's `repr` of a float: the shortest digits that read back as the same number. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const magnitude = Math.abs(value);
  if (value === 0 || (magnitude >= 1e-4 && magnitude < 1e16)) {
    const text = String(value);
    return Number.isInteger(value) ? `${text}.0` : text;
  }
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  const digits = exponent.slice(1);
  return `${mantissa}e${exponent[0] ?? '+'}${digits.padStart(2, '0')}`;
}

/** The float in a text as Python's `float(text)` reads it, or `undefined` when it is none. */
export function parseFloat(text: string): number | undefined {
  const body = asciiDigits(text).trim();
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(body);
  if (special !== null) {
    const amount = (special[2] ?? '').toLowerCase() === 'nan' ? NaN : Infinity;
    return special[1] === '-' ? -amount : amount;
  }
  if (!/^[+-]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[+-]?\d+(_\d+)*)?$/i.test(body)) return undefined;
  return Number(body.replaceAll('_', ''));
}

/** `float(int)`. */
export function intToFloat(value: Int): number {
  const float = Number(value);
  if (!Number.isFinite(float)) raise('OverflowError', 'int too large to convert to float');
  return float;
}

/** `int(float)`: the number without its fraction. */
export function floatToInt(value: number): Int {
  if (Number.isNaN(value)) raise('ValueError', 'cannot convert float NaN to integer');
  if (!Number.isFinite(value)) raise('OverflowError', 'cannot convert float infinity to integer');
  const whole = Math.trunc(value) + 0;
  return Number.isSafeInteger(whole) ? whole : toInt(BigInt(whole));
}

/** A finite float as the exact fraction `numerator / 2 ** shift`. */
export function asFraction(value: number): { readonly numerator: bigint; readonly shift: number } {
  let shift = 0;
  let scaled = value;
  while (!Number.isInteger(scaled)) {
    const step = Math.min(Math.max(1, 1074 - shift), 500);
    scaled *= 2 ** step;
    shift += step;
  }
  let numerator = BigInt(scaled);
  while (shift > 0 && (numerator & 1n) === 0n) {
    numerator >>= 1n;
    shift--;
  }
  return { numerator, shift };
}

/** The integer nearest to `value * 10 ** digits`, ties to even: exact, as CPython's formatting is. */
export function scaledByTen(value: number, digits: number): bigint {
  const { numerator, shift } = asFraction(value);
  const top = digits >= 0 ? numerator * 10n ** BigInt(digits) : numerator;
  const bottom = (digits >= 0 ? 1n : 10n ** BigInt(-digits)) << BigInt(shift);
  return divideHalfEven(top, bottom);
}

/** `top / bottom` rounded to the nearest integer, ties to even; `bottom` is positive. */
export function divideHalfEven(top: bigint, bottom: bigint): bigint {
  const negative = top < 0n;
  const magnitude = negative ? -top : top;
  const quotient = magnitude / bottom;
  const twice = (magnitude % bottom) * 2n;
  const up = twice > bottom || (twice === bottom && (quotient & 1n) === 1n);
  const rounded = up ? quotient + 1n : quotient;
  return negative ? -rounded : rounded;
}

/** `round(value, digits)` of a float. */
export function roundFloat(value: number, digits: number): number {
  if (!Number.isFinite(value) || value === 0 || digits > 323) return value;
  if (digits < -308) return value < 0 ? -0 : 0;
  const scaled = scaledByTen(value, digits);
  const rounded = digits >= 0 ? divideExactly(scaled, 10n ** BigInt(digits)) : Number(scaled * 10n ** BigInt(-digits));
  if (rounded === 0) return value < 0 ? -0 : 0;
  if (!Number.isFinite(rounded)) raise('OverflowError', 'rounded value too large to represent');
  return rounded;
}

/** `value // divisor` of floats; the divisor is not zero. */
export function floorDivideFloats(value: number, divisor: number): number {
  const rest = value % divisor;
  let quotient = (value - rest) / divisor;
  if (rest !== 0 && divisor < 0 !== rest < 0) quotient -= 1;
  if (quotient === 0) return value / divisor < 0 || Object.is(value / divisor, -0) ? -0 : 0;
  const floored = Math.floor(quotient);
  return quotient - floored > 0.5 ? floored + 1 : floored;
}

/** `value % divisor` of floats, with the sign of the divisor; the divisor is not zero. */
export function moduloFloats(value: number, divisor: number): number {
  const rest = value % divisor;
  if (Number.isNaN(rest)) return rest;
  if (rest === 0) return divisor < 0 || Object.is(divisor, -0) ? -0 : 0;
  return divisor < 0 !== rest < 0 ? rest + divisor : rest;
}
