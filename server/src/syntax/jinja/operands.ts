import type { Offset, TextRange } from '../../base/text-range.ts';
import { decodeString, floatValue, hasEscape, integerValue } from './literals.ts';
import type { Arguments, Call, Expression, Filter, Keyword, Missing, Pair } from './nodes.ts';
import type { TokenStream } from './stream.ts';
import type { TokenKind } from './tokens.ts';

/** How a tuple or expression is to be read; everything off by default. */
export interface TupleRules {
  /** Only names and literals (assignment targets). */
  readonly simple?: boolean;
  /** `ns.attribute` is a target. */
  readonly namespaces?: boolean;
  /** `a if b` ends before the `if`. */
  readonly withoutConditional?: boolean;
  /** Parentheses stand around, so nothing at all is the empty tuple. */
  readonly parenthesized?: boolean;
}

/** Reads what operators stand between: literals and names with all that follows them, calls, filters and tests. */
export abstract class OperandParser {
  protected readonly stream: TokenStream;
  constructor(stream: TokenStream) {
    this.stream = stream;
  }

  abstract expression(rules?: TupleRules): Expression;
  abstract tuple(rules?: TupleRules): Expression;

  missing(): Missing {
    const { start } = this.stream;
    return { kind: 'missing', start, end: start, at: start };
  }

  /** The range since `start` that tokens have been read for. */
  endFrom(start: Offset): Offset {
    return Math.max(start, this.stream.previousEnd);
  }

  protected primary(rules: TupleRules = {}): Expression {
    const { stream } = this;
    if (stream.is('name')) return this.name(rules);
    if (stream.is('string')) return this.string();
    if (stream.is('integer') || stream.is('float')) return this.number();
    if (stream.is('lparen')) return this.parenthesized();
    if (stream.is('lbracket')) return this.list();
    if (stream.is('lbrace')) return this.dict();
    stream.fail(`unexpected '${stream.describe()}'`);
    return this.missing();
  }

  private name(rules: TupleRules): Expression {
    const { stream } = this;
    const start = stream.start;
    const end = stream.end;
    const name = stream.value;
    stream.advance();
    const constant = CONSTANTS.get(name);
    if (constant !== undefined) return { kind: 'constant', start, end, at: start, value: constant };
    if (rules.namespaces !== true || stream.kind !== 'dot') return { kind: 'name', start, end, at: start, name };
    stream.advance();
    const attribute = stream.is('name') ? stream.value : '';
    stream.expect('name');
    return { kind: 'namespace-ref', start, end: this.endFrom(start), at: start, name, attribute };
  }

  private string(): Expression {
    const { stream } = this;
    const start = stream.start;
    const pieces: TextRange[] = [];
    let value = '';
    let closed = true;
    let escaped = false;
    while (stream.kind === 'string') {
      closed = isClosedString(stream.text, stream.start, stream.end);
      const piece = { start: stream.start + 1, end: closed ? stream.end - 1 : stream.end };
      const raw = stream.text.slice(piece.start, piece.end);
      const isEscaped = hasEscape(stream.text, piece.start, piece.end);
      const decoded = isEscaped ? decodeString(raw) : { value: raw };
      value += 'value' in decoded ? decoded.value : raw;
      escaped ||= isEscaped;
      pieces.push(piece);
      stream.advance();
    }
    const verbatim = !escaped && pieces.length === 1 ? pieces[0] : undefined;
    return { kind: 'string', start, end: this.endFrom(start), at: start, value, verbatim, pieces, closed };
  }

  private number(): Expression {
    const { stream } = this;
    const { start, end, value: text } = stream;
    const float = stream.kind === 'float';
    stream.advance();
    return { kind: 'number', start, end, at: start, float, value: float ? floatValue(text) : integerValue(text) };
  }

  private parenthesized(): Expression {
    this.stream.advance();
    const inner = this.tuple({ parenthesized: true });
    this.stream.expect('rparen');
    return inner;
  }

  private list(): Expression {
    const { stream } = this;
    const start = stream.start;
    stream.advance();
    const items: Expression[] = [];
    this.separated('rbracket', () => items.push(this.expression()));
    return { kind: 'list', start, end: this.endFrom(start), at: start, items };
  }

  private dict(): Expression {
    const { stream } = this;
    const start = stream.start;
    stream.advance();
    const pairs: Pair[] = [];
    this.separated('rbrace', () => pairs.push(this.pair()));
    return { kind: 'dict', start, end: this.endFrom(start), at: start, pairs };
  }

  private pair(): Pair {
    const start = this.stream.start;
    const key = this.expression();
    this.stream.expect('colon');
    const value = this.expression();
    return { kind: 'pair', start, end: this.endFrom(start), key, value };
  }

  /** Elements with commas between them and perhaps behind the last, up to and with the closing bracket. */
  private separated(closer: TokenKind, element: () => void): void {
    const { stream } = this;
    let first = true;
    while (stream.kind !== closer && !(stream.tolerant && stream.atTagEnd())) {
      if (!first) stream.expect('comma');
      if (stream.kind === closer) break;
      first = false;
      const before = stream.index;
      element();
      if (stream.index === before && stream.kind !== closer && stream.kind !== 'comma') stream.advance();
    }
    stream.expect(closer);
  }

  protected postfix(start: Offset, node: Expression): Expression {
    for (;;) {
      const { kind } = this.stream;
      if (kind === 'dot') node = this.attribute(start, node);
      else if (kind === 'lbracket') node = this.item(start, node);
      else if (kind === 'lparen') node = this.call(start, node);
      else return node;
    }
  }

  protected filterTail(start: Offset, node: Expression): Expression {
    const { stream } = this;
    for (;;) {
      if (stream.kind === 'pipe') node = this.filters(node) ?? node;
      else if (stream.isName('is')) node = this.test(start, node);
      else if (stream.kind === 'lparen') node = this.call(start, node);
      else return node;
    }
  }

  private attribute(start: Offset, object: Expression): Expression {
    const { stream } = this;
    const at = stream.start;
    const behindDot = stream.end;
    stream.advance();
    const { start: nameStart, end: nameEnd, value } = stream;
    const isName = stream.is('name');
    if (isName) {
      stream.advance();
      const nameRange = { start: nameStart, end: nameEnd };
      return { kind: 'attribute', start, end: nameEnd, at, object, name: value, nameRange };
    }
    if (!stream.is('integer')) {
      // Jinja fetches the next token before it complains about this one.
      if (!stream.tolerant) stream.advance();
      stream.fail('expected name or number', nameStart);
      const nameRange = { start: behindDot, end: behindDot };
      return { kind: 'attribute', start, end: behindDot, at, object, name: '', nameRange };
    }
    const index = this.number();
    return { kind: 'item', start, end: nameEnd, at, object, index };
  }

  private item(start: Offset, object: Expression): Expression {
    const { stream } = this;
    const at = stream.start;
    stream.advance();
    const subscripts: Expression[] = [];
    while (!stream.is('rbracket') && !(stream.tolerant && stream.atTagEnd())) {
      if (subscripts.length > 0) stream.expect('comma');
      const before = stream.index;
      subscripts.push(this.subscript());
      if (stream.index === before && !stream.is('rbracket')) stream.advance();
    }
    stream.expect('rbracket');
    const [only] = subscripts;
    const index: Expression =
      only !== undefined && subscripts.length === 1
        ? only
        : { kind: 'tuple', start: at + 1, end: this.endFrom(at), at, items: subscripts };
    return { kind: 'item', start, end: this.endFrom(start), at, object, index };
  }

  private subscript(): Expression {
    const { stream } = this;
    const start = stream.start;
    const lower = stream.kind === 'colon' ? undefined : this.expression();
    if (lower !== undefined && stream.kind !== 'colon') return lower;
    stream.advance();
    const upper = stream.kind === 'colon' ? undefined : this.slicePart();
    const step = stream.skip('colon') ? this.slicePart() : undefined;
    return { kind: 'slice', start, end: this.endFrom(start), at: start, lower, upper, step };
  }

  private slicePart(): Expression | undefined {
    const { kind } = this.stream;
    return kind === 'rbracket' || kind === 'comma' ? undefined : this.expression();
  }

  private call(start: Offset, callee: Expression): Call {
    const at = this.stream.start;
    const parts = this.arguments();
    const argumentsRange = { start: at, end: this.endFrom(at) };
    return { kind: 'call', start, end: this.endFrom(start), at, callee, argumentsRange, ...parts };
  }

  private arguments(): Arguments {
    const { stream } = this;
    const open = stream.start;
    stream.advance();
    const parts = new ArgumentList();
    let first = true;
    while (!stream.is('rparen') && !(stream.tolerant && stream.atTagEnd())) {
      if (!first) {
        stream.expect('comma');
        if (stream.is('rparen')) break;
      }
      first = false;
      const before = stream.index;
      this.argument(parts, open);
      if (stream.index === before && !stream.is('rparen') && !stream.is('comma')) stream.advance();
    }
    stream.expect('rparen');
    return parts;
  }

  private argument(parts: ArgumentList, open: Offset): void {
    const { stream } = this;
    const ensure = (valid: boolean): void => {
      if (!valid) stream.fail('invalid syntax for function call expression', open);
    };
    if (stream.kind === 'mul') {
      ensure(parts.star === undefined && parts.doubleStar === undefined);
      stream.advance();
      parts.star = this.expression();
      return;
    }
    if (stream.kind === 'pow') {
      ensure(parts.doubleStar === undefined);
      stream.advance();
      parts.doubleStar = this.expression();
      return;
    }
    if (stream.kind === 'name' && stream.peek().kind === 'assign') {
      ensure(parts.doubleStar === undefined);
      parts.named.push(this.keyword());
      return;
    }
    ensure(parts.star === undefined && parts.doubleStar === undefined && parts.named.length === 0);
    parts.positional.push(this.expression());
  }

  private keyword(): Keyword {
    const { stream } = this;
    const start = stream.start;
    const name = stream.value;
    const nameRange = { start, end: stream.end };
    stream.advance();
    stream.advance();
    const value = this.expression();
    return { kind: 'keyword', start, end: this.endFrom(start), name, nameRange, value };
  }

  /** One or more `|filter` on `operand`, or `undefined` when none stands here. */
  filters(operand: Expression | undefined): Filter | undefined {
    const { stream } = this;
    let node: Filter | undefined;
    while (stream.kind === 'pipe') {
      const pipe = stream.start;
      stream.advance();
      node = this.filter(node ?? operand, pipe);
    }
    return node;
  }

  /** `name(…)` of a filter, behind the pipe or behind `{% filter`, and the filters that follow. */
  filter(operand: Expression | undefined, open: Offset): Filter {
    const { stream } = this;
    const start = operand?.start ?? open;
    const at = stream.start;
    const { name, range: nameRange } = this.dottedName();
    const parts = stream.kind === 'lparen' ? this.arguments() : new ArgumentList();
    return { kind: 'filter', start, end: this.endFrom(start), at, operand, name, nameRange, ...parts };
  }

  private dottedName(): { readonly name: string; readonly range: TextRange } {
    const { stream } = this;
    const start = stream.start;
    let name = stream.kind === 'name' ? stream.value : '';
    if (!stream.expect('name')) return { name, range: { start, end: start } };
    while (stream.skip('dot')) {
      name += `.${stream.value}`;
      stream.expect('name');
    }
    return { name, range: { start, end: this.endFrom(start) } };
  }

  private test(start: Offset, operand: Expression): Expression {
    const { stream } = this;
    const at = stream.start;
    stream.advance();
    const negated = stream.skipName('not');
    const { name, range: nameRange } = this.dottedName();
    const parts = this.testArguments();
    const end = this.endFrom(start);
    const test: Expression = { kind: 'test', start, end, at, operand, name, nameRange, ...parts };
    return negated ? { kind: 'unary', start, end, at, operator: 'not', operand: test } : test;
  }

  private testArguments(): Arguments {
    const { stream } = this;
    const parts = new ArgumentList();
    if (stream.kind === 'lparen') return this.arguments();
    if (!TEST_ARGUMENT_STARTS.has(stream.kind)) return parts;
    if (stream.isName('else') || stream.isName('or') || stream.isName('and')) return parts;
    if (stream.isName('is')) stream.fail('You cannot chain multiple tests with is');
    const start = stream.start;
    parts.positional.push(this.postfix(start, this.primary()));
    return parts;
  }
}

/** Arguments while they are being read. */
class ArgumentList implements Arguments {
  readonly positional: Expression[] = [];
  readonly named: Keyword[] = [];
  star: Expression | undefined = undefined;
  doubleStar: Expression | undefined = undefined;
}

/** The names that are values, in both spellings. */
export const CONSTANTS = new Map<string, true | false | null>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
]);

const TEST_ARGUMENT_STARTS = new Set<TokenKind>(['name', 'string', 'integer', 'float', 'lbracket', 'lbrace']);

function isClosedString(text: string, start: Offset, end: Offset): boolean {
  if (end - start < 2 || text.charCodeAt(end - 1) !== text.charCodeAt(start)) return false;
  let backslashes = 0;
  while (text.charCodeAt(end - 2 - backslashes) === 92) backslashes++;
  return backslashes % 2 === 0;
}
