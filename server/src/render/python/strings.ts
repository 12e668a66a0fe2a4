import { Marked, Markup, Spanned, type Value } from '../value.ts';

/** The text of a str of any kind, or `undefined` for a value that is no str. */
export function strOf(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  if (value instanceof Spanned || value instanceof Markup || value instanceof Marked) return value.text;
  return undefined;
}

/** A text with a character beyond the 16-bit plane, where a code unit is not a character. */
const astral = /[\ud800-\udbff][\udc00-\udfff]/;

/** `len(text)`: in code points. */
export function codePointLength(text: string): number {
  if (!astral.test(text)) return text.length;
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    length++;
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit < 0xdc00 && isLow(text.charCodeAt(at + 1))) at++;
  }
  return length;
}

const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

/** The characters of a text as Python indexes them. */
export function characters(text: string): string[] {
  return astral.test(text) ? Array.from(text) : text.split('');
}

/** The text between two indexes in code points, both within the text. */
export function substring(text: string, start: number, end: number): string {
  return astral.test(text) ? Array.from(text).slice(start, end).join('') : text.slice(start, end);
}

/** The index in code points of a place given in code units. */
export function codePointIndex(text: string, unit: number): number {
  return codePointLength(text.slice(0, unit));
}

/** Negative, zero or positive as `a` sorts before, with or after `b`: by code points, as Python compares. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  if (!astral.test(a) && !astral.test(b)) return a < b ? -1 : 1;
  const left = Array.from(a, it => it.codePointAt(0) ?? 0);
  const right = Array.from(b, it => it.codePointAt(0) ?? 0);
  const different = left.findIndex((point, index) => point !== right[index]);
  if (different < 0) return left.length - right.length;
  return (left[different] ?? 0) - (right[different] ?? -1);
}

/** HTML's special characters as markupsafe writes them. */
export function escapeHtml(text: string): string {
  if (!/[&<>"']/.test(text)) return text;
  return text.replace(/[&<>"']/g, it => htmlEscapes[it] ?? it);
}

const htmlEscapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };
