import type { Offset } from './text-range.ts';

/** A place as editors count: both numbers from 0, `character` in UTF-16 code units. */
export interface LinePosition {
  readonly line: number;
  readonly character: number;
}

/** Where each line of a text starts. Lines end with LF, CRLF or a lone CR, as in LSP. */
export interface LineTable {
  readonly starts: readonly Offset[];
  readonly length: Offset;
}

export function lineTable(text: string): LineTable {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    const endsLine = char === LF || (char === CR && text.charCodeAt(at + 1) !== LF);
    if (endsLine) starts.push(at + 1);
  }
  return { starts, length: text.length };
}

const LF = 10;
const CR = 13;

/** The line and character of an offset; offsets outside the text are moved to its nearest end. */
export function positionAt(table: LineTable, offset: Offset): LinePosition {
  const at = Math.min(Math.max(offset, 0), table.length);
  const line = lastStartAtOrBefore(table.starts, at);
  return { line, character: at - (table.starts[line] ?? 0) };
}

/** The offset of a position; a line or character past the end is moved to the end of the text or line. */
export function offsetAt(table: LineTable, position: LinePosition): Offset {
  const start = table.starts[position.line];
  if (start === undefined) return table.length;
  const end = table.starts[position.line + 1] ?? table.length;
  return Math.min(start + position.character, end);
}

function lastStartAtOrBefore(starts: readonly Offset[], at: Offset): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
