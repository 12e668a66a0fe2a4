import type { CaseRule } from './character-set.ts';
import { literalTest, perlClass } from './character-set.ts';
import { flagBits } from './flags.ts';
import type { Anchor, RegexNode } from './nodes.ts';
import type { GroupState } from './parse.ts';
import { repr } from '../../text.ts';
import { lengthOf, type PatternSource } from './source.ts';

const { IGNORECASE = 0, ASCII = 0 } = flagBits;

const simpleEscapes: ReadonlyMap<string, number> = new Map([
  ['a', 7],
  ['b', 8],
  ['f', 12],
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['v', 11],
  ['\\', 92],
]);

/** What an escape outside of brackets stands for; letters that mean nothing are errors. */
export function escapeNode(
  source: PatternSource,
  token: string,
  groups: GroupState,
  flags: number,
  rule: CaseRule,
): RegexNode {
  const letter = token.slice(1);
  const isAscii = (flags & ASCII) !== 0;
  const anchor = anchorOf(letter, isAscii);
  if (anchor !== undefined) return { kind: 'anchor', anchor };
  const test = perlClass(letter, isAscii);
  if (test !== undefined && /^[dswDSW]$/.test(letter)) return { kind: 'character', test };
  const code = simpleEscapes.get(letter) ?? numericEscape(source, letter);
  if (code !== undefined) return { kind: 'character', test: literalTest(code, rule) };
  if (letter === '0') {
    const digits = source.getWhile(2, /^[0-7]$/);
    return { kind: 'character', test: literalTest(Number.parseInt(`0${digits}`, 8), rule) };
  }
  if (/^[1-9]$/.test(letter)) return numbered(source, letter, groups, flags, rule);
  if (/^[a-zA-Z]$/.test(letter)) source.fail(`bad escape ${token}`, 2);
  return { kind: 'character', test: literalTest(letter.codePointAt(0) ?? 0, rule) };
}

function anchorOf(letter: string, isAscii: boolean): Anchor | undefined {
  switch (letter) {
    case 'A':
      return 'text-start';
    case 'Z':
      return 'text-end';
    case 'b':
      return isAscii ? 'ascii-boundary' : 'boundary';
    case 'B':
      return isAscii ? 'ascii-no-boundary' : 'no-boundary';
    default:
      return undefined;
  }
}

/** `\x41`, `\u0041` or `\U00000041`; `undefined` for other letters. */
function numericEscape(source: PatternSource, letter: string): number | undefined {
  if (letter === 'N') return namedCharacter(source);
  const size = { x: 2, u: 4, U: 8 }[letter];
  if (size === undefined) return undefined;
  const digits = source.getWhile(size, /^[0-9a-fA-F]$/);
  const token = `\\${letter}${digits}`;
  if (digits.length !== size) source.fail(`incomplete escape ${token}`, token.length);
  const code = Number.parseInt(digits, 16);
  return code <= 0x10ffff ? code : source.fail(`bad escape ${token}`, token.length);
}

/** `\N{…}` needs the table of Unicode's names, which the product does not carry. */
function namedCharacter(source: PatternSource): never {
  if (!source.match('{')) source.fail('missing {');
  const name = source.getUntil('}', 'character name');
  return source.fail(`undefined character name ${repr(name)}`, lengthOf(name) + 4);
}

/** `\1` is a group; three octal digits are a character. */
function numbered(source: PatternSource, first: string, groups: GroupState, flags: number, rule: CaseRule): RegexNode {
  let digits = first;
  if (/^[0-9]$/.test(source.next ?? '')) {
    digits += source.get() ?? '';
    if (/^[0-7]{2}$/.test(digits) && /^[0-7]$/.test(source.next ?? '')) {
      digits += source.get() ?? '';
      const code = octal(source, digits);
      return { kind: 'character', test: literalTest(code, rule) };
    }
  }
  const group = Number(digits);
  if (group > groups.count) source.fail(`invalid group reference ${group}`, digits.length);
  groups.check(source, group, digits.length + 1);
  return { kind: 'reference', group, ignoresCase: (flags & IGNORECASE) !== 0 };
}

function octal(source: PatternSource, digits: string): number {
  const code = Number.parseInt(digits, 8);
  if (code <= 0o377) return code;
  return source.fail(`octal escape value \\${digits} outside of range 0-0o377`, digits.length + 1);
}

/** The character that an escape inside brackets stands for. */
export function escapedCharacter(source: PatternSource, token: string): number {
  const letter = token.slice(1);
  const code = simpleEscapes.get(letter) ?? numericEscape(source, letter);
  if (code !== undefined) return code;
  if (/^[0-7]$/.test(letter)) return octal(source, letter + source.getWhile(2, /^[0-7]$/));
  if (/^[a-zA-Z0-9]$/.test(letter)) source.fail(`bad escape ${token}`, 2);
  return letter.codePointAt(0) ?? 0;
}
