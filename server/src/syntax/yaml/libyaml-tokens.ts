import { skipBlockScalar, skipPlain, skipQuoted, type ScalarReader } from './libyaml-scalars.ts';
import { YamlText, type Complaint, type Mark } from './libyaml-text.ts';

export type TokenKind =
  | 'stream-end'
  | 'directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence'
  | 'block-mapping'
  | 'block-end'
  | '['
  | ']'
  | '{'
  | '}'
  | ','
  | '-'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

export interface Token {
  readonly kind: TokenKind;
  readonly mark: Mark;
  /** The name of an anchor or alias, the text of a tag. */
  readonly text?: string;
}

/** A word that may turn out to be a key, once a colon follows. */
interface SimpleKey {
  readonly mark: Mark;
  /** Counted from the start of the text. */
  readonly number: number;
  readonly isRequired: boolean;
}

/**
 * The tokens of a YAML text as libyaml finds them, which is how dbt reads YAML, and its first complaint. What scalars
 * say is left out. After a complaint there are no more tokens.
 */
export class YamlTokens {
  complaint: Complaint | undefined;
  readonly #text: YamlText;
  readonly #written: string;
  #queue: Token[] = [];
  #nTaken = 0;
  #indent = -1;
  readonly #indents: number[] = [];
  #keyAllowed = true;
  /** One for each level of brackets, the outermost for what stands in none. */
  readonly #keys: (SimpleKey | undefined)[] = [undefined];

  constructor(text: string) {
    this.#written = text;
    this.#text = new YamlText(text);
  }

  peek(): Token {
    while (this.complaint === undefined && this.#needsMore()) this.#fetch();
    const next = this.complaint === undefined ? this.#queue[0] : undefined;
    return next ?? { kind: 'stream-end', mark: this.#text.mark };
  }

  take(): Token {
    const token = this.peek();
    this.#queue.shift();
    this.#nTaken++;
    return token;
  }

  /** Notes what is wrong, unless something was before. */
  fail(context: string | undefined, contextMark: Mark, problem: string, mark = this.#text.mark): void {
    this.complaint ??= { context, contextMark, problem, mark };
  }

  #needsMore(): boolean {
    if (this.#queue.length === 0) return true;
    if (this.#queue[0]?.kind === 'stream-end') return false;
    this.#dropStaleKeys();
    return this.complaint === undefined && this.#keys.some(key => key?.number === this.#nTaken);
  }

  /** A key stands on one line, and is not longer than 1024 characters. */
  #dropStaleKeys(): void {
    const { line, at } = this.#text.mark;
    for (const [level, key] of this.#keys.entries()) {
      if (key === undefined || (key.mark.line >= line && key.mark.at + 1024 >= at)) continue;
      this.#dropKey(level);
    }
  }

  #dropKey(level = this.#keys.length - 1): void {
    const key = this.#keys[level];
    if (key?.isRequired === true) this.fail('while scanning a simple key', key.mark, "could not find expected ':'");
    this.#keys[level] = undefined;
  }

  get #isInFlow(): boolean {
    return this.#keys.length > 1;
  }

  #saveKey(): void {
    if (!this.#keyAllowed) return;
    this.#dropKey();
    const { mark } = this.#text;
    const isRequired = !this.#isInFlow && this.#indent === mark.column;
    this.#keys[this.#keys.length - 1] = { mark, isRequired, number: this.#nTaken + this.#queue.length };
  }

  #push(kind: TokenKind, mark: Mark, text = ''): void {
    this.#queue.push({ kind, mark, text });
  }

  #roll(column: number, kind: 'block-sequence' | 'block-mapping', mark: Mark, place = this.#queue.length): void {
    if (this.#isInFlow || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    this.#queue.splice(place, 0, { kind, mark });
  }

  #unroll(column: number): void {
    if (this.#isInFlow) return;
    while (this.#indent > column) {
      this.#push('block-end', this.#text.mark);
      this.#indent = this.#indents.pop() ?? -1;
    }
  }

  #skipToToken(): void {
    const text = this.#text;
    if (text.mark.at === 0 && text.ahead() === '\uFEFF') text.skip();
    for (;;) {
      text.skipWhile(() => text.ahead() === ' ' || ((this.#isInFlow || !this.#keyAllowed) && text.ahead() === '\t'));
      if (text.ahead() === '#') text.skipWhile(() => !text.isBreak());
      if (!text.isBreak()) return;
      text.skipBreak();
      if (!this.#isInFlow) this.#keyAllowed = true;
    }
  }

  #fetch(): void {
    const text = this.#text;
    this.#skipToToken();
    this.#dropStaleKeys();
    this.#unroll(text.column);
    if (this.complaint !== undefined) return;
    if (text.isEnd()) return this.#fetchStreamEnd();
    if (text.column === 0 && text.ahead() === '%') return this.#fetchDirective();
    if (text.isDocumentIndicator('-')) return this.#fetchDocument('document-start');
    if (text.isDocumentIndicator('.')) return this.#fetchDocument('document-end');
    this.#fetchIndicatorOrScalar();
  }

  #fetchIndicatorOrScalar(): void {
    const text = this.#text;
    const isAlone = text.isBlankOrEnd(1);
    switch (text.ahead()) {
      case '[':
      case '{':
        return this.#fetchOpening(text.ahead() as '[' | '{');
      case ']':
      case '}':
        return this.#fetchClosing(text.ahead() as ']' | '}');
      case ',':
        return this.#fetchComma();
      case '*':
        return this.#fetchName('alias');
      case '&':
        return this.#fetchName('anchor');
      case '!':
        return this.#fetchTag();
      case "'":
      case '"':
        return this.#fetchScalar(reader => skipQuoted(reader));
      default:
    }
    if (text.ahead() === '-' && isAlone) return this.#fetchDash();
    if (text.ahead() === '?' && (this.#isInFlow || isAlone)) return this.#fetchKey();
    if (text.ahead() === ':' && (this.#isInFlow || isAlone)) return this.#fetchValue();
    if (text.isOneOf('|>') && !this.#isInFlow) return this.#fetchBlockScalar();
    if (this.#startsPlain()) return this.#fetchPlain();
    this.fail('while scanning for the next token', text.mark, 'found character that cannot start any token');
  }

  #startsPlain(): boolean {
    const text = this.#text;
    if (!text.isBlankOrEnd() && !text.isOneOf('-?:,[]{}#&*!|>\'"%@`')) return true;
    if (text.ahead() === '-') return !text.isBlank(1);
    return !this.#isInFlow && text.isOneOf('?:') && !text.isBlankOrEnd(1);
  }

  #fetchStreamEnd(): void {
    this.#text.startLine();
    this.#unroll(-1);
    this.#dropKey();
    this.#push('stream-end', this.#text.mark);
  }

  #fetchDirective(): void {
    const text = this.#text;
    this.#unroll(-1);
    this.#dropKey();
    this.#keyAllowed = false;
    const start = text.mark;
    text.skip();
    text.skipWhile(() => /[\w-]/.test(text.ahead()));
    const name = this.#written.slice(start.at + 1, text.mark.at);
    const context = 'while scanning a directive';
    if (name === '') return this.fail(context, start, 'could not find expected directive name');
    if (!text.isBlankOrEnd()) return this.fail(context, start, 'found unexpected non-alphabetical character');
    if (name !== 'YAML' && name !== 'TAG') return this.fail(context, start, 'found unknown directive name');
    text.skipWhile(() => !text.isBreak());
    this.#push('directive', start);
  }

  #fetchDocument(kind: 'document-start' | 'document-end'): void {
    this.#unroll(-1);
    this.#dropKey();
    this.#keyAllowed = false;
    this.#push(kind, this.#text.mark);
    this.#text.skip(3);
  }

  #fetchOpening(kind: '[' | '{'): void {
    this.#saveKey();
    this.#keys.push(undefined);
    this.#keyAllowed = true;
    this.#push(kind, this.#text.mark);
    this.#text.skip();
  }

  #fetchClosing(kind: ']' | '}'): void {
    this.#dropKey();
    if (this.#isInFlow) this.#keys.pop();
    this.#keyAllowed = false;
    this.#push(kind, this.#text.mark);
    this.#text.skip();
  }

  #fetchComma(): void {
    this.#dropKey();
    this.#keyAllowed = true;
    this.#push(',', this.#text.mark);
    this.#text.skip();
  }

  #fetchDash(): void {
    const { mark } = this.#text;
    if (!this.#isInFlow) {
      if (!this.#keyAllowed) {
        return this.fail(undefined, mark, 'block sequence entries are not allowed in this context');
      }
      this.#roll(mark.column, 'block-sequence', mark);
    }
    this.#dropKey();
    this.#keyAllowed = true;
    this.#push('-', mark);
    this.#text.skip();
  }

  #fetchKey(): void {
    const { mark } = this.#text;
    if (!this.#isInFlow) {
      if (!this.#keyAllowed) return this.fail(undefined, mark, 'mapping keys are not allowed in this context');
      this.#roll(mark.column, 'block-mapping', mark);
    }
    this.#dropKey();
    this.#keyAllowed = !this.#isInFlow;
    this.#push('key', mark);
    this.#text.skip();
  }

  #fetchValue(): void {
    const { mark } = this.#text;
    const key = this.#keys.at(-1);
    if (key !== undefined) {
      const place = key.number - this.#nTaken;
      this.#queue.splice(place, 0, { kind: 'key', mark: key.mark });
      this.#roll(key.mark.column, 'block-mapping', key.mark, place);
      this.#keys[this.#keys.length - 1] = undefined;
      this.#keyAllowed = false;
    } else {
      if (!this.#isInFlow) {
        if (!this.#keyAllowed) return this.fail(undefined, mark, 'mapping values are not allowed in this context');
        this.#roll(mark.column, 'block-mapping', mark);
      }
      this.#keyAllowed = !this.#isInFlow;
    }
    this.#push('value', mark);
    this.#text.skip();
  }

  #fetchName(kind: 'alias' | 'anchor'): void {
    const text = this.#text;
    this.#saveKey();
    this.#keyAllowed = false;
    const start = text.mark;
    text.skip();
    text.skipWhile(() => /[\w-]/.test(text.ahead()));
    const name = this.#written.slice(start.at + 1, text.mark.at);
    if (name === '' || !(text.isBlankOrEnd() || text.isOneOf('?:,]}%@`'))) {
      this.fail(`while scanning an ${kind}`, start, 'did not find expected alphabetic or numeric character');
      return;
    }
    this.#push(kind, start, name);
  }

  #fetchTag(): void {
    const text = this.#text;
    this.#saveKey();
    this.#keyAllowed = false;
    const start = text.mark;
    text.skip();
    const isVerbatim = text.ahead() === '<';
    text.skipWhile(() => /[\w\-;/?:@&=+$.!~*'()%]/.test(text.ahead()) || (isVerbatim && text.isOneOf('<,[]')));
    if (isVerbatim && text.ahead() !== '>') {
      return this.fail('while scanning a tag', start, "did not find the expected '>'");
    }
    if (isVerbatim) text.skip();
    if (!text.isBlankOrEnd() && !(this.#isInFlow && text.ahead() === ',')) {
      return this.fail('while scanning a tag', start, 'did not find expected whitespace or line break');
    }
    this.#push('tag', start, this.#written.slice(start.at, text.mark.at));
  }

  #fetchScalar(skip: (reader: ScalarReader) => void): void {
    this.#saveKey();
    this.#keyAllowed = false;
    const { mark } = this.#text;
    skip(this.#reader());
    this.#push('scalar', mark);
  }

  #fetchPlain(): void {
    this.#fetchScalar(reader => {
      if (skipPlain(reader)) this.#keyAllowed = true;
    });
  }

  #fetchBlockScalar(): void {
    this.#dropKey();
    this.#keyAllowed = true;
    const { mark } = this.#text;
    skipBlockScalar(this.#reader());
    this.#push('scalar', mark);
  }

  #reader(): ScalarReader {
    const fail = (context: string, since: Mark, problem: string): void => this.fail(context, since, problem);
    return { text: this.#text, indent: this.#indent, isInFlow: this.#isInFlow, fail };
  }
}
