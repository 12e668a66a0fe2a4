import { escapeInDouble, isBreak } from './yaml-scalar.ts';
import { spend } from './meter.ts';

/** Lines longer than this are broken at blanks. */
const bestWidth = 80;

const bestIndent = 2;

/** What an indicator does to the blank before and after it. */
export interface IndicatorOptions {
  readonly needsBlank?: boolean;
  readonly leavesBlank?: boolean;
  readonly keepsIndention?: boolean;
}

/** The output of the emitter: text with a column, and the indents of the open nodes. */
export class YamlStream {
  #text = '';
  #column = 0;
  #indent: number | undefined;
  readonly #indents: (number | undefined)[] = [];
  /** Whether the last character leaves a blank. */
  #isBlank = true;
  /** Whether only indention and its indicators stand on the line. */
  #isIndention = true;
  #isOpenEnded = false;

  get isAtIndention(): boolean {
    return this.#isIndention;
  }

  /** Opens a node: two columns deeper, in the same column when `flat`. */
  indent({ flat = false, isScalar = false }: { readonly flat?: boolean; readonly isScalar?: boolean }): void {
    this.#indents.push(this.#indent);
    if (this.#indent === undefined) this.#indent = isScalar ? bestIndent : 0;
    else if (!flat) this.#indent += bestIndent;
  }

  outdent(): void {
    this.#indent = this.#indents.pop();
  }

  #write(text: string): void {
    spend(1 + (text.length >> 3));
    this.#text += text;
    this.#column += text.length;
  }

  #lineBreak(character = '\n'): void {
    this.#text += character;
    this.#column = 0;
    this.#isBlank = true;
    this.#isIndention = true;
  }

  /** Goes to the indent, on a new line unless the line has only indention so far. */
  lineStart(): void {
    const indent = this.#indent ?? 0;
    if (!this.#isIndention || this.#column > indent || (this.#column === indent && !this.#isBlank)) this.#lineBreak();
    if (this.#column >= indent) return;
    this.#isBlank = true;
    this.#write(' '.repeat(indent - this.#column));
  }

  indicator(text: string, { needsBlank = false, leavesBlank = false, keepsIndention = false }: IndicatorOptions): void {
    this.#write(this.#isBlank || !needsBlank ? text : ` ${text}`);
    this.#isBlank = leavesBlank;
    this.#isIndention = this.#isIndention && keepsIndention;
    this.#isOpenEnded = false;
  }

  /** A text without quotes. At the root nothing marks its end, so the document's end is marked. */
  plain(text: string, { split, isRoot }: { readonly split: boolean; readonly isRoot: boolean }): void {
    if (isRoot) this.#isOpenEnded = true;
    if (text === '') return;
    if (!this.#isBlank) this.#write(' ');
    this.#isBlank = false;
    this.#isIndention = false;
    for (const run of text.match(/ +|[^ ]+/g) ?? []) {
      if (run === ' ' && this.#column > bestWidth && split) {
        this.lineStart();
        this.#isBlank = false;
        this.#isIndention = false;
      } else this.#write(run);
    }
  }

  singleQuoted(text: string, { split }: { readonly split: boolean }): void {
    this.indicator("'", { needsBlank: true });
    let at = 0;
    for (const run of text.match(/ +|[\n\x85\u2028\u2029]+|[^ \n\x85\u2028\u2029]+/g) ?? []) {
      const end = at + run.length;
      if (isBreak(run[0])) {
        if (run.startsWith('\n')) this.#lineBreak();
        for (const character of run) this.#lineBreak(character);
        this.lineStart();
      } else if (run === ' ' && this.#column > bestWidth && split && at !== 0 && end !== text.length) this.lineStart();
      else this.#write(run.replaceAll("'", "''"));
      at = end;
    }
    this.indicator("'", {});
  }

  doubleQuoted(text: string, { split }: { readonly split: boolean }): void {
    this.indicator('"', { needsBlank: true });
    const characters = Array.from(text);
    let start = 0;
    for (let end = 0; end <= characters.length; end++) {
      const character = characters[end];
      const escape = character === undefined ? '' : escapeInDouble(character);
      if (escape !== undefined) {
        this.#write(characters.slice(start, end).join(''));
        start = end;
        if (character !== undefined) {
          this.#write(escape);
          start = end + 1;
        }
      }
      const isPlace = end > 0 && end < characters.length - 1 && (character === ' ' || start >= end);
      if (!isPlace || this.#column + (end - start) <= bestWidth || !split) continue;
      this.#write(`${characters.slice(start, end).join('')}\\`);
      if (start < end) start = end;
      this.lineStart();
      this.#isBlank = false;
      this.#isIndention = false;
      if (characters[start] === ' ') this.#write('\\');
    }
    this.indicator('"', {});
  }

  /** The whole text, its end marked where it must be. */
  finish(): string {
    const isOpenEnded = this.#isOpenEnded;
    this.lineStart();
    if (!isOpenEnded) return this.#text;
    this.indicator('...', { needsBlank: true });
    this.lineStart();
    return this.#text;
  }
}
