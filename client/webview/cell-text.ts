import type { GridCell } from '../../server/src/protocol.ts';

/** How a cell looks: its text, and whether the text is the value or says something about it. */
export interface CellText {
  readonly text: string;
  readonly look: 'value' | 'null' | 'empty';
}

/** The text of a cell on one line. NULL and the empty text are told apart from each other and from the word. */
export function cellText(cell: GridCell): CellText {
  if (cell === null) return { text: 'NULL', look: 'null' };
  if (cell === '') return { text: 'empty', look: 'empty' };
  return {
    text: String(cell)
      .replaceAll(/\r\n|[\n\r]/g, '⏎')
      .replaceAll('\t', '⇥'),
    look: 'value',
  };
}
