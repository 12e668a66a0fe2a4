import { floatText, scaledByTen } from './float.ts';
import { makeText, spend } from './meter.ts';

/**
 * How the digits of a float are written: C's conversions, `%` (a hundredfold), `r`, Python's
 * shortest, and `short`, which is `g` with at least one digit after the point.
 */
export type FloatStyle = 'e' | 'f' | 'g' | '%' | 'r' | 'short';

/** The digits of the magnitude of a float, without sign: exact and rounded half to even, as CPython writes them. */
export function floatDigits(
  value: number,
  style: FloatStyle,
  precision: number,
  options: { readonly alternate?: boolean } = {},
): string {
  const magnitude = Math.abs(value);
  if (Number.isNaN(value)) return style === '%' ? 'nan%' : 'nan';
  if (!Number.isFinite(value)) return style === '%' ? 'inf%' : 'inf';
  const point = options.alternate === true ? '.' : '';
  switch (style) {
    case 'f':
      return fixed(magnitude, precision) + (precision === 0 ? point : '');
    case '%':
      return `${fixed(magnitude * 100, precision)}${precision === 0 ? point : ''}%`;
    case 'e':
      return exponential(magnitude, precision, point);
    case 'g':
      return general(magnitude, Math.max(precision, 1), { keepZeros: options.alternate === true, spare: 0 });
    case 'short': {
      const digits = general(magnitude, Math.max(precision, 1), { keepZeros: options.alternate === true, spare: 1 });
      return /[.e]/.test(digits) ? digits : `${digits}.0`;
    }
    case 'r':
      return options.alternate === true ? pointed(floatText(magnitude)) : floatText(magnitude);
    default:
      return style satisfies never;
  }
}

/** The alternate form always has a point. */
const pointed = (text: string): string => (text.includes('.') ? text : text.replace('e', '.e'));

function fixed(magnitude: number, precision: number): string {
  if (precision > MOST_DIGITS) return fixed(magnitude, MOST_DIGITS) + zeros(precision - MOST_DIGITS);
  spend(precision >> 3);
  const digits = scaledByTen(magnitude, precision)
    .toString()
    .padStart(precision + 1, '0');
  if (precision === 0) return digits;
  return `${digits.slice(0, -precision)}.${digits.slice(-precision)}`;
}

/** The digits of a float after its point come to an end here. */
const MOST_DIGITS = 1100;

function zeros(count: number): string {
  makeText(count);
  return '0'.repeat(count);
}

/** The first `count` significant digits and the power of ten of the first of them. */
function significant(magnitude: number, count: number): { readonly digits: string; readonly exponent: number } {
  if (magnitude === 0) return { digits: zeros(count), exponent: 0 };
  if (count > MOST_DIGITS) {
    const { digits, exponent } = significant(magnitude, MOST_DIGITS);
    return { digits: digits + zeros(count - MOST_DIGITS), exponent };
  }
  spend(count >> 3);
  const exponent = Number(magnitude.toExponential().split('e')[1]);
  const digits = scaledByTen(magnitude, count - 1 - exponent).toString();
  // Rounding up may add a digit: 9.99 to two digits is 10.
  if (digits.length > count) return { digits: digits.slice(0, count), exponent: exponent + 1 };
  return { digits, exponent };
}

const exponentText = (exponent: number): string =>
  `e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;

function exponential(magnitude: number, precision: number, point: string): string {
  const { digits, exponent } = significant(magnitude, precision + 1);
  const fraction = precision === 0 ? point : `.${digits.slice(1)}`;
  return `${digits[0] ?? '0'}${fraction}${exponentText(exponent)}`;
}

/** `spare` of the digits are kept for what stands after the point. */
function general(
  magnitude: number,
  precision: number,
  { keepZeros, spare }: { readonly keepZeros: boolean; readonly spare: number },
): string {
  const { digits, exponent } = significant(magnitude, precision);
  if (exponent < -4 || exponent >= precision - spare) {
    const fraction = keepZeros ? digits.slice(1) : digits.slice(1).replace(/0+$/, '');
    const point = fraction !== '' || keepZeros ? '.' : '';
    return `${digits[0] ?? '0'}${point}${fraction}${exponentText(exponent)}`;
  }
  const padded = exponent < 0 ? '0'.repeat(-exponent) + digits : digits;
  const whole = exponent < 0 ? '0' : digits.slice(0, exponent + 1);
  const rest = padded.slice(exponent < 0 ? 1 : exponent + 1);
  const fraction = keepZeros ? rest : rest.replace(/0+$/, '');
  return fraction === '' && !keepZeros ? whole : `${whole}.${fraction}`;
}

/** The digits with a separator between every `size` of them, from the right. */
export function groupDigits(digits: string, separator: string, size: number): string {
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= size) groups.push(digits.slice(Math.max(0, end - size), end));
  spend(groups.length);
  return groups.reverse().join(separator);
}
