import { expect, test } from 'vitest';
import { excerpt, placeText } from '../../server/src/cli/excerpt.ts';
import { plain } from '../../server/src/cli/style.ts';

const text = "select\n    evnt_id,\n    '日本' as x, wrong\nfrom t\n";

function shown(word: string): string {
  const start = text.indexOf(word);
  return `\n${excerpt(text, { start, end: start + word.length }, plain)}\n`;
}

test('a place counts lines and columns from 1', () => {
  expect(placeText('models/a.sql', text, text.indexOf('evnt_id'))).toBe('models/a.sql:2:5');
});

test('carets stand under the range, with a line of context on each side', () => {
  expect(shown('evnt_id')).toBe(`
1 │ select
2 │     evnt_id,
  │     ^^^^^^^
3 │     '日本' as x, wrong
`);
});

test('wide characters before the range move the carets', () => {
  expect(shown('wrong')).toBe(`
2 │     evnt_id,
3 │     '日本' as x, wrong
  │                  ^^^^^
4 │ from t
`);
});

test('the first line has none above, and an empty range one caret', () => {
  expect(`\n${excerpt('x', { start: 1, end: 1 }, plain)}\n`).toBe('\n1 │ x\n  │  ^\n');
});
