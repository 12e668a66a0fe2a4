import type { Offset } from '../../base/text-range.ts';

/** How many words are remembered; a power of two. A word takes the place of another whose hash ends alike. */
const SIZE = 32_768;
const LONGEST = 40;

const remembered: string[] = Array.from({ length: SIZE }, () => '');

/** The hash of a word without letters; `hashNext` adds one of ASCII, and capitals count as small letters. */
export const HASH_START = 0;

export const hashNext = (hash: number, code: number): number =>
  (Math.imul(hash, 31) + (code >= 65 && code <= 90 ? code + 32 : code)) | 0;

/**
 * The word of a text in lower case; `hash` is that of its characters, all of which are ASCII. Equal words are mostly
 * one and the same string: SQL says few words often, the engine compares identical strings at a glance, and no string
 * is made for a word that came before.
 */
export function lowerWord(text: string, start: Offset, end: Offset, hash: number): string {
  const slot = (hash ^ (hash >>> 12)) & (SIZE - 1);
  const known = remembered[slot] ?? '';
  if (isLowerOf(known, text, start, end)) return known;
  const word = text.slice(start, end).toLowerCase();
  if (word.length > LONGEST) return word;
  const own = HAS_DIGIT.test(word) ? copied(word) : internalized(word);
  remembered[slot] = own;
  return own;
}

function isLowerOf(word: string, text: string, start: Offset, end: Offset): boolean {
  if (word.length !== end - start) return false;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (word.charCodeAt(at - start) !== (code >= 65 && code <= 90 ? code + 32 : code)) return false;
  }
  return true;
}

/** Words with digits are nearly all names of a user's, which come seldom and which the parser compares with nothing. */
const HAS_DIGIT = /\d/;

/** The same word, apart from the text it was cut from, which it would keep in memory. */
const copied = (word: string): string => word.toUpperCase().toLowerCase();

/** The string that the engine keeps for a name of a property; the words that the parser compares with are of these. */
const internalized = (word: string): string => Object.keys({ [word]: true })[0] ?? word;
