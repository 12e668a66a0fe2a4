import type { Offset } from '../../base/text-range.ts';
import {
  isDigit,
  isIdentifier,
  isSpace,
  isWord,
  reprCharacter,
  skipName,
  skipSpace,
  skipSpaceBack,
} from './characters.ts';
import { decodeString, hasEscape } from './literals.ts';
import type { OperatorKind, TokenKind } from './tokens.ts';

type LexerState = 'root' | 'block' | 'variable' | 'raw';

/** A place to return to: everything after it is forgotten. */
export interface LexerMark {
  readonly count: number;
  readonly at: Offset;
  readonly state: LexerState;
}

/**
 * Cuts a template into tokens, one request at a time, because an error of the grammar comes before an error of the
 * lexer that stands behind it. In tolerant mode it stops at nothing: strings end with their line, tags with
 * the next delimiter, and what fits no rule becomes an `error` token.
 */
export class Lexer {
  readonly kinds: TokenKind[] = [];
  readonly starts: Offset[] = [];
  readonly ends: Offset[] = [];
  /** What Python says about the last `error` token. */
  message = '';
  tolerant = false;

  private readonly text: string;
  /** The end of the text without the one newline that Jinja drops. */
  private readonly end: Offset;
  private at: Offset = 0;
  private state: LexerState = 'root';
  private closers: number[] = [];
  private tagEnd: Offset = 0;

  constructor(text: string) {
    this.text = text;
    this.end = endWithoutNewline(text);
  }

  mark(): LexerMark {
    return { count: this.kinds.length, at: this.at, state: this.state };
  }

  /** Goes back to `mark`, and from there reads the current tag so that every character gets some token. */
  retryTolerantly(mark: LexerMark): void {
    this.truncate(mark.count);
    this.at = mark.at;
    this.state = mark.state;
    this.closers = [];
    this.tolerant = true;
    this.tagEnd = this.tolerantTagEnd();
  }

  /** Ends the tolerant reading of a tag. */
  resumeStrictly(): void {
    this.tolerant = false;
    this.closers = [];
    this.state = 'root';
  }

  /** Appends at least one token; after the end of the text, `eof` tokens. */
  next(): void {
    if (this.state === 'root') this.lexRoot();
    else if (this.state === 'raw') this.lexRaw();
    else this.lexTag();
  }

  private truncate(count: number): void {
    this.kinds.length = count;
    this.starts.length = count;
    this.ends.length = count;
  }

  private push(kind: TokenKind, end: Offset): void {
    this.kinds.push(kind);
    this.starts.push(this.at);
    this.ends.push(end);
    this.at = end;
  }

  private fail(message: string, end: Offset): void {
    this.message = message;
    this.push('error', end);
  }

  private lexRoot(): void {
    const { text, end } = this;
    if (this.at >= end) return this.lexEnd();
    const start = this.lastTrims() ? skipSpace(text, this.at, end) : this.at;
    if (start > this.at) return this.push('whitespace', start);
    const begin = findDelimiter(text, this.at, end);
    if (begin > this.at) return this.lexText(begin);
    this.lexDelimiter();
  }

  private lexEnd(): void {
    if (this.at < this.text.length) this.push('whitespace', this.text.length);
    this.push('eof', this.at);
  }

  /** Whether the token before ends in a marker that takes the whitespace behind it. */
  private lastTrims(): boolean {
    const last = this.kinds.length - 1;
    const kind = this.kinds[last];
    if (kind === undefined || kind === 'text' || kind === 'whitespace') return false;
    // The sign of `{#-#}` belongs to the opening side.
    const inner = (this.starts[last] ?? 0) + (kind === 'comment' ? 3 : 0);
    const sign = (this.ends[last] ?? 0) - 3;
    return sign >= inner && this.text.charCodeAt(sign) === MINUS;
  }

  private lexText(begin: Offset): void {
    const trims = begin < this.end && this.text.charCodeAt(begin + 2) === MINUS;
    const textEnd = trims ? skipSpaceBack(this.text, begin, this.at) : begin;
    if (textEnd > this.at) this.push('text', textEnd);
    if (begin > this.at) this.push('whitespace', begin);
  }

  private lexDelimiter(): void {
    const kind = this.text.charCodeAt(this.at + 1);
    const sign = this.text.charCodeAt(this.at + 2);
    const inner = this.at + (this.at + 2 < this.end && (sign === MINUS || sign === PLUS) ? 3 : 2);
    if (kind === HASH) return this.lexComment(inner);
    if (kind === PERCENT) {
      const rawEnd = this.rawTagEnd(inner, 'raw', false);
      if (rawEnd !== undefined) {
        this.push('raw-begin', rawEnd);
        this.state = 'raw';
        return;
      }
    }
    this.push(kind === PERCENT ? 'block-begin' : 'variable-begin', inner);
    this.state = kind === PERCENT ? 'block' : 'variable';
    this.closers = [];
  }

  private lexComment(inner: Offset): void {
    const close = this.text.indexOf('#}', inner);
    if (close >= 0 && close + 2 <= this.end) return this.push('comment', close + 2);
    if (inner >= this.end) return this.push('comment', inner);
    this.fail('Missing end of comment tag', Math.min(this.end, lineEnd(this.text, inner)));
  }

  /** The end of `{% raw %}` or `{% endraw %}` whose inside starts at `inner`. */
  private rawTagEnd(inner: Offset, name: string, plusCloses: boolean): Offset | undefined {
    const { text, end } = this;
    let at = skipSpace(text, inner, end);
    if (!text.startsWith(name, at)) return undefined;
    at = skipSpace(text, at + name.length, end);
    const sign = text.charCodeAt(at);
    if (sign === MINUS || (plusCloses && sign === PLUS)) at++;
    return text.startsWith('%}', at) && at + 2 <= end ? at + 2 : undefined;
  }

  private lexRaw(): void {
    const { text, end } = this;
    const start = this.lastTrims() ? skipSpace(text, this.at, end) : this.at;
    if (start > this.at) this.push('whitespace', start);
    for (let open = text.indexOf('{%', this.at); open >= 0; open = text.indexOf('{%', open + 2)) {
      const sign = text.charCodeAt(open + 2);
      const inner = open + (sign === MINUS || sign === PLUS ? 3 : 2);
      const close = this.rawTagEnd(inner, 'endraw', true);
      if (close === undefined) continue;
      if (open > this.at) this.lexText(open);
      this.push('raw-end', close);
      this.state = 'root';
      return;
    }
    this.state = 'root';
    if (this.at < end) this.fail('Missing end of raw directive', end);
  }

  private lexTag(): void {
    const { text } = this;
    const stop = this.tolerant ? this.tagEnd : this.end;
    if (this.at >= stop) return this.lexBrokenEnd();
    if ((this.tolerant || this.closers.length === 0) && this.lexTagEnd()) return;
    const code = text.charCodeAt(this.at);
    if (isSpace(code)) return this.push('whitespace', skipSpace(text, this.at, stop));
    if (isDigit(code)) return this.lexNumber(stop);
    if (isWord(code)) return this.lexName(stop);
    if (code === QUOTE || code === DOUBLE_QUOTE) return this.lexString(code, stop);
    const operator = this.operatorAt(code);
    if (operator !== undefined) return this.lexOperator(operator, code);
    if (code >= 128) return this.lexName(stop);
    this.failCharacter();
  }

  /** A tag that ends with its line, or with the text: the root state goes on where it broke off. */
  private lexBrokenEnd(): void {
    if (this.tolerant) this.state = 'root';
    if (this.tolerant && this.at < this.end) return this.push('error', this.at);
    this.lexEnd();
  }

  private lexTagEnd(): boolean {
    const { text, at } = this;
    const isBlock = this.state === 'block';
    const sign = text.charCodeAt(at);
    if (sign === CLOSE_BRACE && this.closers.at(-1) === CLOSE_BRACE) return false;
    const closer = sign === MINUS || (isBlock && sign === PLUS) ? at + 1 : at;
    if (!text.startsWith(isBlock ? '%}' : '}}', closer) || closer + 2 > this.end) return false;
    this.state = 'root';
    this.push(isBlock ? 'block-end' : 'variable-end', closer + 2);
    return true;
  }

  private lexName(stop: Offset): void {
    const end = skipName(this.text, this.at, stop);
    if (end === this.at) return this.failCharacter();
    if (!this.tolerant && !isPlainName(this.text, this.at, end) && !isIdentifier(this.text.slice(this.at, end))) {
      return this.fail('Invalid character in identifier', end);
    }
    this.push('name', end);
  }

  private lexNumber(stop: Offset): void {
    const float = this.text.charCodeAt(this.at - 1) === DOT ? undefined : floatEnd(this.text, this.at);
    if (float !== undefined && float <= stop) return this.push('float', float);
    const end = integerEnd(this.text, this.at);
    if (end <= stop && end > this.at) return this.push('integer', end);
    this.failCharacter();
  }

  private lexString(quote: number, stop: Offset): void {
    const close = this.tolerant
      ? lineStringEnd(this.text, this.at, quote, this.tagCloser())
      : stringEnd(this.text, this.at, quote, stop);
    if (close === undefined) {
      if (!this.tolerant) return this.failCharacter();
      return this.push('string', this.unfinishedStringEnd(stop));
    }
    if (!this.tolerant && hasEscape(this.text, this.at, close)) {
      const decoded = decodeString(this.text.slice(this.at + 1, close - 1));
      if ('message' in decoded) return this.fail(decoded.message, close);
    }
    this.push('string', close);
  }

  /** An unfinished string takes the rest of its line, up to the end of the tag if that is there. */
  private unfinishedStringEnd(stop: Offset): Offset {
    const end = Math.min(stop, lineEnd(this.text, this.at));
    const closer = this.text.indexOf(this.tagCloser(), this.at);
    if (closer < 0 || closer >= end) return Math.max(end, this.at + 1);
    const sign = this.text.charCodeAt(closer - 1);
    return skipSpaceBack(this.text, sign === MINUS ? closer - 1 : closer, this.at + 1);
  }

  private tagCloser(): string {
    return this.state === 'block' ? '%}' : '}}';
  }

  private operatorAt(code: number): OperatorKind | undefined {
    const two = DOUBLE_OPERATORS.get(code);
    const next = this.text.charCodeAt(this.at + 1);
    if (two !== undefined && this.at + 1 < this.end && next === two.second) return two.kind;
    return OPERATORS.get(code);
  }

  private lexOperator(kind: OperatorKind, code: number): void {
    const length = kind === 'ne' || kind.endsWith('eq') || kind === 'pow' || kind === 'floordiv' ? 2 : 1;
    const closer = CLOSERS.get(code);
    if (closer !== undefined) this.closers.push(closer);
    else if (kind === 'rbracket' || kind === 'rparen' || kind === 'rbrace') {
      const expected = this.closers.pop();
      if (expected !== code && !this.tolerant) return this.failBracket(code, expected);
    }
    this.push(kind, this.at + length);
  }

  private failBracket(code: number, expected: number | undefined): void {
    const found = `unexpected '${String.fromCharCode(code)}'`;
    this.fail(expected === undefined ? found : `${found}, expected '${String.fromCharCode(expected)}'`, this.at + 1);
  }

  private failCharacter(): void {
    const char = String.fromCodePoint(this.text.codePointAt(this.at) ?? 0);
    const message = `unexpected char ${reprCharacter(char)} at ${pythonPosition(this.text, this.at)}`;
    this.fail(message, this.at + char.length);
  }

  /** Where the tag at hand ends when it cannot be read by the rules: behind its closer, or with its first line. */
  private tolerantTagEnd(): Offset {
    const { text, end } = this;
    const closer = this.tagCloser();
    let depth = 0;
    for (let at = this.at; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE || code === DOUBLE_QUOTE) at = (lineStringEnd(text, at, code, closer) ?? at + 1) - 1;
      else if (code === OPEN_BRACE && isDelimiter(text, at)) break;
      else if (code === OPEN_BRACE) depth++;
      else if (code === CLOSE_BRACE && depth > 0) depth--;
      else if (text.startsWith(closer, at) && at + 2 <= end) return at + 2;
    }
    return Math.min(lineEnd(text, this.at), findDelimiter(text, this.at, end), end);
  }
}

const HASH = 35;
const PERCENT = 37;
const QUOTE = 39;
const DOUBLE_QUOTE = 34;
const PLUS = 43;
const MINUS = 45;
const DOT = 46;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const LF = 10;
const CR = 13;

const OPERATORS = new Map<number, OperatorKind>(
  (
    [
      ['+', 'add'],
      ['-', 'sub'],
      ['/', 'div'],
      ['*', 'mul'],
      ['%', 'mod'],
      ['~', 'tilde'],
      ['[', 'lbracket'],
      [']', 'rbracket'],
      ['(', 'lparen'],
      [')', 'rparen'],
      ['{', 'lbrace'],
      ['}', 'rbrace'],
      ['>', 'gt'],
      ['<', 'lt'],
      ['=', 'assign'],
      ['.', 'dot'],
      [':', 'colon'],
      ['|', 'pipe'],
      [',', 'comma'],
      [';', 'semicolon'],
    ] as const
  ).map(([char, kind]) => [char.charCodeAt(0), kind]),
);

const DOUBLE_OPERATORS = new Map<number, { readonly second: number; readonly kind: OperatorKind }>(
  (
    [
      ['//', 'floordiv'],
      ['**', 'pow'],
      ['==', 'eq'],
      ['!=', 'ne'],
      ['>=', 'gteq'],
      ['<=', 'lteq'],
    ] as const
  ).map(([chars, kind]) => [chars.charCodeAt(0), { second: chars.charCodeAt(1), kind }]),
);

const CLOSERS = new Map<number, number>(['()', '[]', '{}'].map(pair => [pair.charCodeAt(0), pair.charCodeAt(1)]));

/** The end of the text for Jinja, which drops one trailing newline. */
export function endWithoutNewline(text: string): Offset {
  const last = text.charCodeAt(text.length - 1);
  if (last === LF) return text.charCodeAt(text.length - 2) === CR ? text.length - 2 : text.length - 1;
  return last === CR ? text.length - 1 : text.length;
}

/** The first `{{`, `{%` or `{#` from `at` on, or `end`. */
function findDelimiter(text: string, at: Offset, end: Offset): Offset {
  for (let open = text.indexOf('{', at); open >= 0 && open + 1 < end; open = text.indexOf('{', open + 1)) {
    if (isDelimiter(text, open)) return open;
  }
  return end;
}

/** Whether the brace at `at` starts a tag, an output or a comment. */
function isDelimiter(text: string, at: Offset): boolean {
  const next = text.charCodeAt(at + 1);
  return next === OPEN_BRACE || next === PERCENT || next === HASH;
}

function lineEnd(text: string, at: Offset): Offset {
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === LF || code === CR) break;
    at++;
  }
  return at;
}

function isPlainName(text: string, start: Offset, end: Offset): boolean {
  for (let at = start; at < end; at++) if (text.charCodeAt(at) >= 128) return false;
  return true;
}

/** The offset behind the closing quote, or `undefined` when there is none before `stop`. */
function stringEnd(text: string, start: Offset, quote: number, stop: Offset): Offset | undefined {
  for (let at = start + 1; at < stop; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code === BACKSLASH) at++;
  }
  return undefined;
}

/** The same for a broken tag: the string must end in its line and before the tag does. */
function lineStringEnd(text: string, start: Offset, quote: number, closer: string): Offset | undefined {
  const end = stringEnd(text, start, quote, lineEnd(text, start));
  if (end === undefined) return undefined;
  const closed = text.indexOf(closer, start);
  return closed >= 0 && closed < end ? undefined : end;
}

/** Digits with single underscores between them; ends behind the last digit. */
function digitsEnd(text: string, at: Offset, isOne: (code: number) => boolean): Offset {
  while (isOne(text.charCodeAt(at))) {
    at++;
    if (text.charCodeAt(at) === 95 && isOne(text.charCodeAt(at + 1))) at++;
  }
  return at;
}

function floatEnd(text: string, start: Offset): Offset | undefined {
  const whole = digitsEnd(text, start, isDigit);
  let end: Offset | undefined;
  let at = whole;
  if (text.charCodeAt(at) === DOT && isDigit(text.charCodeAt(at + 1))) {
    at = digitsEnd(text, at + 1, isDigit);
    end = at;
  }
  if ((text.charCodeAt(at) | 32) === 101) {
    const sign = text.charCodeAt(at + 1);
    const exponent = at + (sign === PLUS || sign === MINUS ? 2 : 1);
    if (isDigit(text.charCodeAt(exponent))) end = digitsEnd(text, exponent, isDigit);
  }
  return end;
}

const BASES = new Map<number, (code: number) => boolean>([
  [98, code => code === 48 || code === 49],
  [111, code => code >= 48 && code <= 55],
  [120, code => isDigit(code) || ((code | 32) >= 97 && (code | 32) <= 102)],
]);

function integerEnd(text: string, start: Offset): Offset {
  if (text.charCodeAt(start) !== 48) return digitsEnd(text, start, isDigit);
  const isOne = BASES.get(text.charCodeAt(start + 1) | 32);
  if (isOne !== undefined) {
    const first = text.charCodeAt(start + 2) === 95 ? start + 3 : start + 2;
    const end = digitsEnd(text, first, isOne);
    if (end > first) return end;
  }
  return digitsEnd(text, start, code => code === 48);
}

/** An offset as Python counts it: code points of the text with LF for CRLF. */
function pythonPosition(text: string, offset: Offset): number {
  let position = 0;
  for (let at = 0; at < offset; at++) {
    const code = text.charCodeAt(at);
    const isSecondHalf = code >= 0xdc00 && code <= 0xdfff;
    const isSwallowedCr = code === CR && text.charCodeAt(at + 1) === LF;
    if (!isSecondHalf && !isSwallowedCr) position++;
  }
  return position;
}
