import { characters } from '../../strings.ts';

/** A text as a pattern sees it: by its characters, which may be two units of JavaScript's. */
export interface Subject {
  readonly text: string;
  readonly length: number;
  /** The code point of a character. */
  readonly at: (index: number) => number;
  /** The text between two indexes. */
  readonly slice: (start: number, end?: number) => string;
}

/** The subject that a text is. */
export function subjectOf(text: string): Subject {
  const all = characters(text);
  if (all.length === text.length) {
    const at = (index: number): number => text.charCodeAt(index);
    return { text, length: text.length, at, slice: (start, end) => text.slice(start, end) };
  }
  const codes = all.map(it => it.codePointAt(0) ?? 0);
  const at = (index: number): number => codes[index] ?? 0;
  return { text, length: codes.length, at, slice: (start, end) => all.slice(start, end).join('') };
}
