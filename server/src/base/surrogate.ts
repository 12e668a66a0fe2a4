/**
 * A Python str can hold half of a surrogate pair, written as an escape, and two halves stay two characters. In a
 * JavaScript string they would melt into the character they encode, so a half from an escape is kept as a private-use
 * character of the last plane, U+10D800 to U+10DFFF, which nothing else stands for.
 */
const SHIFT = 0x100000;

const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;

/** The code point that stands for `code` in a string: itself, unless it is a surrogate. */
export const keptCodePoint = (code: number): number => (isSurrogate(code) ? code + SHIFT : code);

/** The code point of Python's str that a code point of the string stands for. */
export const pythonCodePoint = (code: number): number => (isSurrogate(code - SHIFT) ? code - SHIFT : code);

/** The text with its kept halves as UTF-16 code units, for writers that escape each unit by itself. */
export const withSurrogates = (text: string): string =>
  text.replaceAll(/[\u{10d800}-\u{10dfff}]/gu, it => String.fromCharCode(pythonCodePoint(it.codePointAt(0) ?? 0)));
