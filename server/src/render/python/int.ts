import { raise } from './error.ts';
import { makeText, spend } from './meter.ts';

/** A Python int: a safe integer as a number, anything beyond as a bigint. */
export type Int = number | bigint;

const largest = BigInt(Number.MAX_SAFE_INTEGER);

/** Ints of more bits are refused, so that a template cannot fill the memory with one number. */
const maxBits = 1_000_000;

/** The words of 64 bits of an int: what its operations cost. */
function wordsOf(value: Int): number {
  if (typeof value === 'number' || BigInt.asIntN(256, value) === value) return 1;
  return value.toString(32).length / 12.8;
}

/** Counts the work of an operation that goes through two ints once. */
const spendOnce = (a: Int, b: Int): void => spend((wordsOf(a) + wordsOf(b)) / 16);

/** Counts the work of an operation that goes through one int for every word of the other. */
const spendEach = (a: Int, b: Int): void => spend((wordsOf(a) * wordsOf(b)) / 256);

/** The int of a bigint, in the one form a value may have. */
export function toInt(value: bigint): Int {
  return value <= largest && value >= -largest ? Number(value) : value;
}

/** The sum of two ints. */
export function addInts(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  spendOnce(a, b);
  return toInt(BigInt(a) + BigInt(b));
}

/** The difference of two ints. */
export function subtractInts(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b;
    if (Number.isSafeInteger(difference)) return difference;
  }
  spendOnce(a, b);
  return toInt(BigInt(a) - BigInt(b));
}

/** The product of two ints. */
export function multiplyInts(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    // Adding zero turns -0, which no int is, into 0.
    if (Number.isSafeInteger(product)) return product + 0;
  }
  spendEach(a, b);
  const words = wordsOf(a) + wordsOf(b);
  if (words * 64 > 2 * maxBits) raise('MemoryError', '');
  return toInt(BigInt(a) * BigInt(b));
}

/** `-a`. */
export function negateInt(a: Int): Int {
  return typeof a === 'number' ? 0 - a : toInt(-a);
}

/** The remainder with the sign of the divisor; `b` is not zero. */
export function moduloInts(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const rest = a % b;
    return (rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest) + 0;
  }
  spendEach(a, b);
  return toInt(moduloBig(BigInt(a), BigInt(b)));
}

function moduloBig(a: bigint, b: bigint): bigint {
  const rest = a % b;
  return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
}

/** The quotient rounded down; `b` is not zero. */
export function floorDivideInts(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const exact = a - Number(moduloInts(a, b));
    if (Number.isSafeInteger(exact)) return exact / b + 0;
  }
  spendEach(a, b);
  const left = BigInt(a);
  const right = BigInt(b);
  return toInt((left - moduloBig(left, right)) / right);
}

/** `a / b` as the nearest float; `b` is not zero. */
export function divideInts(a: Int, b: Int): number {
  if (typeof a === 'number' && typeof b === 'number') return a / b;
  const quotient = divideExactly(BigInt(a), BigInt(b));
  if (!Number.isFinite(quotient)) raise('OverflowError', 'integer division result too large for a float');
  return quotient;
}

/** The float nearest to the fraction `a / b`, ties to even. */
export function divideExactly(a: bigint, b: bigint): number {
  const negative = a < 0n !== b < 0n;
  const left = a < 0n ? -a : a;
  const right = b < 0n ? -b : b;
  if (left === 0n) return negative ? -0 : 0;
  const shift = Math.max(70 - (bitLength(left) - bitLength(right)), -1100);
  const scaled = shift >= 0 ? left << BigInt(shift) : left;
  const divisor = shift >= 0 ? right : right << BigInt(-shift);
  // The lowest bit stands for all the bits that the division leaves out, so that ties are told from near ties.
  const quotient = (scaled / divisor) | (scaled % divisor === 0n ? 0n : 1n);
  const magnitude = scaleByPowerOfTwo(quotient, -shift);
  return negative ? -magnitude : magnitude;
}

function scaleByPowerOfTwo(value: bigint, exponent: number): number {
  const lowest = -1074;
  const top = bitLength(value) + exponent;
  // Below the normal range fewer bits are kept, and rounding twice would be wrong.
  if (top < -1021 && exponent < lowest) {
    const drop = BigInt(lowest - exponent);
    const kept = value >> drop;
    const rest = value - (kept << drop);
    const half = 1n << (drop - 1n);
    const up = rest > half || (rest === half && (kept & 1n) === 1n);
    return Number(up ? kept + 1n : kept) * 2 ** lowest;
  }
  const number = Number(value);
  return exponent < -1000 ? number * 2 ** -1000 * 2 ** (exponent + 1000) : number * 2 ** exponent;
}

/** The number of bits of a magnitude. */
export function bitLength(value: bigint): number {
  const magnitude = value < 0n ? -value : value;
  return magnitude === 0n ? 0 : magnitude.toString(16).length * 4 - Math.clz32(leadingNibble(magnitude)) + 28;
}

function leadingNibble(magnitude: bigint): number {
  return Number.parseInt(magnitude.toString(16)[0] ?? '0', 16);
}

/** `a ** b` for `b >= 0`. */
export function powerInts(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const power = a ** b;
    if (Number.isSafeInteger(power)) return power + 0;
  }
  const base = BigInt(a);
  if (base === 0n || base === 1n) return toInt(b === 0 ? 1n : base);
  if (base === -1n) return BigInt(b) % 2n === 0n ? 1 : -1;
  const nBits = bitLength(base) * Number(b);
  if (nBits > maxBits) raise('MemoryError', '');
  spend((nBits / 1024) ** 2 / 16);
  return toInt(base ** BigInt(b));
}

/** The decimal digits of an int, which Python limits. */
export function intText(value: Int): string {
  if (typeof value === 'number') return String(value);
  // A number of so many bits has too many digits; they need not be made to know that.
  if (wordsOf(value) > 225) refuseDigits();
  spend(wordsOf(value) ** 2 / 64);
  const text = value.toString();
  if (text.length > 4300 + (value < 0n ? 1 : 0)) {
    refuseDigits();
  }
  return text;
}

function refuseDigits(): never {
  return raise(
    'ValueError',
    'Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit',
  );
}

/** The int in a text as Python's `int(text, base)` reads it, or `undefined` when it is none. */
export function parseInt(text: string, base = 10): Int | undefined {
  const body = asciiDigits(text).trim();
  const sign = /^[+-]/.exec(body)?.[0] ?? '';
  const radix = radixOf(body.slice(sign.length), base);
  if (radix === undefined) return undefined;
  const digits = radix.digits.replaceAll('_', '');
  // Reading a number takes time that grows with the square of its length, so Python limits it, as writing.
  const isPowerOfTwo = (radix.base & (radix.base - 1)) === 0;
  if (digits.length > 4300 && !isPowerOfTwo) return undefined;
  makeText(digits.length * 8);
  spend((digits.length / 64) ** 2);
  let value = 0n;
  const step = BigInt(radix.base);
  for (const digit of digits) {
    const amount = Number.parseInt(digit, 36);
    if (!(amount < radix.base)) return undefined;
    value = value * step + BigInt(amount);
  }
  return toInt(sign === '-' ? -value : value);
}

function radixOf(body: string, base: number): { readonly digits: string; readonly base: number } | undefined {
  const prefixed = /^0([xXoObB])_?(.*)$/.exec(body);
  const prefixBase = prefixed === null ? undefined : { x: 16, o: 8, b: 2 }[(prefixed[1] ?? '').toLowerCase()];
  const found =
    prefixBase !== undefined && (base === 0 || base === prefixBase)
      ? { digits: prefixed?.[2] ?? '', base: prefixBase }
      : { digits: body, base: base === 0 ? 10 : base };
  if (!/^[0-9a-z]+(_[0-9a-z]+)*$/i.test(found.digits)) return undefined;
  // With base 0 a leading zero is the mark of an old octal, which Python refuses.
  if (base === 0 && prefixBase === undefined && /^0[0_]*[1-9]/.test(found.digits)) return undefined;
  return found;
}

/** The text with every decimal digit of any script as an ASCII digit, and every space as a space. */
export function asciiDigits(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  return text
    .replace(/\p{Nd}/gu, digit => String(digitValue(digit.codePointAt(0) ?? 0)))
    .replace(/[\x1c-\x1f\x85]/g, ' ');
}

/** Decimal digits come in runs of ten, so the value is the distance to the first of the run. */
function digitValue(codePoint: number): number {
  let start = codePoint;
  while (start > 0 && codePoint - start < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(start - 1))) start--;
  // Runs may touch (the mathematical digits), and each of them has ten.
  if (codePoint >= 0x1d7ce && codePoint <= 0x1d7ff) return (codePoint - 0x1d7ce) % 10;
  return codePoint - start;
}
