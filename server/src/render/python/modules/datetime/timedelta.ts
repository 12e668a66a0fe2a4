import { Float, HostObject, type CallArguments, type HashKey, type Value } from '../../../value.ts';
import { bindBuiltin, bindNone, parameters } from '../../arguments.ts';
import { raise } from '../../error.ts';
import { asFraction, divideHalfEven } from '../../float.ts';
import { divideExactly, toInt } from '../../int.ts';
import { boundMethod, methodTable } from '../../methods/method-table.ts';
import { typeName } from '../../type-name.ts';
import { zeroPadded } from './calendar.ts';

export const microsPerSecond = 1_000_000n;
export const microsPerDay = 86_400n * microsPerSecond;
const maxDays = 999_999_999n;

/** Python's `timedelta`, as a number of microseconds. */
export class TimeDelta extends HostObject {
  readonly typeName = 'datetime.timedelta';
  readonly micros: bigint;
  constructor(micros: bigint) {
    super();
    const days = floorDivide(micros, microsPerDay);
    if (days > maxDays || days < -maxDays) {
      raise('OverflowError', `days=${days}; must have magnitude <= 999999999`);
    }
    this.micros = micros;
  }

  static ofSeconds(seconds: number): TimeDelta {
    return new TimeDelta(BigInt(seconds) * microsPerSecond);
  }

  get days(): number {
    return Number(floorDivide(this.micros, microsPerDay));
  }

  get seconds(): number {
    return Number((this.micros - BigInt(this.days) * microsPerDay) / microsPerSecond);
  }

  get microseconds(): number {
    return Number(modulo(this.micros, microsPerSecond));
  }

  override attribute(name: string): Value | undefined {
    switch (name) {
      case 'days':
        return this.days;
      case 'seconds':
        return this.seconds;
      case 'microseconds':
        return this.microseconds;
      case 'min':
        return new TimeDelta(-maxDays * microsPerDay);
      case 'max':
        return new TimeDelta(maxDays * microsPerDay + microsPerDay - 1n);
      case 'resolution':
        return new TimeDelta(1n);
      default:
        return boundMethod(timeDeltaMethods, this, name);
    }
  }

  override truthy(): boolean {
    return this.micros !== 0n;
  }

  override equals(other: Value): boolean {
    return other instanceof TimeDelta && other.micros === this.micros;
  }

  override compare(other: Value): number | undefined {
    if (!(other instanceof TimeDelta)) return undefined;
    return this.micros < other.micros ? -1 : this.micros > other.micros ? 1 : 0;
  }

  override hashKey(): HashKey {
    return `delta${this.micros}`;
  }

  override arithmetic(
    operator: string,
    other: Value,
    { reflected }: { readonly reflected: boolean },
  ): Value | undefined {
    if (operator === 'neg') return new TimeDelta(-this.micros);
    if (operator === 'pos') return this;
    if (operator === 'abs') return new TimeDelta(this.micros < 0n ? -this.micros : this.micros);
    if (operator === '*') return scaled(this.micros, other);
    if (reflected) return undefined;
    if (other instanceof TimeDelta) return withDelta(operator, this.micros, other.micros);
    if (operator === '/' && other instanceof Float) return dividedByFloat(this.micros, other.value);
    const divisor =
      typeof other === 'boolean'
        ? BigInt(other)
        : typeof other === 'number' || typeof other === 'bigint'
          ? BigInt(other)
          : undefined;
    if (divisor === undefined) return undefined;
    return dividedByInt(operator, this.micros, divisor);
  }

  override toText(): string {
    const { days, seconds, microseconds } = this;
    const time = `${Math.floor(seconds / 3600)}:${zeroPadded(Math.floor(seconds / 60) % 60, 2)}:${zeroPadded(seconds % 60, 2)}`;
    const fraction = microseconds === 0 ? '' : `.${zeroPadded(microseconds, 6)}`;
    const prefix = days === 0 ? '' : `${days} day${Math.abs(days) === 1 ? '' : 's'}, `;
    return prefix + time + fraction;
  }

  repr(): string {
    const parts = [
      this.days === 0 ? '' : `days=${this.days}`,
      this.seconds === 0 ? '' : `seconds=${this.seconds}`,
      this.microseconds === 0 ? '' : `microseconds=${this.microseconds}`,
    ].filter(it => it !== '');
    return `datetime.timedelta(${parts.length === 0 ? '0' : parts.join(', ')})`;
  }
}

export const floorDivide = (a: bigint, b: bigint): bigint => (a - modulo(a, b)) / b;

export const modulo = (a: bigint, b: bigint): bigint => {
  const rest = a % b;
  return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
};

function withDelta(operator: string, a: bigint, b: bigint): Value | undefined {
  switch (operator) {
    case '+':
      return new TimeDelta(a + b);
    case '-':
      return new TimeDelta(a - b);
    case '/':
      return b === 0n ? raise('ZeroDivisionError', 'division by zero') : new Float(divideExactly(a, b));
    case '//':
      return b === 0n ? raise('ZeroDivisionError', 'integer division or modulo by zero') : toInt(floorDivide(a, b));
    case '%':
      return b === 0n ? raise('ZeroDivisionError', 'integer modulo by zero') : new TimeDelta(modulo(a, b));
    default:
      return undefined;
  }
}

function scaled(micros: bigint, factor: Value): Value | undefined {
  if (typeof factor === 'number' || typeof factor === 'bigint' || typeof factor === 'boolean') {
    return new TimeDelta(micros * BigInt(factor));
  }
  if (!(factor instanceof Float)) return undefined;
  const { numerator, shift } = finiteFraction(factor.value);
  return new TimeDelta(divideHalfEven(micros * numerator, 1n << BigInt(shift)));
}

function finiteFraction(value: number): ReturnType<typeof asFraction> {
  if (Number.isNaN(value)) raise('ValueError', 'cannot convert NaN to integer ratio');
  if (!Number.isFinite(value)) raise('OverflowError', 'cannot convert Infinity to integer ratio');
  return asFraction(value);
}

function dividedByFloat(micros: bigint, divisor: number): Value {
  if (divisor === 0) raise('ZeroDivisionError', 'division by zero');
  const { numerator, shift } = finiteFraction(divisor);
  const top = micros << BigInt(shift);
  return new TimeDelta(numerator < 0n ? divideHalfEven(-top, -numerator) : divideHalfEven(top, numerator));
}

function dividedByInt(operator: string, micros: bigint, divisor: bigint): Value | undefined {
  if (operator !== '/' && operator !== '//') return undefined;
  if (divisor === 0n) {
    raise('ZeroDivisionError', operator === '/' ? 'division by zero' : 'integer division or modulo by zero');
  }
  if (operator === '//') return new TimeDelta(floorDivide(micros, divisor));
  return new TimeDelta(divisor < 0n ? divideHalfEven(-micros, -divisor) : divideHalfEven(micros, divisor));
}

const timeDeltaMethods = methodTable<TimeDelta>({
  total_seconds: (delta, args) => {
    bindNone('timedelta.total_seconds', args);
    return new Float(divideExactly(delta.micros, microsPerSecond));
  },
});

const units: readonly (readonly [string, bigint])[] = [
  ['days', microsPerDay],
  ['seconds', microsPerSecond],
  ['microseconds', 1n],
  ['milliseconds', 1000n],
  ['minutes', 60n * microsPerSecond],
  ['hours', 3600n * microsPerSecond],
  ['weeks', 7n * microsPerDay],
];

/** `timedelta(days, seconds, microseconds, milliseconds, minutes, hours, weeks)`. */
export function makeTimeDelta(args: CallArguments): TimeDelta {
  const values = bindBuiltin('__new__', parameters(...units.map(([name]): [string, Value] => [name, 0])), args);
  let whole = 0n;
  let top = 0n;
  let shift = 0;
  units.forEach(([name, size], index) => {
    const value = values[index] ?? null;
    if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') {
      whole += BigInt(value) * size;
    } else if (value instanceof Float) {
      const fraction = finiteFraction(value.value);
      const common = Math.max(shift, fraction.shift);
      top = (top << BigInt(common - shift)) + ((fraction.numerator * size) << BigInt(common - fraction.shift));
      shift = common;
    } else raise('TypeError', `unsupported type for timedelta ${name} component: ${typeName(value)}`);
  });
  return new TimeDelta(whole + divideHalfEven(top, 1n << BigInt(shift)));
}
