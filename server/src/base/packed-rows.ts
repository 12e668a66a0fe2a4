/**
 * Rows of text as they travel between threads and processes, which would take each value of a large table apart and put
 * it together again otherwise. A page holds whole rows in the text form of PostgreSQL's COPY, which is also what the
 * server of that name reads: tabs between values, a line feed after each row, `\N` for null, backslashes before
 * characters that mean something.
 */
export interface PackedRows {
  readonly nRows: number;
  readonly pages: readonly Uint8Array<ArrayBuffer>[];
}

type Row = readonly (string | null)[];

const PAGE_CHARACTERS = 256 * 1024;

/** Packs rows into pages of some hundred kilobytes. */
export function packRows(rows: readonly Row[]): PackedRows {
  const encoder = new TextEncoder();
  const pages: Uint8Array<ArrayBuffer>[] = [];
  let page = '';
  for (const row of rows) {
    page += rowText(row);
    if (page.length < PAGE_CHARACTERS) continue;
    pages.push(encoder.encode(page));
    page = '';
  }
  if (page !== '') pages.push(encoder.encode(page));
  return { nRows: rows.length, pages };
}

/** The rows again, one after the other; no more than a page of them is held. */
export function* unpackRows({ pages }: PackedRows): Generator<Row> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for (const page of pages) {
    const text = decoder.decode(page);
    for (let start = 0; start < text.length;) {
      const end = text.indexOf('\n', start);
      yield text.slice(start, end).split('\t').map(valueOf);
      start = end + 1;
    }
  }
}

function rowText(row: Row): string {
  let text = '';
  for (let at = 0; at < row.length; at++) {
    const value = row[at] ?? null;
    if (at > 0) text += '\t';
    text += value === null ? NULL : escaped(value);
  }
  return `${text}\n`;
}

const NULL = '\\N';

const escaped = (value: string): string =>
  NEEDS_ESCAPE.test(value) ? value.replaceAll(ESCAPED, it => ESCAPES[it] ?? it) : value;

const NEEDS_ESCAPE = /[\\\n\r\t]/;
const ESCAPED = /[\\\n\r\t]/g;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function valueOf(field: string): string | null {
  if (!field.includes('\\')) return field;
  return field === NULL ? null : field.replaceAll(ESCAPE, (_, it: string) => UNESCAPED[it] ?? it);
}

const ESCAPE = /\\([^])/g;
const UNESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
