import { raise } from '../../error.ts';
import { repr } from '../../text.ts';

/** The text of a pattern, read token by token: an escape is one token. */
export class PatternSource {
  readonly #characters: readonly string[];
  #index = 0;
  /** The token that comes next; `undefined` at the end. */
  next: string | undefined = undefined;

  constructor(pattern: string) {
    this.#characters = Array.from(pattern);
    this.#advance();
  }

  #advance(): void {
    const character = this.#characters[this.#index];
    this.next = character;
    if (character === undefined) return;
    this.#index++;
    if (character !== '\\') return;
    const escaped = this.#characters[this.#index];
    if (escaped === undefined) this.#failAt('bad escape (end of pattern)', this.#characters.length - 1);
    this.#index++;
    this.next = character + escaped;
  }

  /** Takes the next token. */
  get(): string | undefined {
    const token = this.next;
    this.#advance();
    return token;
  }

  /** Takes the next token if it is this one. */
  match(token: string): boolean {
    if (this.next !== token) return false;
    this.#advance();
    return true;
  }

  /** Takes up to `count` tokens of a set. */
  getWhile(count: number, set: RegExp): string {
    let taken = '';
    for (let n = 0; n < count && this.next !== undefined && set.test(this.next); n++) taken += this.get() ?? '';
    return taken;
  }

  /** Takes everything up to a token, which is taken too. */
  getUntil(end: string, what: string): string {
    let taken = '';
    for (;;) {
      const token = this.get();
      if (token === undefined) {
        if (taken === '') this.fail(`missing ${what}`);
        this.fail(`missing ${end}, unterminated name`, lengthOf(taken));
      }
      if (token === end) break;
      taken += token;
    }
    if (taken === '') this.fail(`missing ${what}`, 1);
    return taken;
  }

  /** Where the next token begins, in characters. */
  tell(): number {
    return this.#index - lengthOf(this.next ?? '');
  }

  /** Goes back to where `tell` was. */
  seek(index: number): void {
    this.#index = index;
    this.#advance();
  }

  /** Python's `re.error`, that many characters before the next token. */
  fail(message: string, back = 0): never {
    return this.#failAt(message, this.tell() - back);
  }

  /** The same at a place. */
  failAt(message: string, position: number): never {
    return this.#failAt(message, position);
  }

  #failAt(message: string, position: number): never {
    const before = this.#characters.slice(0, position);
    const isMultiline = this.#characters.includes('\n');
    const line = before.filter(it => it === '\n').length + 1;
    const column = position - before.lastIndexOf('\n');
    const place = isMultiline ? ` (line ${line}, column ${column})` : '';
    return raise('error', `${message} at position ${position}${place}`);
  }

  /** Refuses a group name that is no identifier. */
  checkName(name: string): void {
    if (!isIdentifier(name)) this.fail(`bad character in group name ${repr(name)}`, lengthOf(name) + 1);
  }
}

export const isIdentifier = (name: string): boolean => /^[\p{XIDS}_][\p{XIDC}]*$/u.test(name);

/** How many characters a token has. */
export const lengthOf = (token: string): number => Array.from(token).length;
