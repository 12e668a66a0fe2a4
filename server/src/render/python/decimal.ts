import { Float, HostObject, type HashKey, type Value } from '../value.ts';
import { bindNone, bindOne } from './arguments.ts';
import { raise } from './error.ts';
import { asFraction, divideHalfEven } from './float.ts';
import { parseFormatSpec, padNumber } from './format-spec.ts';
import { toInt, type Int } from './int.ts';
import { boundMethod, methodTable } from './methods/method-table.ts';

/** The digits that results keep: the precision of Python's default context. */
const precision = 28;

/** A finite decimal is `coefficient * 10 ** exponent`; the sign is kept apart, because there is a negative zero. */
export interface DecimalParts {
  readonly negative: boolean;
  readonly coefficient: bigint;
  readonly exponent: number;
}

/** Python's `decimal.Decimal`, which templates meet in the rows of a query. */
export class Decimal extends HostObject {
  readonly typeName = 'decimal.Decimal';
  readonly negative: boolean;
  readonly coefficient: bigint;
  readonly exponent: number;
  readonly special: 'Infinity' | 'NaN' | undefined;
  constructor(parts: DecimalParts, special?: 'Infinity' | 'NaN') {
    super();
    this.negative = parts.negative;
    this.coefficient = parts.coefficient;
    this.exponent = parts.exponent;
    this.special = special;
  }

  /** The decimal in a text, or `undefined` when it is none. */
  static parse(text: string): Decimal | undefined {
    const special = /^([+-]?)(inf(?:inity)?|nan)$/i.exec(text);
    if (special !== null) {
      const kind = (special[2] ?? '').toLowerCase() === 'nan' ? 'NaN' : 'Infinity';
      return new Decimal({ negative: special[1] === '-', coefficient: 0n, exponent: 0 }, kind);
    }
    const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text);
    const digits = (match?.[2] ?? '') + (match?.[3] ?? '');
    if (match === null || digits === '') return undefined;
    const exponent = Number(match[4] ?? 0) - (match[3] ?? '').length;
    return new Decimal({ negative: match[1] === '-', coefficient: BigInt(digits), exponent });
  }

  /** The decimal of an int. */
  static ofInt(value: Int): Decimal {
    const coefficient = BigInt(value);
    return new Decimal({ negative: coefficient < 0n, coefficient: abs(coefficient), exponent: 0 });
  }

  /** The coefficient with the sign. */
  get signed(): bigint {
    return this.negative ? -this.coefficient : this.coefficient;
  }

  /** `int(d)`: without the fraction. */
  toInt(): Int {
    if (this.special === 'NaN') raise('ValueError', 'cannot convert NaN to integer');
    if (this.special !== undefined) raise('OverflowError', 'cannot convert Infinity to integer');
    if (this.exponent >= 0) return toInt(this.signed * 10n ** BigInt(this.exponent));
    return toInt(this.signed / 10n ** BigInt(-this.exponent));
  }

  /** `float(d)`. */
  toFloat(): number {
    if (this.special === 'NaN') return NaN;
    return Number(this.special === undefined ? this.toText() : this.negative ? '-Infinity' : 'Infinity');
  }

  /** `round(d, digits)`, half to even. */
  rounded(digits: number): Decimal {
    if (this.special !== undefined) return this;
    return new Decimal({ negative: this.negative, coefficient: this.#scaled(digits), exponent: -digits });
  }

  /** The magnitude in units of `10 ** -digits`, half to even. */
  #scaled(digits: number): bigint {
    const shift = this.exponent + digits;
    return shift >= 0
      ? this.coefficient * 10n ** BigInt(shift)
      : divideHalfEven(this.coefficient, 10n ** BigInt(-shift));
  }

  override qualifiedTypeName(): string {
    return 'decimal.Decimal';
  }

  override attribute(name: string): Value | undefined {
    if (name === 'real') return this;
    if (name === 'imag') return Decimal.ofInt(0);
    return boundMethod(decimalMethods, this, name);
  }

  override truthy(): boolean {
    return this.special !== undefined || this.coefficient !== 0n;
  }

  override equals(other: Value): boolean {
    return this.compare(other) === 0;
  }

  override compare(other: Value): number | undefined {
    const operand = other instanceof Float ? ofFloat(other.value) : operandOf(other);
    if (operand === undefined) return undefined;
    if (this.special === 'NaN' || operand.special === 'NaN') return NaN;
    const rank = (it: Decimal): number => (it.special === undefined ? 0 : it.negative ? -1 : 1);
    if (rank(this) !== 0 || rank(operand) !== 0) return rank(this) - rank(operand);
    const exponent = Math.min(this.exponent, operand.exponent);
    const left = this.signed * 10n ** BigInt(this.exponent - exponent);
    const right = operand.signed * 10n ** BigInt(operand.exponent - exponent);
    return left < right ? -1 : left > right ? 1 : 0;
  }

  override hashKey(): HashKey {
    const float = this.toFloat();
    if (this.special !== undefined) return float;
    const whole = this.toInt();
    if (this.compare(whole) === 0) return whole;
    return this.compare(new Float(float)) === 0 ? float : `d${normalize(this).toText()}`;
  }

  override arithmetic(
    operator: string,
    other: Value,
    { reflected }: { readonly reflected: boolean },
  ): Value | undefined {
    if (operator === 'neg') return fix({ ...partsOf(this), negative: !this.negative && this.coefficient !== 0n });
    if (operator === 'pos') return fix(this);
    if (operator === 'abs') return fix({ ...partsOf(this), negative: false });
    const operand = operandOf(other);
    if (operand === undefined) return undefined;
    return reflected ? operate(operator, operand, this) : operate(operator, this, operand);
  }

  override toText(): string {
    const sign = this.negative ? '-' : '';
    if (this.special !== undefined) return sign + this.special;
    const digits = this.coefficient.toString();
    const left = this.exponent + digits.length;
    const point = this.exponent <= 0 && left > -6 ? left : 1;
    const plain =
      point <= 0
        ? `0.${'0'.repeat(-point)}${digits}`
        : point >= digits.length
          ? digits + '0'.repeat(point - digits.length)
          : `${digits.slice(0, point)}.${digits.slice(point)}`;
    const power = left - point;
    return sign + plain + (power === 0 ? '' : `E${power < 0 ? '-' : '+'}${Math.abs(power)}`);
  }

  repr(): string {
    return `Decimal('${this.toText()}')`;
  }

  override format(spec: string): string {
    return formatDecimal(this, spec);
  }
}

const abs = (value: bigint): bigint => (value < 0n ? -value : value);

/** `format(decimal, spec)`. */
function formatDecimal(value: Decimal, spec: string): string {
  const parsed = parseFormatSpec(spec, value);
  const { precision } = parsed;
  const isZeroAligned = /^(?:[^][<>=^]|[<>=^])[-+ ]?#?0/u.test(spec);
  if (!'eEfFgGn%'.includes(parsed.type) || parsed.grouping === '_' || parsed.alternate || isZeroAligned) {
    raise('ValueError', 'invalid format string');
  }
  if (value.special !== undefined) return padNumber(value.negative, '', '', value.special, parsed, 3);
  const type = parsed.type === '' ? 'G' : parsed.type === 'n' ? 'g' : parsed.type;
  const scaled = type === '%' ? new Decimal({ ...partsOf(value), exponent: value.exponent + 2 }) : value;
  const { coefficient, exponent } = roundedFor(scaled, type, precision);
  const digits = coefficient.toString();
  const left = exponent + digits.length;
  const point = pointFor(type, { left, exponent, isZero: coefficient === 0n, precision });
  const padded = point > digits.length ? digits.padEnd(point, '0') : point < 0 ? '0'.repeat(-point) + digits : digits;
  const nWhole = Math.max(point, 0);
  const fraction = padded.slice(nWhole);
  const power = left - point;
  const letter = type === 'E' || type === 'G' ? 'E' : 'e';
  const tail = power !== 0 || 'eE'.includes(type) ? `${letter}${power < 0 ? '-' : '+'}${Math.abs(power)}` : '';
  const rest = (fraction === '' ? '' : `.${fraction}`) + tail + (type === '%' ? '%' : '');
  return padNumber(value.negative, '', padded.slice(0, nWhole) || '0', rest, parsed, 3);
}

const partsOf = ({ negative, coefficient, exponent }: Decimal): DecimalParts => ({ negative, coefficient, exponent });

/** The digits a format keeps. */
function roundedFor(value: Decimal, type: string, precision: number | undefined): Decimal {
  const nDigits = value.coefficient.toString().length;
  const digitsKept = (count: number): Decimal => value.rounded(count - nDigits - value.exponent);
  if ('fF%'.includes(type)) {
    if (precision !== undefined) return value.rounded(precision);
    return value.coefficient === 0n && value.exponent > 0 ? value.rounded(0) : value;
  }
  if (precision === undefined) return value;
  const wanted = 'eE'.includes(type) ? precision + 1 : Math.max(precision, 1);
  if ('gG'.includes(type) && nDigits <= wanted) return value;
  const rounded = value.coefficient === 0n && 'eE'.includes(type) ? value : digitsKept(wanted);
  // Rounding up may have added a digit.
  return rounded.coefficient.toString().length > wanted
    ? new Decimal({ ...partsOf(rounded), coefficient: rounded.coefficient / 10n, exponent: rounded.exponent + 1 })
    : rounded;
}

/** How many digits stand before the point. */
function pointFor(
  type: string,
  number: {
    readonly left: number;
    readonly exponent: number;
    readonly isZero: boolean;
    readonly precision: number | undefined;
  },
): number {
  if ('eE'.includes(type)) return number.isZero && number.precision !== undefined ? 1 - number.precision : 1;
  if ('fF%'.includes(type)) return number.left;
  return number.exponent <= 0 && number.left > -6 ? number.left : 1;
}

function operandOf(value: Value): Decimal | undefined {
  if (value instanceof Decimal) return value;
  if (typeof value === 'number' || typeof value === 'bigint') return Decimal.ofInt(value);
  return typeof value === 'boolean' ? Decimal.ofInt(value ? 1 : 0) : undefined;
}

function ofFloat(value: number): Decimal | undefined {
  if (!Number.isFinite(value)) return Decimal.parse(String(value));
  const { numerator, shift } = asFraction(value);
  return new Decimal({ negative: numerator < 0n, coefficient: abs(numerator) * 5n ** BigInt(shift), exponent: -shift });
}

/** Rounds to the precision of the context. */
function fix(parts: DecimalParts): Decimal {
  const surplus = parts.coefficient.toString().length - precision;
  if (surplus <= 0) return new Decimal(parts);
  const coefficient = divideHalfEven(parts.coefficient, 10n ** BigInt(surplus));
  return fix({ negative: parts.negative, coefficient, exponent: parts.exponent + surplus });
}

const ofSigned = (value: bigint, exponent: number): Decimal =>
  fix({ negative: value < 0n, coefficient: abs(value), exponent });

/** The two coefficients in the smaller of the two exponents. */
function aligned(a: Decimal, b: Decimal): { readonly left: bigint; readonly right: bigint; readonly exponent: number } {
  const exponent = Math.min(a.exponent, b.exponent);
  return {
    left: a.signed * 10n ** BigInt(a.exponent - exponent),
    right: b.signed * 10n ** BigInt(b.exponent - exponent),
    exponent,
  };
}

function operate(operator: string, a: Decimal, b: Decimal): Decimal | undefined {
  if (a.special !== undefined || b.special !== undefined) {
    return new Decimal({ negative: false, coefficient: 0n, exponent: 0 }, 'NaN');
  }
  const { left, right, exponent } = aligned(a, b);
  switch (operator) {
    case '+':
      return ofSigned(left + right, exponent);
    case '-':
      return ofSigned(left - right, exponent);
    case '*':
      return fix({
        negative: a.negative !== b.negative,
        coefficient: a.coefficient * b.coefficient,
        exponent: a.exponent + b.exponent,
      });
    case '/':
      return divide(a, b);
    case '//':
      if (right === 0n) failZero(left);
      return fix({ negative: a.negative !== b.negative, coefficient: abs(left / right), exponent: 0 });
    case '%':
      if (right === 0n) raise('InvalidOperation', "[<class 'decimal.InvalidOperation'>]");
      return fix({ negative: a.negative, coefficient: abs(left % right), exponent });
    case '**':
      return power(a, b);
    default:
      return undefined;
  }
}

function failZero(dividend: bigint): never {
  return dividend === 0n
    ? raise('InvalidOperation', "[<class 'decimal.DivisionUndefined'>]")
    : raise('DivisionByZero', "[<class 'decimal.DivisionByZero'>]");
}

function divide(a: Decimal, b: Decimal): Decimal {
  if (b.coefficient === 0n) failZero(a.coefficient);
  const negative = a.negative !== b.negative;
  const ideal = a.exponent - b.exponent;
  if (a.coefficient === 0n) return new Decimal({ negative, coefficient: 0n, exponent: ideal });
  const shift = b.coefficient.toString().length - a.coefficient.toString().length + precision + 1;
  const top = shift >= 0 ? a.coefficient * 10n ** BigInt(shift) : a.coefficient;
  const bottom = shift >= 0 ? b.coefficient : b.coefficient * 10n ** BigInt(-shift);
  let coefficient = top / bottom;
  let exponent = ideal - shift;
  if (top % bottom !== 0n) {
    // A last digit that is no 5 keeps what was cut off from looking like a tie.
    if (coefficient % 5n === 0n) coefficient++;
  } else {
    for (; exponent < ideal && coefficient % 10n === 0n; exponent++) coefficient /= 10n;
  }
  return fix({ negative, coefficient, exponent });
}

function power(a: Decimal, b: Decimal): Decimal | undefined {
  const times = b.toInt();
  if (b.compare(times) !== 0 || typeof times !== 'number' || Math.abs(times) > 10_000) return undefined;
  const n = Math.abs(times);
  const raised = fix({
    negative: a.negative && n % 2 === 1,
    coefficient: a.coefficient ** BigInt(n),
    exponent: a.exponent * n,
  });
  return times >= 0 ? raised : divide(Decimal.ofInt(1), raised);
}

/** The same number without zeros at the end. */
function normalize(value: Decimal): Decimal {
  if (value.coefficient === 0n) {
    return new Decimal({ negative: value.negative, coefficient: 0n, exponent: 0 });
  }
  let { coefficient, exponent } = value;
  for (; coefficient % 10n === 0n; exponent++) coefficient /= 10n;
  return new Decimal({ negative: value.negative, coefficient, exponent });
}

const decimalMethods = methodTable<Decimal>({
  normalize: (value, args) => {
    bindNone('normalize', args);
    return normalize(value);
  },
  quantize: (value, args) => {
    const exponent = bindOne('quantize', args);
    return exponent instanceof Decimal
      ? value.rounded(-exponent.exponent)
      : raise('TypeError', 'conversion from other types to Decimal is not supported');
  },
  is_zero: (value, args) => {
    bindNone('is_zero', args);
    return value.special === undefined && value.coefficient === 0n;
  },
  is_nan: (value, args) => {
    bindNone('is_nan', args);
    return value.special === 'NaN';
  },
  is_signed: (value, args) => {
    bindNone('is_signed', args);
    return value.negative;
  },
});
