import type { Offset, TextRange } from '../../base/text-range.ts';
import { blockStatements } from './blocks.ts';
import type { Argument, ErrorNode, Expression, Missing, Name } from './expression-nodes.ts';
import type { Feature, Grammar } from './grammar.ts';
import { NO_CLOSER, type Lexeme, type Lexemes } from './lexemes.ts';
import type { FromItem, OrderBy, Query, SelectItem, Subquery } from './nodes.ts';
import { quotedText } from './quoted-text.ts';
import type { TokenKind } from './tokens.ts';

/** Something in the text that is no SQL of the dialect. */
export interface SqlProblem {
  /** A sentence without a full stop: `expected column name`. */
  readonly message: string;
  readonly range: TextRange;
  /** What would do instead: words of SQL, and kinds of things in words. Empty when nothing in particular is missing. */
  readonly expected: readonly string[];
}

/** The rules that call each other in circles: each file reaches the others' through the cursor. */
export interface Rules {
  /** An expression whose operators bind tighter than `above`. */
  readonly expression: (p: Cursor, above: number) => Expression;
  readonly argument: (p: Cursor) => Argument;
  readonly query: (p: Cursor) => Query;
  readonly subquery: (p: Cursor) => Subquery;
  readonly fromItem: (p: Cursor) => FromItem;
  readonly selectItem: (p: Cursor) => SelectItem | Missing;
  readonly orderBy: (p: Cursor) => OrderBy;
}

/**
 * How deep queries, expressions and types may nest, each counting one level; deeper text is one problem and `missing`
 * nodes. A cold Node with its usual stack overflows from about 540 levels of the costliest rules on.
 */
const MAX_DEPTH = 400;

const END_WORD = '';

/**
 * A walk over the lexemes of a text. At the end it stays there: nothing is consumed, and every question about what
 * follows is answered with the end of the text.
 */
export class Cursor {
  readonly text: string;
  readonly grammar: Grammar;
  readonly rules: Rules;
  readonly problems: SqlProblem[] = [];
  private readonly lexemes: Lexemes;
  /** A private copy: `>>` is taken apart where two types end. */
  private readonly stream: Lexeme[];
  private readonly end: Lexeme;
  private blocks: ReadonlyMap<number, number> | undefined;
  private at = 0;
  private depth = 0;
  private isTooDeep = false;
  private previous: Offset = 0;

  constructor(text: string, grammar: Grammar, lexemes: Lexemes, rules: Rules) {
    this.text = text;
    this.grammar = grammar;
    this.rules = rules;
    this.lexemes = lexemes;
    this.stream = [...lexemes.list];
    this.end = { kind: 'end', start: text.length, end: text.length, word: END_WORD };
  }

  has(feature: Feature): boolean {
    return this.grammar.features.has(feature);
  }

  // What stands here.

  get current(): Lexeme {
    return this.stream[this.at] ?? this.end;
  }

  get index(): number {
    return this.at;
  }

  /** The word here, or `n` lexemes on. */
  word(n = 0): string {
    return this.stream[this.at + n]?.word ?? END_WORD;
  }

  kind(n = 0): TokenKind | 'end' {
    return this.stream[this.at + n]?.kind ?? 'end';
  }

  /** Whether these words stand here, in this order. */
  is(first: string, second?: string, third?: string): boolean {
    if (this.word() !== first) return false;
    if (second !== undefined && this.word(1) !== second) return false;
    return third === undefined || this.word(2) === third;
  }

  isOneOf(words: ReadonlySet<string>): boolean {
    return words.has(this.word());
  }

  isName(n = 0): boolean {
    const kind = this.kind(n);
    return kind === 'name' || kind === 'quoted-name';
  }

  isEnd(): boolean {
    return this.at >= this.stream.length;
  }

  /** Whether nothing stands between the lexeme before `n` and the one at `n`. */
  isGlued(n = 0): boolean {
    const lexeme = this.stream[this.at + n];
    const before = n === 0 ? this.previous : this.stream[this.at + n - 1]?.end;
    return lexeme !== undefined && lexeme.start === before;
  }

  /** Where the current lexeme starts. */
  get start(): Offset {
    return this.current.start;
  }

  /** Where the last consumed lexeme ended. */
  get before(): Offset {
    return this.previous;
  }

  textOf(range: TextRange): string {
    return this.text.slice(range.start, range.end);
  }

  /** Distance from here to the bracket that closes the one `n` lexemes on. */
  distanceToCloser(n = 0): number | undefined {
    const closer = this.lexemes.closers[this.at + n] ?? NO_CLOSER;
    return closer === NO_CLOSER ? undefined : closer - this.at;
  }

  /**
   * Whether the statement that begins here holds others, and then the index of the semicolon behind it. The text is
   * looked through when the first one asks; most texts hold nothing that does.
   */
  endOfBlocks(): number | undefined {
    this.blocks ??= blockStatements(this.grammar, this.lexemes.list);
    return this.blocks.get(this.at);
  }

  /** Whether the parenthesis `n` lexemes on holds a query and nothing else. */
  opensQuery(n = 0): boolean {
    return this.lexemes.queries[this.at + n] === 1;
  }

  // Moving on.

  /** Consumes what stands here; at the end of the text, nothing. */
  advance(): Lexeme {
    const lexeme = this.current;
    if (this.at < this.stream.length) {
      this.at += 1;
      this.previous = lexeme.end;
    }
    return lexeme;
  }

  advanceBy(n: number): void {
    for (let i = 0; i < n; i++) this.advance();
  }

  accept(word: string): boolean {
    if (this.word() !== word) return false;
    this.advance();
    return true;
  }

  /** Consumes all of the words when all of them stand here. */
  acceptAll(first: string, second: string, third?: string): boolean {
    if (!this.is(first, second, third)) return false;
    this.advanceBy(third === undefined ? 2 : 3);
    return true;
  }

  acceptOneOf(words: ReadonlySet<string>): string | undefined {
    const word = this.word();
    return words.has(word) ? this.advance().word : undefined;
  }

  /** Consumes `word`, or says that it is missing. */
  expect(word: string): boolean {
    if (this.accept(word)) return true;
    this.reportMissing([word]);
    return false;
  }

  /** Consumes the first character of an operator that was scanned as one with the next. */
  advanceByCharacter(): void {
    const { kind, start, end, word } = this.current;
    this.stream[this.at] = { kind, start: start + 1, end, word: word.slice(1) };
    this.previous = start + 1;
  }

  // Finishing nodes.

  /** Where a node ends that began at `start`: behind what was consumed last. */
  endFrom(start: Offset): Offset {
    return Math.max(start, this.previous);
  }

  /** The range from `start` to the end of what was consumed last. */
  rangeFrom(start: Offset): TextRange {
    return { start, end: Math.max(start, this.previous) };
  }

  name(token: Lexeme): Name {
    const { kind, start, end, word } = token;
    const isLower = kind === 'name' && word.length === end - start && this.text.startsWith(word, start);
    if (isLower) return { kind: 'name', start, end, text: word, quoted: false };
    const raw = this.text.slice(start, end);
    const quoted = kind !== 'name' && kind !== 'parameter';
    return { kind: 'name', start, end, text: quoted ? quotedText(raw) : raw, quoted };
  }

  missing(expected: string): Missing {
    this.reportMissing([expected]);
    return this.blank(expected);
  }

  /** A missing node for what a dialect allows to be left out. */
  blank(expected: string): Missing {
    return { kind: 'missing', start: this.previous, end: this.previous, expected };
  }

  // Problems.

  reportMissing(expected: readonly string[]): void {
    this.report(`expected ${expected.join(' or ')}`, { start: this.previous, end: this.previous }, expected);
  }

  /** Says that what stands here fits nowhere. */
  reportUnexpected(): void {
    const { start, end } = this.current;
    this.report(`unexpected '${this.text.slice(start, Math.min(end, start + 40))}'`, { start, end });
  }

  /** Of several problems at one place only the first is kept: the others follow from it. */
  report(message: string, range: TextRange, expected: readonly string[] = []): void {
    const last = this.problems.at(-1);
    if (this.isTooDeep) return;
    if (last !== undefined && last.range.end >= range.start) return;
    this.problems.push({ message, range, expected });
  }

  // Loops and depth.

  /** Calls `step` as long as it says so and something was consumed. */
  repeat(step: () => boolean): void {
    for (let mark = -1; mark < this.at;) {
      mark = this.at;
      if (!step()) return;
    }
  }

  /** One or more, with commas between them. `isOver` ends the list behind a comma. */
  list<T>(item: () => T, isOver: () => boolean = () => false): T[] {
    const items = [item()];
    while (this.accept(',') && !isOver()) items.push(item());
    return items;
  }

  /** Skips to where `isStop` says, over brackets as wholes. */
  skipTo(isStop: () => boolean): ErrorNode | undefined {
    const start = this.start;
    const mark = this.at;
    while (!this.isEnd() && !isStop()) this.advanceBy(this.widthHere());
    return this.at === mark ? undefined : { kind: 'error', ...this.rangeFrom(start) };
  }

  /** How many lexemes the bracket here spans up to its end; 1 for everything else. */
  private widthHere(): number {
    return (this.distanceToCloser() ?? 0) + 1;
  }

  /** Goes one level deeper, or says no, once, and moves on to the end of the text. */
  enter(): boolean {
    this.depth += 1;
    if (this.depth <= MAX_DEPTH) return true;
    if (this.isTooDeep) return false;
    const { start, end } = this.current;
    this.report(`nested more than ${MAX_DEPTH} levels deep`, { start, end });
    this.isTooDeep = true;
    this.at = this.stream.length;
    this.previous = this.stream.at(-1)?.end ?? 0;
    return false;
  }

  leave(): void {
    this.depth -= 1;
  }
}
