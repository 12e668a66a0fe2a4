import { divideExactly } from './int.ts';
import { asFraction } from './float.ts';
import { spend } from './meter.ts';

/** The precision of the fixed-point numbers below: far more than the result keeps. */
const bits = 180n;
const one = 1n << bits;

/**
 * `base ** exponent` for a positive base, correctly rounded; `undefined` outside the range of plain floats.
 * JavaScript's own power may be off in the last digit where C's is not.
 */
export function realPower(base: number, exponent: number): number | undefined {
  spend(30);
  const estimate = Math.log2(base) * exponent;
  if (!(Math.abs(estimate) < 1000)) return undefined;
  const { numerator, shift } = asFraction(exponent);
  const logarithm = (naturalLog(base) * numerator) >> BigInt(shift);
  const half = ln2 / 2n;
  const twos = (logarithm + (logarithm < 0n ? -half : half)) / ln2;
  const mantissa = exponential(logarithm - twos * ln2);
  return twos >= 0n ? divideExactly(mantissa << twos, one) : divideExactly(mantissa, one << -twos);
}

/** `ln(2)` in fixed point: the series of `2 atanh(1/3)`. */
const ln2 = 2n * areaTangent(one / 3n);

/** The natural logarithm of a positive float, in fixed point. */
function naturalLog(value: number): bigint {
  const twos = Math.floor(Math.log2(value));
  const { numerator, shift } = asFraction(value);
  const scaled =
    twos + shift >= 0 ? (numerator << bits) >> BigInt(twos + shift) : (numerator << bits) << BigInt(-(twos + shift));
  return 2n * areaTangent(((scaled - one) << bits) / (scaled + one)) + BigInt(twos) * ln2;
}

/** `atanh` of a small number in fixed point. */
function areaTangent(x: bigint): bigint {
  const square = (x * x) >> bits;
  let power = x;
  let sum = 0n;
  for (let n = 1n; power !== 0n && n < 800n; n += 2n) {
    sum += power / n;
    power = (power * square) >> bits;
  }
  return sum;
}

/** `e ** x` for a small number in fixed point. */
function exponential(x: bigint): bigint {
  let term = one;
  let sum = 0n;
  for (let n = 1n; term !== 0n && n < 200n; n++) {
    sum += term;
    term = ((term * x) >> bits) / n;
  }
  return sum;
}
