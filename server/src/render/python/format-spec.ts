import { Float, HostObject, Undefined, type Value } from '../value.ts';
import { raise } from './error.ts';
import { intToFloat } from './float.ts';
import { intText, type Int } from './int.ts';
import { floatDigits, groupDigits, type FloatStyle } from './number-format.ts';
import { codePointLength, strOf, substring } from './strings.ts';
import { repr, toText } from './text.ts';
import { typeName } from './type-name.ts';
import { makeText } from './meter.ts';

/** A format spec of Python's mini-language, taken apart. */
export interface FormatSpec {
  readonly fill: string;
  readonly align: '<' | '>' | '=' | '^' | undefined;
  readonly sign: '+' | '-' | ' ' | undefined;
  readonly noNegativeZero: boolean;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: ',' | '_' | undefined;
  readonly precision: number | undefined;
  readonly type: string;
}

const specPattern =
  /^(?:(?<fill>[^])(?=[<>=^]))?(?<align>[<>=^])?(?<sign>[-+ ])?(?<z>z)?(?<alternate>#)?(?<zero>0)?(?<width>\d+)?(?<grouping>[,_]*)(?:\.(?<precision>\d*))?(?<type>[^]*)$/u;

/** Takes a spec apart; `owner` is the value it is for, which the message of a malformed one names. */
export function parseFormatSpec(spec: string, owner: Value): FormatSpec {
  const groups = specPattern.exec(spec)?.groups ?? {};
  const type = groups['type'] ?? '';
  if (groups['precision'] === '') raise('ValueError', 'Format specifier missing precision');
  const grouping = groups['grouping'] ?? '';
  if (grouping === ',_' || grouping === '_,') raise('ValueError', "Cannot specify both ',' and '_'.");
  if (codePointLength(type) > 1 || grouping.length > 1) {
    raise('ValueError', `Invalid format specifier '${spec}' for object of type '${typeName(owner)}'`);
  }
  const zero = groups['zero'] !== undefined;
  const given = groups['align'];
  return {
    fill: groups['fill'] ?? (zero ? '0' : ' '),
    align: given === '<' || given === '>' || given === '=' || given === '^' ? given : zero ? '=' : undefined,
    sign: groups['sign'] === '+' ? '+' : groups['sign'] === ' ' ? ' ' : groups['sign'] === '-' ? '-' : undefined,
    noNegativeZero: groups['z'] !== undefined,
    alternate: groups['alternate'] !== undefined,
    width: sizeOf(groups['width'] ?? '0'),
    grouping: grouping === ',' ? ',' : grouping === '_' ? '_' : undefined,
    precision: groups['precision'] === undefined ? undefined : sizeOf(groups['precision']),
    type,
  };
}

const maxSize = 2n ** 63n - 1n;

/** A number in a format, which must fit the machine. */
export function sizeOf(digits: string): number {
  if (BigInt(digits) > maxSize) raise('ValueError', 'Too many decimal digits in format string');
  return Number(digits);
}

/** `format(value, spec)`. */
export function formatValue(value: Value, spec: string): string {
  if (spec === '') return toText(value);
  const text = strOf(value);
  if (text !== undefined) return formatStr(text, spec);
  if (typeof value === 'number' || typeof value === 'bigint') return formatInt(value, spec);
  if (typeof value === 'boolean') return formatInt(value ? 1 : 0, spec);
  if (value instanceof Float) return formatFloat(value.value, parseFormatSpec(spec, value), 'float');
  const own = value instanceof HostObject ? value.format(spec) : undefined;
  const owner = value instanceof Undefined ? 'Undefined' : typeName(value);
  return own ?? raise('TypeError', `unsupported format string passed to ${owner}.__format__`);
}

function unknownCode(type: string, owner: string): never {
  const code = type.codePointAt(0) ?? 0;
  const shown = code > 32 && code < 128 ? type : repr(type).slice(1, -1);
  const escaped = code >= 128 ? `\\x${code.toString(16)}` : shown;
  return raise('ValueError', `Unknown format code '${escaped}' for object of type '${owner}'`);
}

function formatStr(text: string, spec: string): string {
  const parsed = parseFormatSpec(spec, text);
  if (parsed.type !== '' && parsed.type !== 's') unknownCode(parsed.type, 'str');
  if (parsed.sign !== undefined) {
    raise(
      'ValueError',
      parsed.sign === ' '
        ? 'Space not allowed in string format specifier'
        : 'Sign not allowed in string format specifier',
    );
  }
  if (parsed.noNegativeZero) raise('ValueError', 'Negative zero coercion (z) not allowed in string format specifier');
  if (parsed.alternate) raise('ValueError', 'Alternate form (#) not allowed in string format specifier');
  if (parsed.grouping !== undefined) raise('ValueError', `Cannot specify '${parsed.grouping}' with 's'.`);
  // A zero before the width fills without asking for the alignment of numbers.
  const explicit = /^[^]?=/u.test(spec);
  if (parsed.align === '=' && explicit) raise('ValueError', "'=' alignment not allowed in string format specifier");
  const shown = parsed.precision === undefined ? text : substring(text, 0, parsed.precision);
  return pad('', shown, { ...parsed, align: parsed.align === '=' ? '<' : (parsed.align ?? '<') });
}

function formatInt(value: Int, spec: string): string {
  const parsed = parseFormatSpec(spec, 0);
  const { type } = parsed;
  if ('eEfFgG%'.includes(type) && type !== '') return formatFloat(intToFloat(value), parsed, 'int');
  if (!'bcdoxXn'.includes(type)) unknownCode(type, 'int');
  refuseLocaleGrouping(parsed);
  if (parsed.precision !== undefined) raise('ValueError', 'Precision not allowed in integer format specifier');
  if (parsed.noNegativeZero) raise('ValueError', 'Negative zero coercion (z) not allowed in integer format specifier');
  if (type === 'c') return formatCharacter(value, parsed);
  if (parsed.grouping === ',' && 'boxX'.includes(type) && type !== '') {
    raise('ValueError', `Cannot specify ',' with '${type}'.`);
  }
  const base = { b: 2, o: 8, x: 16, X: 16 }[type] ?? 10;
  const magnitude = value < 0 ? -value : value;
  const digits = base === 10 ? intText(magnitude) : magnitude.toString(base);
  const prefix = parsed.alternate ? ({ b: '0b', o: '0o', x: '0x', X: '0X' }[type] ?? '') : '';
  const cased = type === 'X' ? digits.toUpperCase() : digits;
  return padNumber(value < 0, prefix, cased, '', parsed, base === 10 ? 3 : 4);
}

/** `n` groups by the locale, which leaves no room for a separator. */
function refuseLocaleGrouping({ type, grouping }: FormatSpec): void {
  if (type === 'n' && grouping !== undefined) raise('ValueError', `Cannot specify '${grouping}' with 'n'.`);
}

function formatCharacter(value: Int, parsed: FormatSpec): string {
  if (parsed.sign !== undefined) raise('ValueError', "Sign not allowed with integer format specifier 'c'");
  if (parsed.alternate) raise('ValueError', "Alternate form (#) not allowed with integer format specifier 'c'");
  if (parsed.grouping !== undefined) raise('ValueError', `Cannot specify '${parsed.grouping}' with 'c'.`);
  if (value < 0 || value > 0x10ffff) raise('OverflowError', '%c arg not in range(0x110000)');
  return pad('', String.fromCodePoint(Number(value)), { ...parsed, align: parsed.align ?? '<' });
}

const floatStyles: Readonly<Record<string, FloatStyle>> = {
  e: 'e',
  E: 'e',
  f: 'f',
  F: 'f',
  g: 'g',
  G: 'g',
  n: 'g',
  '%': '%',
};

function formatFloat(value: number, parsed: FormatSpec, owner: string): string {
  const { type, precision } = parsed;
  refuseLocaleGrouping(parsed);
  const digits = type === '' ? shortDigits(value, parsed) : styledDigits(value, parsed, owner);
  const isZero = !/[1-9a-zA-Z]/.test(digits.replace(/e.*$/i, ''));
  const negative = (value < 0 || Object.is(value, -0)) && !(parsed.noNegativeZero && isZero);
  const cased = /^[A-Z]$/.test(type) ? digits.toUpperCase() : digits;
  const end = /[^0-9]/.exec(cased)?.index ?? cased.length;
  // `inf` and `nan` have no digits to group.
  const whole = /^[0-9]/.test(cased) ? cased.slice(0, end) : '';
  return precision === undefined || precision >= 0
    ? padNumber(negative, '', whole, cased.slice(whole.length), parsed, 3)
    : cased;
}

function styledDigits(value: number, { type, precision, alternate }: FormatSpec, owner: string): string {
  const style = floatStyles[type] ?? unknownCode(type, owner);
  return floatDigits(value, style, precision ?? 6, { alternate });
}

/** Without a type: Python's repr, or `g` of the precision with at least one digit after the point. */
function shortDigits(value: number, { precision, alternate }: FormatSpec): string {
  return floatDigits(value, precision === undefined ? 'r' : 'short', precision ?? 0, { alternate });
}

function pad(sign: string, body: string, { fill, align, width }: Pick<FormatSpec, 'fill' | 'align' | 'width'>): string {
  makeText(width);
  const missing = Math.max(0, width - codePointLength(sign) - codePointLength(body));
  if (align === '<') return sign + body + fill.repeat(missing);
  if (align === '=') return sign + fill.repeat(missing) + body;
  if (align !== '^') return fill.repeat(missing) + sign + body;
  return fill.repeat(Math.floor(missing / 2)) + sign + body + fill.repeat(Math.ceil(missing / 2));
}

/** Puts sign, prefix and grouped digits together: zeros that fill are grouped like digits. */
export function padNumber(
  negative: boolean,
  prefix: string,
  whole: string,
  rest: string,
  parsed: FormatSpec,
  groupSize: number,
): string {
  const sign = (negative ? '-' : parsed.sign === '+' ? '+' : parsed.sign === ' ' ? ' ' : '') + prefix;
  const { grouping } = parsed;
  if (grouping === undefined || whole === '') return pad(sign, whole + rest, parsed);
  const room = parsed.fill === '0' && parsed.align === '=' ? parsed.width - sign.length - rest.length : 0;
  makeText(parsed.width);
  let nDigits = whole.length;
  while (groupedLength(nDigits, groupSize) < room) nDigits++;
  const digits = whole.padStart(nDigits, '0');
  return pad(sign, groupDigits(digits, grouping, groupSize) + rest, parsed);
}

const groupedLength = (nDigits: number, size: number): number => nDigits + Math.floor((nDigits - 1) / size);
