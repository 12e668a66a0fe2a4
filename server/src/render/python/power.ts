import { raise } from './error.ts';
import { asFraction } from './float.ts';
import { bitLength, divideExactly } from './int.ts';
import { realPower } from './real-power.ts';

/** `base ** exponent` of floats, where the result is a real number. */
export function powerFloats(base: number, exponent: number): number {
  if (exponent === 0 || base === 1) return 1;
  if (base === -1 && !Number.isFinite(exponent) && !Number.isNaN(exponent)) return 1;
  if (base === 0 && exponent < 0) raise('ZeroDivisionError', '0.0 cannot be raised to a negative power');
  // A zero keeps its sign under an odd exponent.
  if (base === 0) return base ** exponent;
  const power = exactPower(base, exponent) ?? base ** exponent;
  if (!Number.isFinite(power) && Number.isFinite(base) && Number.isFinite(exponent)) {
    raise('OverflowError', "(34, 'Numerical result out of range')");
  }
  return power;
}

/** Math.pow may be off by a unit in the last place where C's is not; small whole exponents can be had exactly. */
function exactPower(base: number, exponent: number): number | undefined {
  if (!Number.isFinite(base) || !Number.isFinite(exponent)) return undefined;
  if (exponent === 0.5 && base > 0) return Math.sqrt(base);
  const times = Math.abs(exponent);
  if (!Number.isInteger(exponent)) return base > 0 ? realPower(base, exponent) : undefined;
  const { numerator, shift } = asFraction(base);
  if (bitLength(numerator) * times > 20_000 || shift * times > 20_000) {
    return base > 0 ? realPower(base, exponent) : undefined;
  }
  const top = numerator ** BigInt(times);
  const bottom = 1n << BigInt(shift * times);
  return exponent > 0 ? divideExactly(top, bottom) : divideExactly(bottom, top);
}
