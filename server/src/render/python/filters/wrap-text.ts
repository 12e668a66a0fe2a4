import type { Value } from '../../value.ts';
import { ordered } from '../compare.ts';
import { raise } from '../error.ts';
import { toText } from '../text.ts';
import { codePointLength, substring } from '../strings.ts';
import { spend } from '../meter.ts';

/** How lines may be broken inside a word. */
export interface WrapOptions {
  readonly breakLongWords: boolean;
  readonly breakOnHyphens: boolean;
}

/** Breaks a line into lines of at most `width` characters, as Python's `textwrap.wrap` does. */
export function wrapText(text: string, width: Value, options: WrapOptions): string[] {
  if (ordered('<=', width, 0)) raise('ValueError', `invalid width ${toText(width)} (must be > 0)`);
  const limit = Number(toText(width));
  const chunks = chunksOf(text, options).reverse();
  const lines: string[] = [];
  while (chunks.length > 0) {
    // White space at the start of a line that a break made is dropped.
    if (isBlank(chunks.at(-1)) && lines.length > 0) chunks.pop();
    const line = takeLine(chunks, limit, options);
    if (isBlank(line.at(-1))) line.pop();
    if (line.length > 0) lines.push(line.join(''));
  }
  return lines;
}

const isBlank = (chunk: string | undefined): boolean => chunk !== undefined && chunk.trim() === '';

function takeLine(chunks: string[], width: number, options: WrapOptions): string[] {
  const line: string[] = [];
  let length = 0;
  let next = chunks.at(-1);
  spend(4 + ((next?.length ?? 0) >> 2));
  while (next !== undefined && length + codePointLength(next) <= width) {
    line.push(next);
    length += codePointLength(next);
    chunks.pop();
    next = chunks.at(-1);
  }
  if (next !== undefined && codePointLength(next) > width) breakWord(chunks, line, next, width - length, options);
  return line;
}

/** A word longer than a line is cut to the room that is left, which may be none, or stands alone. */
function breakWord(chunks: string[], line: string[], word: string, room: number, options: WrapOptions): void {
  if (options.breakLongWords) {
    if (!Number.isInteger(room)) {
      raise('TypeError', 'slice indices must be integers or None or have an __index__ method');
    }
    const head = substring(word, 0, room);
    const hyphen = options.breakOnHyphens ? head.lastIndexOf('-') : -1;
    const end = hyphen > 0 && /[^-]/.test(head.slice(0, hyphen)) ? hyphen + 1 : head.length;
    line.push(word.slice(0, end));
    chunks[chunks.length - 1] = word.slice(end);
  } else if (line.length === 0) {
    line.push(word);
    chunks.pop();
  }
}

/** Where a line may break: around white space, after a hyphen between letters, around dashes. */
const hyphenated = new RegExp(
  '[\\t-\\r ]+|(?<=WP)-{2,}(?=W)|[^\\t-\\r ]+?(?:-(?:(?<=L{2}-)|(?<=L-L-))(?=L-?L)|(?=[\\t-\\r ]|$)|(?<=WP)(?=-{2,}W))'
    .replaceAll('WP', '[\\p{L}\\p{N}_!"\'&.,?]')
    .replaceAll('W', '[\\p{L}\\p{N}_]')
    .replace(/L(?=[{)-])/g, '[\\p{L}_]'),
  'gu',
);

function chunksOf(text: string, { breakOnHyphens }: WrapOptions): string[] {
  if (breakOnHyphens) return text.match(hyphenated) ?? [];
  return text.split(/([\t-\r ]+)/).filter(it => it !== '');
}
