import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packRows, unpackRows } from '../../server/src/base/packed-rows.ts';

const value = fc.option(
  fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[\\\n\r\tNnrt\uFEFF]*$/), fc.constant('\\N')),
);

test('what is packed comes back: nulls, empty texts, and characters that mean something to COPY', () => {
  const table = fc
    .integer({ min: 1, max: 4 })
    .chain(width => fc.array(fc.array(value, { minLength: width, maxLength: width })));
  fc.assert(
    fc.property(table, rows => {
      const packed = packRows(rows);
      expect(packed.nRows).toBe(rows.length);
      expect([...unpackRows(packed)]).toEqual(rows);
    }),
  );
});

test('a large table takes several pages, each of whole rows', () => {
  const rows = Array.from({ length: 30_000 }, (_, at) => [`${at}`, 'some text to fill the pages', null]);
  const packed = packRows(rows);
  expect(packed.pages.length).toBeGreaterThan(2);
  for (const page of packed.pages) expect(page.at(-1)).toBe('\n'.charCodeAt(0));
  expect([...unpackRows(packed)]).toEqual(rows);
});

test('a row is written as COPY reads it', () => {
  const { pages } = packRows([['a\tb', null, '\\N', '', 'line\nend']]);
  expect(new TextDecoder().decode(pages[0])).toBe('a\\tb\t\\N\t\\\\N\t\tline\\nend\n');
});
