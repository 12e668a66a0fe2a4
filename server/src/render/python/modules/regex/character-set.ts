import type { CharacterTest } from './nodes.ts';

/** `\d \D \s \S \w \W`; `undefined` for another letter. */
export function perlClass(letter: string, ascii: boolean): CharacterTest | undefined {
  const test = classes.get(letter.toLowerCase());
  if (test === undefined) return undefined;
  const chosen = ascii ? test.ascii : test.unicode;
  return letter === letter.toLowerCase() ? chosen : character => !chosen(character);
}

const between =
  (low: number, high: number): CharacterTest =>
  character =>
    low <= character && character <= high;

/** A test by a regular expression of one character, quick for ASCII. */
function tested(pattern: RegExp): CharacterTest {
  const known = Array.from({ length: 128 }, (_, code) => pattern.test(String.fromCodePoint(code)));
  return character => known[character] ?? pattern.test(String.fromCodePoint(character));
}

const classes: ReadonlyMap<string, { readonly unicode: CharacterTest; readonly ascii: CharacterTest }> = new Map([
  ['d', { unicode: tested(/^\p{Nd}$/u), ascii: between(48, 57) }],
  [
    's',
    {
      unicode: tested(/^[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/),
      ascii: tested(/^[\t-\r ]$/),
    },
  ],
  ['w', { unicode: tested(/^[\p{L}\p{N}_]$/u), ascii: tested(/^[a-zA-Z0-9_]$/) }],
]);

/** Whether a character belongs to a word. */
export const isWord = classes.get('w')?.unicode ?? (() => false);
export const isAsciiWord = classes.get('w')?.ascii ?? (() => false);

/** How a part of a pattern takes upper and lower case. */
export type CaseRule = 'exact' | 'ignore' | 'ignore-ascii';

/** The lower case of a character, when that is one character. */
export function lowerOf(character: number, rule: CaseRule): number {
  if (character < 128) return character >= 65 && character <= 90 ? character + 32 : character;
  if (rule === 'ignore-ascii') return character;
  // The one letter whose lower case is two characters in full and one in short.
  return character === 0x130 ? 0x69 : single(String.fromCodePoint(character).toLowerCase(), character);
}

function upperOf(character: number, rule: CaseRule): number {
  if (character < 128) return character >= 97 && character <= 122 ? character - 32 : character;
  return rule === 'ignore-ascii' ? character : single(String.fromCodePoint(character).toUpperCase(), character);
}

function single(text: string, otherwise: number): number {
  const code = text.codePointAt(0) ?? otherwise;
  return String.fromCodePoint(code) === text ? code : otherwise;
}

/** Lower case letters that have the same upper case: they match each other. */
const equivalents: ReadonlyMap<number, readonly number[]> = new Map(
  [
    'i\u0131',
    's\u017f',
    '\u00b5\u03bc',
    '\u0345\u03b9\u1fbe',
    '\u0390\u1fd3',
    '\u03b0\u1fe3',
    '\u03b2\u03d0',
    '\u03b5\u03f5',
    '\u03b8\u03d1',
    '\u03ba\u03f0',
    '\u03c0\u03d6',
    '\u03c1\u03f1',
    '\u03c2\u03c3',
    '\u03c6\u03d5',
    '\u1e61\u1e9b',
    '\ufb05\ufb06',
  ].flatMap((it): [number, readonly number[]][] => {
    const codes = Array.from(it, character => character.codePointAt(0) ?? 0);
    return codes.map(code => [code, codes.filter(other => other !== code)]);
  }),
);

/** Whether two lower case characters count as the same letter. */
export const isSameLetter = (a: number, b: number, rule: CaseRule): boolean =>
  a === b || (rule === 'ignore' && equivalents.get(a)?.includes(b) === true);

/** The test for one character of a pattern. */
export function literalTest(wanted: number, rule: CaseRule): CharacterTest {
  if (rule === 'exact') return character => character === wanted;
  const lower = lowerOf(wanted, rule);
  return character => isSameLetter(lowerOf(character, rule), lower, rule);
}

/** The test for `[…]`: any of the tests, or none of them. */
export function setTest(parts: readonly CharacterTest[], negated: boolean, rule: CaseRule): CharacterTest {
  const holds = (character: number): boolean => parts.some(it => it(character));
  const anyCase =
    rule === 'exact'
      ? holds
      : (character: number): boolean => {
          const lower = lowerOf(character, rule);
          if (holds(lower) || holds(upperOf(lower, rule)) || holds(character)) return true;
          return rule === 'ignore' && equivalents.get(lower)?.some(holds) === true;
        };
  const known = Array.from({ length: 128 }, (_, code) => anyCase(code) !== negated);
  return character => known[character] ?? anyCase(character) !== negated;
}

export const rangeTest = between;
