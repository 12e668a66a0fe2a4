import { expect, test } from 'vitest';
import { excerpt, placeText } from '../../server/src/cli/excerpt.ts';
import { plain } from '../../server/src/cli/style.ts';
import { textWidth } from '../../server/src/cli/text-width.ts';

const text = "select\n    evnt_id,\n    '日本' as x, wrong\nfrom t\n";

function shown(word: string, width = 80, of = text): string {
  const start = of.indexOf(word);
  return `\n${excerpt(of, { start, end: start + word.length }, plain, width)}\n`;
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
  expect(`\n${excerpt('x', { start: 1, end: 1 }, plain, 80)}\n`).toBe('\n1 │ x\n  │  ^\n');
});

test('lines that are too wide are cut around the range', () => {
  const long = `short\n${'left '.repeat(20)}HERE${' right'.repeat(20)}\nalso short\n`;
  expect(shown('HERE', 44, long)).toBe(`
1 │
2 │ …eft left left left HERE right right ri…
  │                     ^^^^
3 │
`);
  expect(shown('short', 44, long)).toContain('2 │ left left left left left left left left…');
  const wide = `${'日'.repeat(40)}HERE\n`;
  const [line = '', carets = ''] = shown('HERE', 44, wide).trim().split('\n');
  expect(textWidth(carets.slice(0, carets.indexOf('^')))).toBe(textWidth(line.slice(0, line.indexOf('HERE'))));
});
