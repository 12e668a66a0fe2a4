import type { CaseRule } from './character-set.ts';
import { perlClass, rangeTest, setTest } from './character-set.ts';
import { escapedCharacter } from './escapes.ts';
import type { CharacterTest, RegexNode } from './nodes.ts';
import { lengthOf, type PatternSource } from './source.ts';

/** One thing between brackets: a character, or a class of them. */
type SetItem = number | CharacterTest;

/** Reads `[…]`, whose opening bracket has been taken. */
export function parseSet(source: PatternSource, ascii: boolean, rule: CaseRule): RegexNode {
  const start = source.tell() - 1;
  const unterminated = (): never => source.fail('unterminated character set', source.tell() - start);
  const parts: CharacterTest[] = [];
  const add = (item: SetItem): void => void parts.push(typeof item === 'number' ? rangeTest(item, item) : item);
  const negated = source.match('^');
  for (;;) {
    const token = source.get() ?? unterminated();
    if (token === ']' && parts.length > 0) break;
    const low = itemOf(source, token, ascii);
    if (!source.match('-')) {
      add(low);
      continue;
    }
    const other = source.get() ?? unterminated();
    if (other === ']') {
      add(low);
      add(DASH);
      break;
    }
    const high = itemOf(source, other, ascii);
    if (typeof low !== 'number' || typeof high !== 'number' || high < low) {
      source.fail(`bad character range ${token}-${other}`, lengthOf(token) + 1 + lengthOf(other));
    }
    parts.push(rangeTest(low, high));
  }
  return { kind: 'character', test: setTest(parts, negated, rule) };
}

const DASH = 45;

function itemOf(source: PatternSource, token: string, ascii: boolean): SetItem {
  if (!token.startsWith('\\')) return token.codePointAt(0) ?? 0;
  const letter = token.slice(1);
  const test = /^[dswDSW]$/.test(letter) ? perlClass(letter, ascii) : undefined;
  return test ?? escapedCharacter(source, token);
}
