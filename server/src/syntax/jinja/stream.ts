import type { Offset } from '../../base/text-range.ts';
import { Lexer } from './lexer.ts';
import type { LexerMark } from './lexer.ts';
import { describeKind, isTrivia } from './tokens.ts';
import type { TokenKind } from './tokens.ts';

/** Thrown inside the parser when a tag breaks the grammar; the tag is then read again tolerantly. Never leaves it. */
export class SyntaxFailure extends Error {
  readonly errorClass: string;
  /** The offset whose line Python reports; `undefined` when it reports none. */
  readonly at: Offset | undefined;
  readonly end: Offset;
  constructor(message: string, at: Offset | undefined, end: Offset, errorClass = 'TemplateSyntaxError') {
    super(message);
    this.at = at;
    this.end = end;
    this.errorClass = errorClass;
  }
}

/** The current token and the way to the next one. Inside tags trivia is passed over; `step` shows every token. */
export class TokenStream {
  readonly text: string;
  readonly lexer: Lexer;
  kind: TokenKind = 'eof';
  start: Offset = 0;
  end: Offset = 0;
  /** The end of the last token that `advance` passed. */
  previousEnd: Offset = 0;
  index = 0;

  constructor(text: string) {
    this.text = text;
    this.lexer = new Lexer(text);
    this.load();
  }

  get tolerant(): boolean {
    return this.lexer.tolerant;
  }

  /** The text of the current token. */
  get value(): string {
    return this.text.slice(this.start, this.end);
  }

  is(kind: TokenKind): boolean {
    return this.kind === kind;
  }

  /** Whether the current token is the name `name`. */
  isName(name: string): boolean {
    return this.kind === 'name' && this.end - this.start === name.length && this.text.startsWith(name, this.start);
  }

  /** Whether no further token of the tag follows. */
  atTagEnd(): boolean {
    const { kind } = this;
    return (
      kind === 'block-end' || kind === 'variable-end' || kind === 'eof' || (kind === 'error' && this.start === this.end)
    );
  }

  /** Goes to the next token of any kind. */
  step(): void {
    this.index++;
    this.load();
  }

  /** Goes to the next token that is not trivia. In strict mode a token that fits no rule ends the reading of the tag. */
  advance(): void {
    if (this.tolerant && this.atTagEnd()) return;
    this.previousEnd = this.end;
    do this.step();
    while (isTrivia(this.kind));
    if (this.kind === 'error' && !this.tolerant) throw this.lexicalFailure();
  }

  /** The failure that the current `error` token stands for. */
  lexicalFailure(): SyntaxFailure {
    return new SyntaxFailure(this.lexer.message, this.start, this.end);
  }

  /** The kind of the token behind the current one, and its text. */
  peek(): { readonly kind: TokenKind; readonly value: string } {
    const { lexer } = this;
    for (let index = this.index + 1; ; index++) {
      if (index >= lexer.kinds.length) lexer.next();
      const kind = lexer.kinds[index] ?? 'eof';
      if (isTrivia(kind)) continue;
      if (kind === 'error' && !this.tolerant) throw this.failureAt(index);
      return { kind, value: this.text.slice(lexer.starts[index], lexer.ends[index]) };
    }
  }

  /** Fails in strict mode; in tolerant mode the caller goes on with what it has. */
  fail(message: string, at: Offset = this.kind === 'eof' ? this.endLineOffset() : this.start): void {
    if (!this.tolerant) throw new SyntaxFailure(message, at, this.end);
  }

  /** Passes a token of this kind; otherwise fails as Jinja does, or answers false in tolerant mode. */
  expect(kind: TokenKind): boolean {
    if (this.kind === kind) {
      this.advance();
      return true;
    }
    this.failExpectation(describeKind(kind));
    return false;
  }

  expectName(name: string): boolean {
    if (this.isName(name)) {
      this.advance();
      return true;
    }
    this.failExpectation(name);
    return false;
  }

  skip(kind: TokenKind): boolean {
    if (this.kind !== kind) return false;
    this.advance();
    return true;
  }

  skipName(name: string): boolean {
    if (!this.isName(name)) return false;
    this.advance();
    return true;
  }

  failExpectation(expected: string): void {
    if (this.kind === 'eof') {
      return this.fail(`unexpected end of template, expected '${expected}'.`, this.endLineOffset());
    }
    this.fail(`expected token '${expected}', got '${this.describe()}'`);
  }

  /** What Jinja calls the current token. */
  describe(): string {
    return this.kind === 'name' ? this.value : describeKind(this.kind);
  }

  /** The start of the last token before the end of the text: its line is the one Jinja reports at the end. */
  endLineOffset(): Offset {
    const { kinds, starts } = this.lexer;
    for (let index = Math.min(this.index, kinds.length) - 1; index >= 0; index--) {
      const kind = kinds[index];
      if (kind !== undefined && !isTrivia(kind)) return starts[index] ?? 0;
    }
    return 0;
  }

  mark(): LexerMark {
    return this.lexer.mark();
  }

  /** Returns to behind the opening delimiter that was the last token when `mark` was taken, and goes on tolerantly. */
  retryTolerantly(mark: LexerMark): void {
    this.lexer.retryTolerantly(mark);
    this.index = mark.count - 1;
    this.load();
  }

  private load(): void {
    const { lexer, index } = this;
    while (index >= lexer.kinds.length) lexer.next();
    this.kind = lexer.kinds[index] ?? 'eof';
    this.start = lexer.starts[index] ?? 0;
    this.end = lexer.ends[index] ?? 0;
  }

  private failureAt(index: number): SyntaxFailure {
    return new SyntaxFailure(this.lexer.message, this.lexer.starts[index] ?? 0, this.lexer.ends[index] ?? 0);
  }
}
