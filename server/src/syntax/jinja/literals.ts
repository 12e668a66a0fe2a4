import { keptCodePoint } from '../../base/surrogate.ts';

/** The value of a string literal's inside, or Python's complaint about one of its escapes. */
export type DecodedString = { readonly value: string } | { readonly message: string };

/** Whether the stretch needs decoding: it holds a backslash or a CR. */
export function hasEscape(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 92 || code === 13) return true;
  }
  return false;
}

/**
 * Decodes as Jinja does: newlines become LF, then non-ASCII characters become escapes, then Python's `unicode-escape`
 * reads everything. So a backslash before a non-ASCII character leaves a backslash and the character's escape.
 */
export function decodeString(raw: string): DecodedString {
  const text = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
  let value = '';
  let from = 0;
  for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', from)) {
    value += text.slice(from, at);
    const escape = decodeEscape(text, at + 1);
    if ('message' in escape) return escape;
    value += escape.value;
    from = escape.end;
  }
  return { value: value + text.slice(from) };
}

type Escape = { readonly value: string; readonly end: number } | { readonly message: string };

function decodeEscape(text: string, at: number): Escape {
  const char = text[at];
  if (char === undefined) return { message: '\\ at end of string' };
  const simple = SIMPLE_ESCAPES.get(char);
  if (simple !== undefined) return { value: simple, end: at + 1 };
  if (char >= '0' && char <= '7') return octalEscape(text, at);
  const width = HEX_WIDTHS.get(char);
  if (width !== undefined) return hexEscape(text, at + 1, char, width);
  if (char === 'N') return namedEscape(text, at + 1);
  const code = text.codePointAt(at) ?? 0;
  if (code < 128) return { value: `\\${char}`, end: at + 1 };
  return { value: `\\${asciiEscape(code)}`, end: at + String.fromCodePoint(code).length };
}

const SIMPLE_ESCAPES = new Map([
  ['\n', ''],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

const HEX_WIDTHS = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

function octalEscape(text: string, at: number): Escape {
  let end = at;
  while (end < at + 3 && text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 55) end++;
  return { value: String.fromCharCode(parseInt(text.slice(at, end), 8)), end };
}

function hexEscape(text: string, at: number, letter: string, width: number): Escape {
  const digits = text.slice(at, at + width);
  if (digits.length < width || !/^[0-9a-fA-F]*$/.test(digits)) {
    return { message: `truncated \\${letter}${'X'.repeat(width)} escape` };
  }
  const code = parseInt(digits, 16);
  if (code > 0x10ffff) return { message: 'illegal Unicode character' };
  return { value: String.fromCodePoint(keptCodePoint(code)), end: at + width };
}

/** `\N{…}` needs the Unicode name table, which the product does not carry; the well-formed ones are unknown names. */
function namedEscape(text: string, at: number): Escape {
  const close = text.indexOf('}', at);
  if (text[at] !== '{' || close <= at + 1) return { message: 'malformed \\N character escape' };
  const value = CHARACTER_NAMES.get(text.slice(at + 1, close).toUpperCase());
  return value === undefined ? { message: 'unknown Unicode character name' } : { value, end: close + 1 };
}

/** The few names that templates use. */
const CHARACTER_NAMES = new Map([
  ['BULLET', '\u2022'],
  ['CHECK MARK', '\u2713'],
  ['COPYRIGHT SIGN', '\u00a9'],
  ['DEGREE SIGN', '\u00b0'],
  ['EM DASH', '\u2014'],
  ['EN DASH', '\u2013'],
  ['EURO SIGN', '\u20ac'],
  ['HORIZONTAL ELLIPSIS', '\u2026'],
  ['LATIN SMALL LETTER E WITH ACUTE', '\u00e9'],
  ['NO-BREAK SPACE', '\u00a0'],
  ['SNOWMAN', '\u2603'],
  ['ZERO WIDTH SPACE', '\u200b'],
]);

function asciiEscape(code: number): string {
  if (code < 0x100) return `x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `u${code.toString(16).padStart(4, '0')}`;
  return `U${code.toString(16).padStart(8, '0')}`;
}

/** The value of an integer literal: a safe integer, or a `bigint` beyond. */
export function integerValue(literal: string): number | bigint {
  const digits = literal.includes('_') ? literal.replaceAll('_', '') : literal;
  const value = Number(digits.toLowerCase());
  return Number.isSafeInteger(value) ? value : BigInt(digits.toLowerCase());
}

/** The value of a float literal. */
export function floatValue(literal: string): number {
  return Number(literal.includes('_') ? literal.replaceAll('_', '') : literal);
}
