import { Float, Tuple, type Value } from '../../value.ts';
import { bindNone } from '../arguments.ts';
import { asFraction, floatText } from '../float.ts';
import { bitLength, toInt, type Int } from '../int.ts';
import { raise } from '../error.ts';
import { boundMethod, methodTable } from './method-table.ts';

/** An attribute or method of an int. */
export function intAttribute(value: Int, name: string): Value | undefined {
  if (name === 'real' || name === 'numerator') return value;
  if (name === 'imag') return 0;
  if (name === 'denominator') return 1;
  return boundMethod(intMethods, value, name);
}

/** An attribute or method of a float. */
export function floatAttribute(value: number, name: string): Value | undefined {
  if (name === 'real') return new Float(value);
  if (name === 'imag') return new Float(0);
  return boundMethod(floatMethods, value, name);
}

const intMethods = methodTable<Int>({
  bit_length: (value, args) => {
    bindNone('int.bit_length', args);
    return bitLength(BigInt(value));
  },
  bit_count: (value, args) => {
    bindNone('int.bit_count', args);
    const magnitude = BigInt(value) < 0n ? -BigInt(value) : BigInt(value);
    return magnitude.toString(2).replaceAll('0', '').length;
  },
  conjugate: (value, args) => {
    bindNone('int.conjugate', args);
    return value;
  },
  as_integer_ratio: (value, args) => {
    bindNone('int.as_integer_ratio', args);
    return new Tuple([value, 1]);
  },
});

const floatMethods = methodTable<number>({
  is_integer: (value, args) => {
    bindNone('float.is_integer', args);
    return Number.isInteger(value);
  },
  conjugate: (value, args) => {
    bindNone('float.conjugate', args);
    return new Float(value);
  },
  as_integer_ratio: (value, args) => {
    bindNone('float.as_integer_ratio', args);
    if (Number.isNaN(value)) return raise('ValueError', 'cannot convert NaN to integer ratio');
    if (!Number.isFinite(value)) return raise('OverflowError', 'cannot convert Infinity to integer ratio');
    const { numerator, shift } = asFraction(value);
    return new Tuple([toInt(numerator), toInt(1n << BigInt(shift))]);
  },
  hex: (value, args) => {
    bindNone('float.hex', args);
    return hexText(value);
  },
});

/** `float.hex()`: the bits of the fraction in hexadecimal and the power of two. */
function hexText(value: number): string {
  if (!Number.isFinite(value)) return floatText(value);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (value === 0) return `${sign}0x0.0p+0`;
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, Math.abs(value));
  const high = bits.getUint32(0);
  const fraction = ((BigInt(high & 0xfffff) << 32n) | BigInt(bits.getUint32(4))).toString(16).padStart(13, '0');
  const stored = high >>> 20;
  const exponent = stored === 0 ? -1022 : stored - 1023;
  return `${sign}0x${stored === 0 ? 0 : 1}.${fraction}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
}
