import { describe, expect, test } from 'vitest';
import { cellText } from '../../client/webview/cell-text.ts';
import { columnWidths } from '../../client/webview/column-width.ts';
import { cursorAfterKey, cursorAt, selectedRange } from '../../client/webview/grid-cursor.ts';
import { factsOf } from '../../client/webview/result-facts.ts';
import { RowPages } from '../../client/webview/row-pages.ts';

describe('cells', () => {
  test('NULL, the empty text and the word NULL look different', () => {
    expect([null, '', 'NULL'].map(cellText)).toEqual([
      { text: 'NULL', look: 'null' },
      { text: 'empty', look: 'empty' },
      { text: 'NULL', look: 'value' },
    ]);
  });

  test('a text of several lines stays on one', () => {
    expect(cellText('a\r\nb\tc').text).toBe('a⏎b⇥c');
  });

  test('columns are as wide as their widest cell or header, within bounds', () => {
    const columns = [
      { name: 'id', type: 'INT', kind: 'number' as const },
      { name: 'note', type: 'VARCHAR', kind: 'text' as const },
    ];
    expect(columnWidths(columns, [[1, 'x'.repeat(100)]])).toEqual([7, 42]);
  });
});

describe('walking the grid with the keyboard', () => {
  const size = { rows: 1000, columns: 5, pageRows: 20 };
  const press = (key: string, shiftKey = false, mainKey = false) => ({ key, shiftKey, mainKey });

  test('arrows move the cursor and stop at the edges', () => {
    expect(cursorAfterKey(cursorAt(0, 0), press('ArrowUp'), size)).toEqual(cursorAt(0, 0));
    expect(cursorAfterKey(cursorAt(0, 0), press('ArrowDown'), size)).toEqual(cursorAt(1, 0));
    expect(cursorAfterKey(cursorAt(999, 4), press('ArrowRight'), size)).toEqual(cursorAt(999, 4));
    expect(cursorAfterKey(cursorAt(5, 2), press('End', false, true), size)).toEqual(cursorAt(999, 4));
    expect(cursorAfterKey(cursorAt(5, 2), press('PageDown'), size)).toEqual(cursorAt(25, 2));
  });

  test('shift keeps the other corner of the selection', () => {
    const extended = cursorAfterKey(cursorAt(3, 3), press('ArrowUp', true), size);
    expect(extended && selectedRange(extended)).toEqual({ top: 2, bottom: 3, left: 3, right: 3 });
  });

  test('Ctrl+A selects every cell', () => {
    const all = cursorAfterKey(cursorAt(3, 3), press('a', false, true), size);
    expect(all && selectedRange(all)).toEqual({ top: 0, bottom: 999, left: 0, right: 4 });
  });

  test('other keys are left to the editor', () => {
    expect(cursorAfterKey(cursorAt(3, 3), press('Tab'), size)).toBeUndefined();
    expect(cursorAfterKey(cursorAt(3, 3), press('a'), size)).toBeUndefined();
  });
});

describe('rows that come in pages', () => {
  test('only what is in view and not there is asked for, and only once', () => {
    const pages = new RowPages(1000, { first: 0, rows: Array.from({ length: 200 }, (_, n) => [n]) });
    expect(pages.missing(0, 60)).toBeUndefined();
    expect(pages.missing(180, 240)).toEqual({ first: 200, count: 200 });
    expect(pages.missing(180, 240)).toBeUndefined();
    expect(pages.missing(950, 1000)).toEqual({ first: 800, count: 200 });
  });

  test('rows are found by their index in the whole result', () => {
    const pages = new RowPages(300, { first: 0, rows: [] });
    pages.add({ first: 250, rows: [['x']] }, 300);
    expect(pages.row(250)).toEqual(['x']);
    expect(pages.row(251)).toBeUndefined();
  });

  const rowsFrom = (first: number, count: number) => ({ first, rows: Array.from({ length: count }, (_, n) => [n]) });

  test('a result that grows has its last block filled up', () => {
    const pages = new RowPages(500, rowsFrom(0, 500));
    expect(pages.missing(480, 510)).toBeUndefined();
    pages.add(rowsFrom(500, 1000), 1500);
    expect(pages.missing(400, 1500)).toBeUndefined();
    expect(pages.row(1499)).toEqual([999]);
  });

  test('of very many rows those far from the view are dropped, and can be asked for again', () => {
    const pages = new RowPages(1000, rowsFrom(0, 1000));
    for (let first = 1000; first < 60_000; first += 1000) pages.add(rowsFrom(first, 1000), first + 1000);
    expect(pages.row(0)).toBeUndefined();
    expect(pages.row(59_999)).toEqual([999]);
    expect(pages.missing(0, 40)).toEqual({ first: 0, count: 200 });
  });
});

describe('what is said of the size of a result', () => {
  const facts = { columns: [{ name: 'n', type: 'INT', kind: 'number' as const }], seconds: 0.25 };

  test.each([
    [1, { kind: 'none' as const }, '1 row · 1 column · 0.25 s'],
    [1500, { kind: 'open' as const }, 'first 1,500 rows, more as you scroll · 1 column · 0.25 s'],
    [1500, { kind: 'failed' as const, message: 'gone' }, 'first 1,500 rows · 1 column · 0.25 s'],
  ])('%i rows with %j behind them', (total, rest, expected) => {
    expect(factsOf({ ...facts, total, rest })).toBe(expected);
  });
});
