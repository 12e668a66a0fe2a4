import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lexiconOf } from '../../../server/src/syntax/sql/dialect.ts';
import { scanSql } from '../../../server/src/syntax/sql/tokens.ts';
import { lowerWord } from '../../../server/src/syntax/sql/word-cache.ts';

describe('the words of names', () => {
  test('are their text in lower case, however often and in whatever case they come', () => {
    const word = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,50}$/);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), words => {
        const text = [...words, ...words.map(it => it.toUpperCase())].join(' ');
        const names = scanSql(text, lexiconOf('trino')).filter(it => it.kind === 'name');
        expect(names.map(it => it.word)).toEqual(names.map(it => text.slice(it.start, it.end).toLowerCase()));
      }),
    );
  });

  test('are told apart although their hashes are the same', () => {
    expect(lowerWord('Aa BB', 0, 2, 7)).toBe('aa');
    expect(lowerWord('Aa BB', 3, 5, 7)).toBe('bb');
    expect(lowerWord('Aa BB', 0, 2, 7)).toBe('aa');
  });
});
