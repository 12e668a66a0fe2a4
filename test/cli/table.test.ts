import { describe, expect, test } from 'vitest';
import type { Cell } from '../../server/src/base/statement.ts';
import { plain } from '../../server/src/cli/style.ts';
import { printCsv, printTable, rowObjects } from '../../server/src/cli/table.ts';

function resultOf(types: Readonly<Record<string, string>>, ...rows: readonly (readonly Cell[])[]) {
  return { columns: Object.entries(types).map(([name, type]) => ({ name, type })), rows };
}

const print = (result: ReturnType<typeof resultOf>, width = 80): string =>
  `\n${printTable(result, { style: plain, width })}\n`;

describe('tables', () => {
  test('numbers stand to the right, text to the left, null is said', () => {
    const funnel = resultOf(
      { step: 'VARCHAR', sessions: 'BIGINT', share: 'DECIMAL(5,1)', day: 'DATE' },
      ['page_view', 1234, '100.0', '2026-02-02'],
      ['add_to_cart', 56, '4.5', null],
    );
    expect(print(funnel)).toBe(`
 step         sessions  share  day
 ───────────  ────────  ─────  ──────────
 page_view        1234  100.0  2026-02-02
 add_to_cart        56    4.5  null
`);
  });

  test('wide characters, line breaks and nested values keep the columns straight', () => {
    const wide = resultOf({ a: 'VARCHAR', b: 'JSON' }, ['日本', [1, { x: 2n ** 60n }]], ['two\nlines', 'é']);
    expect(print(wide)).toBe(`
 a          b
 ─────────  ───────────────────────────────
 日本       [1,{"x":"1152921504606846976"}]
 two⏎lines  é
`);
  });

  test('what does not fit is cut in the widest columns', () => {
    const long = resultOf({ id: 'INTEGER', text: 'VARCHAR' }, [1, 'x'.repeat(100)]);
    expect(print(long, 20)).toBe(`
 id  text
 ──  ──────────────
  1  xxxxxxxxxxxxx…
`);
  });

  test('long names over short cells stand on several lines', () => {
    const types = { funnel_step: 'VARCHAR', previous_session_count: 'BIGINT', drop_off_rate: 'DECIMAL(5,4)' };
    expect(print(resultOf(types, ['page_view', null, null], ['cart', 578, '0.1920']), 40)).toMatchInlineSnapshot(`
      "
                        previous_   drop_off_
       funnel_step  session_count        rate
       ───────────  ─────────────  ──────────
       page_view             null        null
       cart                   578      0.1920
      "
    `);
  });

  test('what has too many columns is printed row by row', () => {
    const types = Object.fromEntries(['first', 'second', 'third'].map(name => [name, 'VARCHAR']));
    expect(print(resultOf(types, ['a'.repeat(30), 'b'.repeat(30), null]), 30)).toMatchInlineSnapshot(`
      "
       ── row 1 ────
       first   aaaaaaaaaaaaaaaaaaa…
       second  bbbbbbbbbbbbbbbbbbb…
       third   null
      "
    `);
  });

  test('many narrow columns that do not fit are printed row by row as well', () => {
    const types = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`n_${at}`, 'INTEGER']));
    expect(
      print(
        resultOf(
          types,
          Array.from({ length: 12 }, (_, at) => at),
        ),
        40,
      ),
    ).toContain(' n_11  11');
  });

  test('no rows leave the names', () => {
    expect(print(resultOf({ a: 'INTEGER' }))).toBe('\n a\n ─\n');
  });
});

test('CSV quotes what it must, and null is nothing', () => {
  const result = resultOf({ a: 'VARCHAR', 'b,c': 'INTEGER' }, ['say "hi"', 1], [null, 2n ** 60n], ['x\ny', null]);
  expect(printCsv(result)).toBe('a,"b,c"\n"say ""hi""",1\n,1152921504606846976\n"x\ny",');
});

test('JSON keeps numbers that it knows, and writes the others as text', () => {
  const result = resultOf({ a: 'BIGINT', b: 'DOUBLE', c: 'INTEGER[]' }, [2n ** 60n, Infinity, [1, null]]);
  expect(rowObjects(result)).toEqual([{ a: '1152921504606846976', b: 'Infinity', c: [1, null] }]);
});
