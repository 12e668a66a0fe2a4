import type { CellRange } from './results-messages.ts';

/** The focused cell, and the other corner of what is selected with it. */
export interface GridCursor {
  readonly row: number;
  readonly column: number;
  readonly anchorRow: number;
  readonly anchorColumn: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that fit on the screen, for the page keys. */
  readonly pageRows: number;
}

export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  /** Ctrl, or Command on a Mac. */
  readonly mainKey: boolean;
}

/** A cursor at one cell, with nothing else selected. */
export function cursorAt(row: number, column: number): GridCursor {
  return { row, column, anchorRow: row, anchorColumn: column };
}

/** Where a key moves the cursor; `undefined` when the key has no meaning for the grid. Shift keeps the other corner. */
export function cursorAfterKey(cursor: GridCursor, press: KeyPress, size: GridSize): GridCursor | undefined {
  if (press.mainKey && press.key.toLowerCase() === 'a') {
    return { row: size.rows - 1, column: size.columns - 1, anchorRow: 0, anchorColumn: 0 };
  }
  const target = targetOf(cursor, press, size);
  if (target === undefined) return undefined;
  const row = clamp(target.row, size.rows);
  const column = clamp(target.column, size.columns);
  return press.shiftKey ? { ...cursor, row, column } : cursorAt(row, column);
}

/** The rectangle between the cursor and its other corner. */
export function selectedRange(cursor: GridCursor): CellRange {
  return {
    top: Math.min(cursor.row, cursor.anchorRow),
    bottom: Math.max(cursor.row, cursor.anchorRow),
    left: Math.min(cursor.column, cursor.anchorColumn),
    right: Math.max(cursor.column, cursor.anchorColumn),
  };
}

interface Cell {
  readonly row: number;
  readonly column: number;
}

function targetOf(at: GridCursor, press: KeyPress, size: GridSize): Cell | undefined {
  const { row, column } = at;
  const { mainKey } = press;
  switch (press.key) {
    case 'ArrowUp':
      return { row: mainKey ? 0 : row - 1, column };
    case 'ArrowDown':
      return { row: mainKey ? size.rows - 1 : row + 1, column };
    case 'ArrowLeft':
      return { row, column: mainKey ? 0 : column - 1 };
    case 'ArrowRight':
      return { row, column: mainKey ? size.columns - 1 : column + 1 };
    case 'PageUp':
      return { row: row - size.pageRows, column };
    case 'PageDown':
      return { row: row + size.pageRows, column };
    case 'Home':
      return { row: mainKey ? 0 : row, column: 0 };
    case 'End':
      return { row: mainKey ? size.rows - 1 : row, column: size.columns - 1 };
    default:
      return undefined;
  }
}

const clamp = (index: number, count: number): number => Math.max(0, Math.min(index, count - 1));
