import type { Offset } from '../../base/text-range.ts';
import type { BinaryOperator, CompareOperator, Expression, Missing, Name } from './nodes.ts';
import { CONSTANTS, OperandParser } from './operands.ts';
import type { TupleRules } from './operands.ts';
import type { TokenKind } from './tokens.ts';

/** Reads expressions by Jinja's grammar, whose precedence is not Python's. */
export class ExpressionParser extends OperandParser {
  /** An expression, or several with commas between them as a tuple. */
  override tuple(rules: TupleRules = {}): Expression {
    const { stream } = this;
    const start = stream.start;
    let at = start;
    const items: Expression[] = [];
    let isTuple = false;
    for (;;) {
      if (items.length > 0) stream.expect('comma');
      if (this.atTupleEnd()) break;
      const before = stream.index;
      items.push(rules.simple === true ? this.primary(rules) : this.expression(rules));
      if (stream.kind !== 'comma' || stream.index === before) break;
      isTuple = true;
      at = stream.start;
    }
    const [first] = items;
    if (!isTuple && first !== undefined) return first;
    if (!isTuple && rules.parenthesized !== true) {
      stream.fail(`Expected an expression, got '${stream.describe()}'`);
      return this.missing();
    }
    return { kind: 'tuple', start, end: this.endFrom(start), at, items };
  }

  private atTupleEnd(): boolean {
    const { kind } = this.stream;
    if (kind === 'variable-end' || kind === 'block-end' || kind === 'rparen') return true;
    return this.stream.tolerant && this.stream.atTagEnd();
  }

  /** One expression, with `a if b else c` unless the rules exclude it. */
  override expression(rules: TupleRules = {}): Expression {
    const { stream } = this;
    const start = stream.start;
    if (stream.isName('not')) return rules.withoutConditional === true ? this.or(start) : this.conditional(start);
    const first = this.unary('filters');
    // Most expressions are one operand: no operator needs to be looked for.
    if (ENDS.has(stream.kind)) return first;
    return rules.withoutConditional === true ? this.or(start, first) : this.conditional(start, first);
  }

  /** The target of an assignment: a name, a tuple of them, or an attribute of a namespace. */
  target(rules: TupleRules = {}): Expression {
    const target = this.tuple({ ...rules, simple: true });
    if (!canAssign(target)) this.stream.fail(`can't assign to '${jinjaType(target)}'`, target.at);
    return target;
  }

  /** A name that is assigned to or declared. */
  targetName(): Name | Missing {
    const { stream } = this;
    if (stream.kind !== 'name') {
      stream.failExpectation('name');
      return this.missing();
    }
    const name: Name = { kind: 'name', start: stream.start, end: stream.end, at: stream.start, name: stream.value };
    stream.advance();
    if (!canAssign(name)) stream.fail("can't assign to 'name'", name.at);
    return name;
  }

  // Each level of precedence may be given its first operand, read ahead; `start` is where that began.

  private conditional(start: Offset, first?: Expression): Expression {
    const { stream } = this;
    let at = start;
    let node = this.or(start, first);
    while (stream.skipName('if')) {
      const test = this.or(stream.start);
      const otherwise = stream.skipName('else') ? this.conditional(stream.start) : undefined;
      node = { kind: 'conditional', start, end: this.endFrom(start), at, test, consequent: node, otherwise };
      at = stream.start;
    }
    return node;
  }

  private or(start: Offset, first?: Expression): Expression {
    const { stream } = this;
    let at = start;
    let left = this.and(start, first);
    while (stream.skipName('or')) {
      const right = this.and(stream.start);
      left = { kind: 'binary', start, end: this.endFrom(start), at, operator: 'or', left, right };
      at = stream.start;
    }
    return left;
  }

  private and(start: Offset, first?: Expression): Expression {
    const { stream } = this;
    let at = start;
    let left = this.not(start, first);
    while (stream.skipName('and')) {
      const right = this.not(stream.start);
      left = { kind: 'binary', start, end: this.endFrom(start), at, operator: 'and', left, right };
      at = stream.start;
    }
    return left;
  }

  private not(start: Offset, first?: Expression): Expression {
    const { stream } = this;
    if (first !== undefined || !stream.isName('not')) return this.compare(start, first);
    stream.advance();
    const operand = this.not(stream.start);
    return { kind: 'unary', start, end: this.endFrom(start), at: start, operator: 'not', operand };
  }

  private compare(start: Offset, first?: Expression): Expression {
    const { stream } = this;
    const left = this.sum(start, first);
    let operator = this.skipComparison();
    if (operator === undefined) return left;
    const rest: { operator: CompareOperator; operand: Expression }[] = [];
    while (operator !== undefined) {
      rest.push({ operator, operand: this.sum(stream.start) });
      operator = this.skipComparison();
    }
    return { kind: 'compare', start, end: this.endFrom(start), at: stream.start, first: left, rest };
  }

  private skipComparison(): CompareOperator | undefined {
    const { stream } = this;
    const symbol = COMPARISONS.get(stream.kind);
    if (symbol !== undefined) {
      stream.advance();
      return symbol;
    }
    if (stream.kind !== 'name') return undefined;
    if (stream.skipName('in')) return 'in';
    if (!stream.isName('not')) return undefined;
    const next = stream.peek();
    if (next.kind !== 'name' || next.value !== 'in') return undefined;
    stream.advance();
    stream.advance();
    return 'not in';
  }

  private sum(start: Offset, first?: Expression): Expression {
    return this.leftAssociative(start, this.concat(start, first), SUMS, at => this.concat(at));
  }

  private concat(start: Offset, first?: Expression): Expression {
    const { stream } = this;
    const left = this.product(start, first);
    if (!stream.is('tilde')) return left;
    const items = [left];
    while (stream.skip('tilde')) items.push(this.product(stream.start));
    return { kind: 'concat', start, end: this.endFrom(start), at: start, items };
  }

  private product(start: Offset, first?: Expression): Expression {
    return this.leftAssociative(start, this.power(start, first), PRODUCTS, at => this.power(at));
  }

  private power(start: Offset, first?: Expression): Expression {
    return this.leftAssociative(start, first ?? this.unary('filters'), POWERS, () => this.unary('filters'));
  }

  private leftAssociative(
    start: Offset,
    first: Expression,
    operators: ReadonlyMap<TokenKind, BinaryOperator>,
    operand: (start: Offset) => Expression,
  ): Expression {
    const { stream } = this;
    let at = start;
    let left = first;
    let operator = operators.get(stream.kind);
    while (operator !== undefined) {
      stream.advance();
      const right = operand(stream.start);
      left = { kind: 'binary', start, end: this.endFrom(start), at, operator, left, right };
      at = stream.start;
      operator = operators.get(stream.kind);
    }
    return left;
  }

  private unary(tail: 'filters' | 'no filters'): Expression {
    const { stream } = this;
    const start = stream.start;
    let node: Expression;
    if (stream.kind === 'sub' || stream.kind === 'add') {
      const operator = stream.kind === 'sub' ? '-' : '+';
      stream.advance();
      const operand = this.unary('no filters');
      node = { kind: 'unary', start, end: this.endFrom(start), at: start, operator, operand };
    } else {
      node = this.primary();
    }
    node = this.postfix(start, node);
    return tail === 'filters' ? this.filterTail(start, node) : node;
  }
}

/** The tokens that no operator is. */
const ENDS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'variable-end',
  'block-end',
  'rparen',
  'rbracket',
  'rbrace',
  'comma',
  'colon',
]);

const COMPARISONS = new Map<TokenKind, CompareOperator>([
  ['eq', '=='],
  ['ne', '!='],
  ['lt', '<'],
  ['lteq', '<='],
  ['gt', '>'],
  ['gteq', '>='],
]);

const SUMS = new Map<TokenKind, BinaryOperator>([
  ['add', '+'],
  ['sub', '-'],
]);

const PRODUCTS = new Map<TokenKind, BinaryOperator>([
  ['mul', '*'],
  ['div', '/'],
  ['floordiv', '//'],
  ['mod', '%'],
]);

const POWERS = new Map<TokenKind, BinaryOperator>([['pow', '**']]);

function canAssign(target: Expression): boolean {
  if (target.kind === 'name') return !CONSTANTS.has(target.name);
  if (target.kind === 'tuple') return target.items.every(canAssign);
  return target.kind === 'namespace-ref' || target.kind === 'missing';
}

/** What Jinja calls a node that cannot be assigned to. */
function jinjaType(node: Expression): string {
  if (node.kind === 'unary') return node.operator === 'not' ? 'not' : node.operator === '-' ? 'neg' : 'pos';
  if (node.kind === 'binary') return BINARY_TYPES[node.operator];
  return JINJA_TYPES[node.kind] ?? node.kind;
}

const JINJA_TYPES: Partial<Record<Expression['kind'], string>> = {
  constant: 'const',
  string: 'const',
  number: 'const',
  attribute: 'getattr',
  item: 'getitem',
  conditional: 'condexpr',
};

const BINARY_TYPES: Record<BinaryOperator, string> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '//': 'floordiv',
  '%': 'mod',
  '**': 'pow',
  and: 'and',
  or: 'or',
};
