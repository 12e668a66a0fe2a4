import { lineTable, positionAt } from '../base/line-table.ts';
import type { TextRange } from '../base/text-range.ts';
import type { Style } from './style.ts';
import { textWidth } from './text-width.ts';

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
 */
export function excerpt(text: string, range: TextRange, style: Style): string {
  const table = lineTable(text);
  const start = positionAt(table, range.start);
  const end = positionAt(table, Math.max(range.end, range.start));
  // The end of the last line is no line of its own.
  const lines = text.replace(/(?:\r\n|\n|\r)$/, '').split(/\r\n|\n|\r/);
  const numberWidth = String(start.line + 2).length;
  const gutter = (label: string): string => style.dim(`${label.padStart(numberWidth)} │`);
  const shown: string[] = [];
  for (let at = Math.max(start.line - 1, 0); at <= Math.min(start.line + 1, lines.length - 1); at++) {
    const line = lines[at] ?? '';
    shown.push(`${gutter(String(at + 1))} ${tabless(line)}`.trimEnd());
    if (at !== start.line) continue;
    const upTo = end.line === start.line ? end.character : line.length;
    const before = textWidth(tabless(line.slice(0, start.character)));
    const carets = Math.max(textWidth(tabless(line.slice(start.character, upTo))), 1);
    shown.push(`${gutter('')} ${' '.repeat(before)}${style.red('^'.repeat(carets))}`);
  }
  return shown.join('\n');
}

const tabless = (line: string): string => line.replaceAll('\t', '    ');
