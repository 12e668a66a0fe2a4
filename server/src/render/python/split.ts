import { raise } from './error.ts';
import { spend, spendOnText } from './meter.ts';

/** What Python's str takes for white space. */
const space = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const leading = new RegExp(`^${space}+`);
const blank = new RegExp(space);
const word = new RegExp(`${space}+`);

/** The side or sides of a text that stripping works on. */
export type StripSide = 'left' | 'right' | 'both';

/** `str.strip()` and its one-sided forms; `characters` is the set to strip, white space when `undefined`. */
export function strip(text: string, side: StripSide, set?: string): string {
  if (set === undefined) {
    const left = side === 'right' ? text : text.replace(leading, '');
    return side === 'left' ? left : withoutTrailing(left);
  }
  const members = new Set(set);
  const all = Array.from(text);
  let start = 0;
  let end = all.length;
  while (side !== 'right' && start < end && members.has(all[start] ?? '')) start++;
  while (side !== 'left' && end > start && members.has(all[end - 1] ?? '')) end--;
  return all.slice(start, end).join('');
}

/** From the end on: a search for blanks at the end would begin at every run of them. */
function withoutTrailing(text: string): string {
  let end = text.length;
  while (end > 0 && blank.test(text[end - 1] ?? '')) end--;
  return text.slice(0, end);
}

/** `str.split(separator, limit)`; without a separator, at runs of white space. A negative limit is none. */
export function split(text: string, separator: string | undefined, limit: number): string[] {
  if (separator === undefined) return splitWords(text, limit);
  if (separator === '') return raise('ValueError', 'empty separator');
  spendOnText(text.length);
  const parts = text.split(separator);
  spend(parts.length >> 1);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  return [...parts.slice(0, limit), parts.slice(limit).join(separator)];
}

function splitWords(text: string, limit: number): string[] {
  spendOnText(text.length);
  let rest = strip(text, 'left');
  const parts: string[] = [];
  while (rest !== '' && (limit < 0 || parts.length < limit)) {
    const match = word.exec(rest);
    if (match === null) break;
    spend(1);
    parts.push(rest.slice(0, match.index));
    rest = rest.slice(match.index + match[0].length);
  }
  return rest === '' ? parts : [...parts, rest];
}

/** `str.rsplit(separator, limit)`: the limit counts from the right. */
export function splitRight(text: string, separator: string | undefined, limit: number): string[] {
  if (separator === undefined) return splitWordsRight(text, limit);
  if (separator === '') return raise('ValueError', 'empty separator');
  const parts = text.split(separator);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  const kept = parts.length - limit;
  return [parts.slice(0, kept).join(separator), ...parts.slice(kept)];
}

function splitWordsRight(text: string, limit: number): string[] {
  const words = splitWords(text, -1);
  if (limit < 0 || words.length <= limit) return words;
  let rest = strip(text, 'right');
  const parts: string[] = [];
  for (const last of words.slice(words.length - limit).reverse()) {
    parts.unshift(last);
    rest = strip(rest.slice(0, rest.length - last.length), 'right');
  }
  return rest === '' ? parts : [rest, ...parts];
}

const lineBreak = /\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]/g;

/** `str.splitlines()`. */
export function splitLines(text: string, options: { readonly keepEnds?: boolean } = {}): string[] {
  const lines: string[] = [];
  let start = 0;
  for (const match of text.matchAll(lineBreak)) {
    const end = match.index + match[0].length;
    spend(1);
    lines.push(text.slice(start, options.keepEnds === true ? end : match.index));
    start = end;
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}

/** `str.expandtabs(size)`. */
export function expandTabs(text: string, size: number): string {
  let column = 0;
  let result = '';
  for (const character of text) {
    if (character === '\t') {
      const width = size > 0 ? size - (column % size) : 0;
      result += ' '.repeat(width);
      column += width;
    } else {
      result += character;
      column = character === '\n' || character === '\r' ? 0 : column + 1;
    }
  }
  return result;
}
