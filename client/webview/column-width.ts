import type { GridCell, GridColumn } from '../../server/src/protocol.ts';
import { cellText } from './cell-text.ts';

/** The width of each column in characters: as wide as its name, its type and its first rows ask for, within bounds. */
export function columnWidths(
  columns: readonly GridColumn[],
  rows: readonly (readonly GridCell[])[],
): readonly number[] {
  return columns.map((column, index) => {
    const longest = rows
      .slice(0, SAMPLE)
      .reduce((most, row) => Math.max(most, cellText(row[index] ?? null).text.length), 0);
    return clamp(Math.max(longest, column.name.length + column.type.length + 2));
  });
}

const SAMPLE = 100;
const NARROWEST = 6;
const WIDEST = 42;

const clamp = (width: number): number => Math.min(Math.max(width, NARROWEST), WIDEST);
