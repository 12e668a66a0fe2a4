/**
 * The records of a CSV text as Python's `csv` reads them: quotes count only where a field starts, a doubled quote is
 * one, line ends inside quotes stay (as LF, because dbt opens the file with universal newlines), and an empty line is
 * a record without fields. A byte order mark is dropped.
 */
export function csvRecords(text: string, delimiter: string): readonly (readonly string[])[] {
  const reader = new CsvReader(withPlainLineEnds(text.replace(/^\uFEFF/, '')), delimiter);
  return reader.records();
}

// Nearly no file has any, and to look is much faster than to replace nothing.
const withPlainLineEnds = (text: string): string => (text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text);

/** Lives for one text; `#at` is the next character. */
class CsvReader {
  readonly #text: string;
  readonly #delimiter: string;
  readonly #delimiterStart: number;
  #at = 0;

  constructor(text: string, delimiter: string) {
    this.#text = text;
    this.#delimiter = delimiter;
    this.#delimiterStart = delimiter.charCodeAt(0);
  }

  records(): readonly (readonly string[])[] {
    const records: (readonly string[])[] = [];
    while (this.#at < this.#text.length) records.push(this.#record());
    return records;
  }

  #record(): readonly string[] {
    const fields: string[] = [];
    if (this.#take('\n')) return fields;
    do fields.push(this.#field());
    while (this.#take(this.#delimiter));
    this.#take('\n');
    return fields;
  }

  #field(): string {
    if (!this.#take('"')) return this.#unquoted();
    let value = '';
    for (;;) {
      const end = this.#text.indexOf('"', this.#at);
      value += this.#text.slice(this.#at, end < 0 ? this.#text.length : end);
      this.#at = end < 0 ? this.#text.length : end + 1;
      if (end < 0 || !this.#take('"')) return value + this.#unquoted();
      value += '"';
    }
  }

  /** The rest of a field up to the delimiter or the end of the line, quotes and all. */
  #unquoted(): string {
    const start = this.#at;
    const text = this.#text;
    let at = start;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === LINE_FEED) break;
      if (code === this.#delimiterStart && text.startsWith(this.#delimiter, at)) break;
    }
    this.#at = at;
    return text.slice(start, at);
  }

  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }
}

const LINE_FEED = 10;
