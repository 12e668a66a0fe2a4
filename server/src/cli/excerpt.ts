import { lineTable, positionAt } from '../base/line-table.ts';
import type { TextRange } from '../base/text-range.ts';
import type { Style } from './style.ts';
import { shortened, textWidth, withoutColumns } from './text-width.ts';

/** `file:line:column`, from 1, as terminals and editors link it. */
export function placeText(file: string, text: string, offset: number): string {
  const { line, character } = positionAt(lineTable(text), offset);
  return `${file}:${line + 1}:${character + 1}`;
}

/**
 * The line of a range with one line of context on each side, and carets under the range:
 *
 *      3 │ select
 *      4 │     evnt_id,
 *        │     ^^^^^^^
 *      5 │     session_id
 *
 * Lines that are wider than `width` are cut, on the left too where the range would else be out of sight.
 */
export function excerpt(text: string, range: TextRange, style: Style, width: number): string {
  const table = lineTable(text);
  const start = positionAt(table, range.start);
  const end = positionAt(table, Math.max(range.end, range.start));
  // The end of the last line is no line of its own.
  const lines = text.replace(/(?:\r\n|\n|\r)$/, '').split(/\r\n|\n|\r/);
  const numberWidth = String(start.line + 2).length;
  const gutter = (label: string): string => style.dim(`${label.padStart(numberWidth)} │`);
  const room = Math.max(width - numberWidth - 3, LEAST_ROOM);
  const column = textWidth(tabless((lines[start.line] ?? '').slice(0, start.character)));
  const cut = (line: string): string => windowOf(tabless(line), column, room);
  const shown: string[] = [];
  for (let at = Math.max(start.line - 1, 0); at <= Math.min(start.line + 1, lines.length - 1); at++) {
    const line = lines[at] ?? '';
    shown.push(`${gutter(String(at + 1))} ${cut(line)}`.trimEnd());
    if (at !== start.line) continue;
    const upTo = end.line === start.line ? end.character : line.length;
    const before = column - hiddenBefore(column, room);
    const carets = Math.max(Math.min(textWidth(tabless(line.slice(start.character, upTo))), room - before), 1);
    shown.push(`${gutter('')} ${' '.repeat(before)}${style.red('^'.repeat(carets))}`);
  }
  return shown.join('\n');
}

const LEAST_ROOM = 20;

/** How many columns are left out on the left so that a column, and a third of the room behind it, can be seen. */
const hiddenBefore = (column: number, room: number): number =>
  column < (room * 2) / 3 ? 0 : column - Math.floor(room / 2);

/** The part of a line that is shown, with `…` where something is missing. */
function windowOf(line: string, column: number, room: number): string {
  const hidden = hiddenBefore(column, room);
  if (hidden === 0) return shortened(line, room);
  const rest = withoutColumns(line, hidden + 1);
  return rest === '' ? '' : `…${shortened(rest, room - 1)}`;
}

const tabless = (line: string): string => line.replaceAll('\t', '    ');
