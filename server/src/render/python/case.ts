import { spend } from './meter.ts';
import { characters } from './strings.ts';

/** Digraphs whose title case is neither their upper nor their lower case. */
const titleForms = new Map([
  ...Array.from('ǄǅǆǇǈǉǊǋǌ', (it, index): [string, string] => [it, 'ǅǈǋ'[Math.floor(index / 3)] ?? it]),
  ...Array.from('Ǳǲǳ', (it): [string, string] => [it, 'ǲ']),
]);

/** A character in title case: `ß` becomes `Ss`. */
function titleCharacter(character: string): string {
  const form = titleForms.get(character);
  if (form !== undefined) return form;
  const [first = '', ...rest] = characters(character.toUpperCase());
  return first + rest.join('').toLowerCase();
}

/** `str.capitalize()`. */
export function capitalize(text: string): string {
  const [first = '', ...rest] = characters(text);
  return titleCharacter(first) + lowerWithin(first, rest.join(''));
}

/** Lower case of a text that follows another: a final sigma depends on what stands before it. */
function lowerWithin(before: string, text: string): string {
  return (before + text).toLowerCase().slice(before.toLowerCase().length);
}

/** How far back the case of a letter can depend on. */
const CONTEXT = 64;

/** Only a sigma has two lower cases. */
const lowerAfter = (before: string, character: string): string =>
  character === 'Σ' ? lowerWithin(before, character) : character.toLowerCase();

const cased = /\p{Lowercase}|\p{Uppercase}|\p{Lt}/u;

/** `str.title()`: a character after one that has no case starts a word. */
export function titleCase(text: string): string {
  spend(text.length >> 1);
  let result = '';
  let inWord = false;
  let before = '';
  for (const character of characters(text)) {
    result += inWord ? lowerAfter(before, character) : titleCharacter(character);
    inWord = cased.test(character);
    before = (before + character).slice(-CONTEXT);
  }
  return result;
}

/** `str.swapcase()`. */
export function swapCase(text: string): string {
  spend(text.length >> 2);
  return characters(text)
    .map(it => (/\p{Uppercase}/u.test(it) ? it.toLowerCase() : /\p{Lowercase}/u.test(it) ? it.toUpperCase() : it))
    .join('');
}

/** `str.casefold()`, for the characters whose folding differs from their lower case. */
export function caseFold(text: string): string {
  return text
    .toLowerCase()
    .replace(/[ßſςﬀ-ﬆ]/gu, it => (it === 'ß' ? 'ss' : it === 'ſ' ? 's' : it === 'ς' ? 'σ' : it.normalize('NFKC')));
}

const every = (pattern: RegExp, text: string): boolean => text !== '' && pattern.test(text);

/** The questions Python's str answers about its characters, by method name. */
export const characterTests: Readonly<Record<string, (text: string) => boolean>> = {
  isalnum: text => every(/^[\p{L}\p{N}]+$/u, text),
  isalpha: text => every(/^\p{L}+$/u, text),
  isascii: text => /^[\x00-\x7f]*$/.test(text),
  isdecimal: text => every(/^\p{Nd}+$/u, text),
  isdigit: text => every(/^[\p{Nd}²³¹⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒]+$/u, text),
  isidentifier: text => every(/^[\p{XID_Start}_]\p{XID_Continue}*$/u, text),
  islower: text => /\p{Lowercase}/u.test(text) && !/[\p{Uppercase}\p{Lt}]/u.test(text),
  isnumeric: text => every(/^[\p{N}一二三四五六七八九十百千万億兆〇零]+$/u, text),
  isprintable: text => /^(?:[^\p{C}\p{Z}]| )*$/u.test(text),
  isspace: text => every(/^[\s\x1c-\x1f\x85]+$/, text) && !text.includes('\ufeff'),
  istitle: isTitle,
  isupper: text => /\p{Uppercase}/u.test(text) && !/[\p{Lowercase}\p{Lt}]/u.test(text),
};

function isTitle(text: string): boolean {
  let inWord = false;
  let found = false;
  for (const character of characters(text)) {
    const upper = /\p{Uppercase}|\p{Lt}/u.test(character);
    if (upper ? inWord : /\p{Lowercase}/u.test(character) && !inWord) return false;
    inWord = cased.test(character);
    found ||= inWord;
  }
  return found;
}
