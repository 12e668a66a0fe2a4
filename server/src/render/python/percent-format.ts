import { Dict, Float, Markup, Tuple, Undefined, type Value } from '../value.ts';
import { Decimal } from './decimal.ts';
import { failUndefined, raise } from './error.ts';
import { floatToInt, intToFloat } from './float.ts';
import { dictGet } from './hash.ts';
import { intText, type Int } from './int.ts';
import { escapeValue } from './markup.ts';
import { floatDigits } from './number-format.ts';
import { Sliceable } from './slice.ts';
import { codePointLength, escapeHtml, strOf, substring } from './strings.ts';
import { asciiRepr, repr, toText } from './text.ts';
import { typeName } from './type-name.ts';
import { makeText, spend } from './meter.ts';

/** One conversion of a format, parsed up to its arguments. */
interface Conversion {
  readonly flags: string;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  readonly type: string;
}

/** The arguments of a format, taken in order or by key. */
class FormatArguments {
  readonly #operand: Value;
  readonly #items: readonly Value[];
  #next = 0;
  #keyed = false;
  constructor(operand: Value) {
    this.#operand = operand;
    this.#items = operand instanceof Tuple ? operand.items : [operand];
  }

  take(): Value {
    const value = this.#items[this.#next];
    if (value === undefined) return raise('TypeError', 'not enough arguments for format string');
    this.#next++;
    return value;
  }

  takeKey(key: string): Value {
    this.#keyed = true;
    if (!(this.#operand instanceof Dict)) return raise('TypeError', 'format requires a mapping');
    const value = dictGet(this.#operand, key);
    return value === undefined ? raise('KeyError', repr(key)) : value;
  }

  /** Python lets a mapping go unused, and nothing else. */
  finish(): void {
    const unused = !this.#keyed && this.#next < this.#items.length;
    if (unused && !isMapping(this.#operand)) {
      raise('TypeError', 'not all arguments converted during string formatting');
    }
  }
}

/** CPython takes everything that can be subscripted, except tuples and strs, for a mapping. */
function isMapping(value: Value): boolean {
  if (value instanceof Tuple || strOf(value) !== undefined) return false;
  if (value instanceof Undefined || value instanceof Sliceable) return true;
  return value !== null && typeof value === 'object' && 'entries' in value
    ? value instanceof Dict
    : typeName(value) === 'list';
}

const conversionPattern =
  /%(?:\((?<key>(?:[^()]|\([^()]*\))*)\))?(?<flags>[-+ #0]*)(?<width>\*|\d+)?(?:\.(?<precision>\*|\d*))?[hlL]?(?<type>[^]|$)/uy;

/** `format % operand`; with `escape`, what is put in is escaped as Markup does. */
export function formatPercent(format: string, operand: Value, options: { readonly escape?: boolean } = {}): string {
  const args = new FormatArguments(operand);
  let result = '';
  let at = 0;
  for (let mark = format.indexOf('%'); mark >= 0; mark = format.indexOf('%', at)) {
    result += format.slice(at, mark);
    conversionPattern.lastIndex = mark;
    const match = conversionPattern.exec(format);
    const groups = match?.groups ?? {};
    const type = groups['type'] ?? '';
    if (type === '') {
      raise(
        'ValueError',
        groups['key'] === undefined && format.startsWith('%(', mark) ? 'incomplete format key' : 'incomplete format',
      );
    }
    at = mark + (match?.[0].length ?? 1);
    const end = at - type.length;
    spend(1);
    result +=
      match?.[0] === '%%' ? '%' : convertNext(groups, type, args, () => codePointLength(format.slice(0, end)), options);
  }
  args.finish();
  return result + format.slice(at);
}

function convertNext(
  groups: Readonly<Record<string, string | undefined>>,
  type: string,
  args: FormatArguments,
  index: () => number,
  options: { readonly escape?: boolean },
): string {
  const key = groups['key'];
  const keyed = key === undefined ? undefined : args.takeKey(key);
  const width = sizeOf(groups['width'], args);
  const precision = groups['precision'] === '' ? 0 : sizeOf(groups['precision'], args);
  const leftByStar = width !== undefined && width < 0;
  const conversion: Conversion = {
    flags: (groups['flags'] ?? '') + (leftByStar ? '-' : ''),
    width: width === undefined ? undefined : Math.abs(width),
    precision: precision === undefined ? undefined : Math.max(precision, 0),
    type,
  };
  const value = keyed === undefined ? args.take() : keyed;
  if (!'sradiouxXeEfFgGc'.includes(type)) {
    const code = (type.codePointAt(0) ?? 0).toString(16);
    const shown = /^[\x20-\x7e]$/.test(type) ? type : '?';
    raise('ValueError', `unsupported format character '${shown}' (0x${code}) at index ${index()}`);
  }
  return convert(value, conversion, options);
}

function sizeOf(text: string | undefined, args: FormatArguments): number | undefined {
  if (text !== '*') return text === undefined ? undefined : Number(text);
  const value = args.take();
  return typeof value === 'number' ? value : raise('TypeError', '* wants int');
}

function convert(value: Value, conversion: Conversion, options: { readonly escape?: boolean }): string {
  const { type, precision } = conversion;
  if (type === 's' || type === 'r' || type === 'a') {
    const plain = type === 's' ? toText(value) : type === 'r' ? repr(value) : asciiRepr(value);
    const text = options.escape !== true ? plain : type === 's' ? escapeValue(value).text : escapeHtml(plain);
    return padText(precision === undefined ? text : substring(text, 0, precision), conversion);
  }
  if (type === 'c') return padText(characterOf(value), conversion);
  return 'eEfFgG'.includes(type) ? convertFloat(value, conversion) : convertInt(value, conversion);
}

function padText(text: string, { width, flags }: Conversion): string {
  makeText(width ?? 0);
  const padding = ' '.repeat(Math.max(0, (width ?? 0) - codePointLength(text)));
  return flags.includes('-') ? text + padding : padding + text;
}

function characterOf(value: Value): string {
  const text = strOf(value);
  if (text !== undefined && codePointLength(text) === 1) return text;
  if (typeof value === 'bigint') raise('OverflowError', '%c arg not in range(0x110000)');
  if (typeof value === 'number' || typeof value === 'boolean') {
    const code = Number(value);
    return code >= 0 && code <= 0x10ffff
      ? String.fromCodePoint(code)
      : raise('OverflowError', '%c arg not in range(0x110000)');
  }
  return raise('TypeError', '%c requires int or char');
}

function convertInt(value: Value, conversion: Conversion): string {
  const { type, precision, flags } = conversion;
  const int = intFor(value, type);
  const magnitude = int < 0 ? -int : int;
  makeText(precision ?? 0);
  const base = { x: 16, X: 16, o: 8 }[type] ?? 10;
  const digits = (base === 10 ? intText(magnitude) : magnitude.toString(base)).padStart(precision ?? 0, '0');
  const cased = type === 'X' ? digits.toUpperCase() : digits;
  const prefix = flags.includes('#') ? ({ x: '0x', X: '0X', o: '0o' }[type] ?? '') : '';
  return padNumber(int < 0, prefix, cased, conversion);
}

function intFor(value: Value, type: string): Int {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Undefined) failUndefined(value);
  const decimalTypes = 'diu'.includes(type);
  if (value instanceof Float && decimalTypes) return floatToInt(value.value);
  if (value instanceof Decimal && decimalTypes) return value.toInt();
  const wanted = decimalTypes ? 'a real number' : 'an integer';
  return raise('TypeError', `%${type} format: ${wanted} is required, not ${typeName(value)}`);
}

function convertFloat(value: Value, conversion: Conversion): string {
  const { type, flags } = conversion;
  const float = floatFor(value);
  const style = type.toLowerCase();
  const digits = floatDigits(float, style === 'e' ? 'e' : style === 'f' ? 'f' : 'g', conversion.precision ?? 6, {
    alternate: flags.includes('#'),
  });
  const negative = float < 0 || Object.is(float, -0);
  return padNumber(negative, '', type === style ? digits : digits.toUpperCase(), conversion);
}

function floatFor(value: Value): number {
  if (value instanceof Float) return value.value;
  if (typeof value === 'number' || typeof value === 'bigint') return intToFloat(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Undefined) failUndefined(value);
  if (value instanceof Decimal) return value.toFloat();
  return raise('TypeError', `must be real number, not ${value instanceof Markup ? 'str' : typeName(value)}`);
}

function padNumber(negative: boolean, prefix: string, digits: string, { flags, width }: Conversion): string {
  const sign = negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  makeText(width ?? 0);
  const missing = Math.max(0, (width ?? 0) - sign.length - prefix.length - digits.length);
  if (flags.includes('-')) return sign + prefix + digits + ' '.repeat(missing);
  if (flags.includes('0')) return sign + prefix + '0'.repeat(missing) + digits;
  return ' '.repeat(missing) + sign + prefix + digits;
}
