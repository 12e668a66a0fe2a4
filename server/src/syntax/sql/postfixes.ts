import { close, open } from './brackets.ts';
import { callTail } from './calls.ts';
import type { Cursor } from './cursor.ts';
import type { Call, Expression, Index, NamePart, Slice } from './expression-nodes.ts';
import { nameAfterDot } from './names.ts';
import { star } from './stars.ts';
import { typeName } from './types.ts';

/** Casts, indexes, fields, document paths and calls behind an operand. */
export function postfixes(p: Cursor, first: Expression): Expression {
  let value = first;
  // As with infix operators: each consumes its sign, and a plain loop costs the least stack.
  for (let next = postfix(p, value); next !== undefined; next = postfix(p, value)) value = next;
  return value;
}

function postfix(p: Cursor, base: Expression): Expression | undefined {
  switch (p.word()) {
    case '::':
      return cast(p, base);
    case '[':
      return index(p, base);
    case '.':
      return base.kind === 'missing' || base.kind === 'star' ? undefined : field(p, base);
    case ':':
      return jsonPath(p, base);
    case '(':
      return call(p, base);
    case '!':
      return p.has('custom-operators') ? factorial(p, base) : method(p, base);
    case '?':
      return p.word(1) === '::' && p.grammar.name === 'databricks' ? tryCast(p, base) : undefined;
    default:
      return undefined;
  }
}

function cast(p: Cursor, operand: Expression): Expression {
  p.advance();
  const type = typeName(p);
  return {
    kind: 'cast',
    operator: '::',
    operand,
    type,
    format: undefined,
    skipped: undefined,
    start: operand.start,
    end: p.endFrom(operand.start),
  };
}

/** Databricks' `?::`, a cast that may fail. */
function tryCast(p: Cursor, operand: Expression): Expression {
  p.advance();
  return { ...cast(p, operand), start: operand.start };
}

/** Snowflake's `model!predict(…)`. */
function method(p: Cursor, base: Expression): Expression | undefined {
  if (!p.isGlued() || !p.isName(1) || !p.isGlued(1)) return undefined;
  p.advance();
  const name = p.name(p.advance());
  if (p.is('(')) return callTail(p, [name], base.start, base);
  return { kind: 'field', base, name, start: base.start, end: p.endFrom(base.start) };
}

/** Whether what follows could be an operand; then `!` stands before it. */
const startsOperandAt = (p: Cursor): boolean => p.kind(1) !== 'operator' && p.kind(1) !== 'end' && !p.isName(1);

function factorial(p: Cursor, operand: Expression): Expression | undefined {
  if (startsOperandAt(p)) return undefined;
  p.advance();
  return { kind: 'unary', operator: '!', operand, start: operand.start, end: p.endFrom(operand.start) };
}

function index(p: Cursor, base: Expression): Index | undefined {
  if (base.kind === 'missing' || base.kind === 'star') return undefined;
  const opened = open(p);
  const bounds = p.is(']') ? [] : p.list(() => slice(p));
  close(p, opened, ']');
  return { kind: 'index', base, index: bounds, start: base.start, end: p.endFrom(base.start) };
}

/** One index, or `low:high:step` with any of them left out; `-` stands for the end in `[:-:2]`. */
function slice(p: Cursor): Expression | Slice {
  const { start } = p.current;
  const bounds: Expression[] = [];
  if (!p.is(':') && !p.is('::')) bounds.push(p.rules.expression(p, 0));
  const first = bounds[0];
  if (first !== undefined && !p.is(':') && !p.is('::')) return first;
  p.repeat(() => {
    const isStep = p.accept(':') || p.accept('::');
    if (!isStep) return false;
    if (p.is('-') && (p.word(1) === ':' || p.word(1) === ']')) p.advance();
    else if (!p.is(']') && !p.is(':')) bounds.push(p.rules.expression(p, 0));
    return true;
  });
  // A bound without its operand begins before the blank in front of what is here.
  return { kind: 'slice', bounds, start: first?.start ?? start, end: p.endFrom(start) };
}

function field(p: Cursor, base: Expression): Expression {
  p.advance();
  if (p.is('*')) return star(p, base);
  const name = nameAfterDot(p, 'field name');
  if (p.is('(') && name.kind === 'name') return callTail(p, [name], base.start, base);
  return { kind: 'field', base, name, start: base.start, end: p.endFrom(base.start) };
}

/** Only a name that stands alone is called; a parenthesis behind another value begins something else. */
function call(p: Cursor, base: Expression): Expression | undefined {
  if (base.kind === 'call' && isIdentifierCall(base)) return callTail(p, [], base.start, base);
  if (base.kind !== 'column') return undefined;
  if (p.is('(', '+', ')')) {
    p.advanceBy(3);
    return { kind: 'unary', operator: '(+)', operand: base, start: base.start, end: p.endFrom(base.start) };
  }
  return callTail(p, base.parts, base.start, undefined);
}

/** Snowflake's `identifier('f')(x)`: what is called is said by a string. */
function isIdentifierCall(base: Call): boolean {
  const [name] = base.name;
  return name?.kind === 'name' && name.text.toLowerCase() === 'identifier' && base.receiver === undefined;
}

/** `base:a.b[0]."c"`. */
function jsonPath(p: Cursor, base: Expression): Expression | undefined {
  const isPath = p.has('json-colon') && (p.isName(1) || p.word(1) === '[' || p.kind(1) === 'parameter');
  if (!isPath || base.kind === 'literal' || base.kind === 'missing') return undefined;
  p.advance();
  const steps: (NamePart | Expression)[] = [];
  if (p.isName()) steps.push(p.name(p.advance()));
  p.repeat(() => pathStep(p, steps));
  return { kind: 'json-path', base, steps, start: base.start, end: p.endFrom(base.start) };
}

function pathStep(p: Cursor, steps: (NamePart | Expression)[]): boolean {
  if (p.is('[')) {
    const opened = open(p);
    if (!p.accept('*')) steps.push(p.rules.expression(p, 0));
    close(p, opened, ']');
    return true;
  }
  if (!p.accept('.') && !p.accept(':')) return false;
  steps.push(nameAfterDot(p, 'field name'));
  return true;
}
