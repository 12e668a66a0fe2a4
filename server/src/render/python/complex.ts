import { HostObject, type HashKey, type Value } from '../value.ts';
import { floatText } from './float.ts';
import { powerFloats } from './power.ts';

/** A Python complex number: what a negative number to a fractional power gives. */
export class Complex extends HostObject {
  readonly typeName = 'complex';
  readonly real: number;
  readonly imaginary: number;
  constructor(real: number, imaginary: number) {
    super();
    this.real = real;
    this.imaginary = imaginary;
  }

  /** `base ** exponent` for a negative base. */
  static power(base: number, exponent: number): Complex {
    const length = powerFloats(-base, exponent);
    const angle = Math.PI * exponent;
    return new Complex(length * Math.cos(angle), length * Math.sin(angle));
  }

  override truthy(): boolean {
    return this.real !== 0 || this.imaginary !== 0;
  }

  override equals(other: Value): boolean {
    return other instanceof Complex && other.real === this.real && other.imaginary === this.imaginary;
  }

  override hashKey(): HashKey {
    return `c${this.real},${this.imaginary}`;
  }

  repr(): string {
    const sign = this.imaginary < 0 || Object.is(this.imaginary, -0) ? '-' : '+';
    const whole = (value: number): string => floatText(value).replace(/\.0$/, '');
    return `(${whole(this.real)}${sign}${whole(Math.abs(this.imaginary))}j)`;
  }
}
