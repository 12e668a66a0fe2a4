import type { Offset } from '../../base/text-range.ts';

/** A place as libyaml counts it: lines and columns from 0, a column a character. */
export interface Mark {
  readonly at: Offset;
  readonly line: number;
  readonly column: number;
}

/** What libyaml says of a text that it refuses: what it was doing since where, and what it met where. */
export interface Complaint {
  readonly context: string | undefined;
  readonly contextMark: Mark;
  readonly problem: string;
  readonly mark: Mark;
}

/** A text that is read from front to end, a character at a time, with libyaml's idea of its characters. */
export class YamlText {
  readonly #text: string;
  #at: Offset = 0;
  #line = 0;
  #column = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get mark(): Mark {
    return { at: this.#at, line: this.#line, column: this.#column };
  }

  get column(): number {
    return this.#column;
  }

  /** The end of the text counts as a line of its own. */
  startLine(): void {
    if (this.#column === 0) return;
    this.#column = 0;
    this.#line++;
  }

  /** The character some places ahead; '' at the end of the text. */
  ahead(by = 0): string {
    return this.#text.charAt(this.#at + by);
  }

  isOneOf(characters: string, by = 0): boolean {
    const found = this.ahead(by);
    return found !== '' && characters.includes(found);
  }

  isEnd(by = 0): boolean {
    return this.#at + by >= this.#text.length;
  }

  isBlank(by = 0): boolean {
    return this.isOneOf(' \t', by);
  }

  isBreak(by = 0): boolean {
    return this.isOneOf('\r\n\u0085\u2028\u2029', by);
  }

  isBreakOrEnd(by = 0): boolean {
    return this.isEnd(by) || this.isBreak(by);
  }

  isBlankOrEnd(by = 0): boolean {
    return this.isBlank(by) || this.isBreakOrEnd(by);
  }

  /** `---` or `...` alone at the start of a line. */
  isDocumentIndicator(sign: '-' | '.'): boolean {
    const isThere = this.#column === 0 && this.#text.startsWith(sign.repeat(3), this.#at);
    return isThere && this.isBlankOrEnd(3);
  }

  /** Goes over some characters of a line. */
  skip(count = 1): void {
    for (let n = 0; n < count && !this.isEnd(); n++) {
      this.#at += (this.#text.codePointAt(this.#at) ?? 0) > 0xffff ? 2 : 1;
      this.#column++;
    }
  }

  /** Goes over a line break, if one stands here. */
  skipBreak(): void {
    if (!this.isBreak()) return;
    this.#at += this.ahead() === '\r' && this.ahead(1) === '\n' ? 2 : 1;
    this.#column = 0;
    this.#line++;
  }

  skipWhile(isWanted: () => boolean): void {
    while (!this.isEnd() && isWanted()) this.skip();
  }
}
