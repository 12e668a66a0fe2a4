import type { GridCell } from '../../../server/src/protocol.ts';

/** Rows as tab-separated text for the clipboard, as spreadsheets paste it. NULL is empty. */
export function tabSeparated(rows: readonly (readonly GridCell[])[]): string {
  return rows.map(row => row.map(it => quotedIf(/[\t\n\r"]/, textOf(it))).join('\t')).join('\n');
}

/** Rows as a CSV file (RFC 4180). NULL is an empty field, and an empty text is `""`, so that the two stay apart. */
export function commaSeparated(rows: readonly (readonly GridCell[])[]): string {
  return rows.map(row => `${row.map(csvField).join(',')}\r\n`).join('');
}

function csvField(cell: GridCell): string {
  return cell === '' ? '""' : quotedIf(/[,\n\r"]/, textOf(cell));
}

function textOf(cell: GridCell): string {
  return cell === null ? '' : String(cell);
}

function quotedIf(special: RegExp, text: string): string {
  return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
