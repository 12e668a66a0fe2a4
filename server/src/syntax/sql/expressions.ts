import type { Cursor } from './cursor.ts';
import type { Expression, Like, Quantified } from './expression-nodes.ts';
import { LEVEL } from './grammar.ts';
import { dottedName } from './names.ts';
import { operand } from './operands.ts';
import { postfixes } from './postfixes.ts';
import { rowInParentheses } from './rows.ts';
import { words } from './words.ts';

/** An expression whose operators bind tighter than `above`; a `missing` node where none begins. */
export function expression(p: Cursor, above: number): Expression {
  const isDeepEnough = p.enter();
  const value = isDeepEnough ? infixes(p, prefixed(p), above) : p.blank('expression');
  p.leave();
  return value;
}

/** Operators in front whose operand reaches further than the next operand. */
function prefixed(p: Cursor): Expression {
  const { start, word } = p.current;
  const isLowNot = word === 'not' && p.word(1) !== '.';
  if (!isLowNot) return operand(p);
  p.advance();
  const value = p.rules.expression(p, LEVEL.not);
  return { kind: 'unary', operator: 'not', operand: value, start, end: p.endFrom(start) };
}

function infixes(p: Cursor, first: Expression, above: number): Expression {
  let left = first;
  // Each operator consumes its sign, so this ends; a plain loop costs the least stack where text nests deeply.
  for (let next = infix(p, left, above); next !== undefined; next = infix(p, left, above)) left = next;
  return left;
}

/** `left` continued by one operator, or `undefined` when none that binds tighter than `above` stands here. */
function infix(p: Cursor, left: Expression, above: number): Expression | undefined {
  const word = p.word();
  if (word === '') return undefined;
  const level = p.grammar.levels.get(word);
  if (level !== undefined) return level > above && meansOperator(p) ? binary(p, left, level) : undefined;
  if (p.kind() === 'operator') return customOperator(p, left, above);
  return wordInfix(p, left, above);
}

/** MOD and DIV are names, too; `*` behind a star or before nothing is no multiplication. */
function meansOperator(p: Cursor): boolean {
  const word = p.word();
  if (word === 'mod' || word === 'div') return p.kind(1) !== 'operator' || p.word(1) === '(';
  return !(word === '?' && p.kind(1) === 'operator' && p.word(1) !== '(');
}

/** Operators of extensions: any run of operator characters is one. */
function customOperator(p: Cursor, left: Expression, above: number): Expression | undefined {
  if (!p.has('custom-operators') || LEVEL.other <= above || !/^[-+*/<>=~!@#%^&|`?]+$/.test(p.word())) return undefined;
  if (p.is('!') || (p.is('@') && p.isName(1) && p.isGlued(1))) return undefined;
  return binary(p, left, LEVEL.other);
}

function binary(p: Cursor, left: Expression, level: number): Expression {
  const { word } = p.advance();
  const right = quantified(p) ?? p.rules.expression(p, level);
  return { kind: 'binary', operator: word, left, right, start: left.start, end: p.endFrom(left.start) };
}

/** `any (…)`, `all (…)`, `some (…)` behind an operator. */
function quantified(p: Cursor): Quantified | undefined {
  const quantifier = p.word();
  if (quantifier !== 'any' && quantifier !== 'all' && quantifier !== 'some') return undefined;
  if (p.word(1) !== '(') return undefined;
  const { start } = p.advance();
  const set = p.opensQuery() ? p.rules.subquery(p) : rowInParentheses(p);
  return { kind: 'quantified', quantifier, set, start, end: p.endFrom(start) };
}

/** Operators that are words, with an optional NOT before some. */
function wordInfix(p: Cursor, left: Expression, above: number): Expression | undefined {
  switch (p.word()) {
    case 'is':
      return LEVEL.is > above ? is(p, left) : undefined;
    case 'isnull':
    case 'notnull':
      return LEVEL.is > above ? isNull(p, left) : undefined;
    case 'at':
      return LEVEL.zone > above ? atTimeZone(p, left) : undefined;
    case 'collate':
      return LEVEL.collation > above ? collate(p, left) : undefined;
    case 'operator':
      return LEVEL.other > above && p.word(1) === '(' ? namedOperator(p, left) : undefined;
    case 'not':
      return LEVEL.range > above ? range(p, left, 1) : undefined;
    default:
      return LEVEL.range > above ? range(p, left, 0) : undefined;
  }
}

function isNull(p: Cursor, left: Expression): Expression {
  const negated = p.advance().word === 'notnull';
  return { kind: 'is', operand: left, negated, test: 'null', start: left.start, end: p.endFrom(left.start) };
}

const IS_TESTS: ReadonlySet<string> = words(
  'null true false unknown normalized document json nfc nfd nfkc nfkd of nan',
);
const JSON_TESTS: ReadonlySet<string> = words('object array value scalar with without unique keys normalized');

function is(p: Cursor, left: Expression): Expression {
  p.advance();
  const negated = p.accept('not');
  if (p.acceptAll('distinct', 'from')) {
    const right = p.rules.expression(p, LEVEL.is);
    const operator = negated ? 'is not distinct from' : 'is distinct from';
    return { kind: 'binary', operator, left, right, start: left.start, end: p.endFrom(left.start) };
  }
  const test = p.acceptOneOf(IS_TESTS) ?? '';
  if (test === '') p.reportMissing(['null']);
  else if (test === 'json' || test.startsWith('nf')) p.repeat(() => p.acceptOneOf(JSON_TESTS) !== undefined);
  else if (test === 'of' && p.is('(')) p.advanceBy((p.distanceToCloser() ?? 0) + 1);
  return { kind: 'is', operand: left, negated, test, start: left.start, end: p.endFrom(left.start) };
}

function atTimeZone(p: Cursor, left: Expression): Expression | undefined {
  if (p.acceptAll('at', 'local')) {
    return { kind: 'at-time-zone', operand: left, zone: undefined, start: left.start, end: p.endFrom(left.start) };
  }
  if (!p.acceptAll('at', 'time', 'zone')) return undefined;
  const zone = p.rules.expression(p, LEVEL.zone);
  return { kind: 'at-time-zone', operand: left, zone, start: left.start, end: p.endFrom(left.start) };
}

function collate(p: Cursor, left: Expression): Expression {
  p.advance();
  const collation = dottedName(p) ?? p.missing('collation');
  const value: Expression = {
    kind: 'collate',
    operand: left,
    collation,
    start: left.start,
    end: p.endFrom(left.start),
  };
  return p.is('::') ? postfixes(p, value) : value;
}

/** `operator(schema.+)`. */
function namedOperator(p: Cursor, left: Expression): Expression {
  const start = p.advance().start;
  p.advanceBy((p.distanceToCloser() ?? 0) + 1);
  const operator = p.textOf(p.rangeFrom(start)).toLowerCase();
  const right = p.rules.expression(p, LEVEL.other);
  return { kind: 'binary', operator, left, right, start: left.start, end: p.endFrom(left.start) };
}

const LIKE_WORDS: ReadonlySet<string> = new Set(['like', 'ilike', 'rlike', 'regexp', 'glob']);

/** BETWEEN, IN, LIKE and their kin; the word stands `offset` lexemes on, behind NOT. */
function range(p: Cursor, left: Expression, offset: 0 | 1): Expression | undefined {
  const word = p.word(offset);
  const negated = offset === 1;
  if (word === 'between') return between(p, left, negated);
  if (word === 'in') return inSet(p, left, negated);
  if (word === 'similar' && p.word(offset + 1) === 'to') return like(p, left, negated, 'similar to');
  if (LIKE_WORDS.has(word)) return like(p, left, negated, word);
  if (word === 'null' && negated) {
    p.advanceBy(2);
    return { kind: 'is', operand: left, negated, test: 'null', start: left.start, end: p.endFrom(left.start) };
  }
  const isPlain = word === 'overlaps' || (word === 'member' && p.word(1) === 'of');
  return isPlain && !negated ? plainRange(p, left) : undefined;
}

function plainRange(p: Cursor, left: Expression): Expression {
  const { word } = p.advance();
  p.accept('of');
  const right = p.rules.expression(p, LEVEL.range);
  return { kind: 'binary', operator: word, left, right, start: left.start, end: p.endFrom(left.start) };
}

function between(p: Cursor, left: Expression, negated: boolean): Expression {
  p.advanceBy(negated ? 2 : 1);
  if (!p.accept('symmetric')) p.accept('asymmetric');
  const low = p.rules.expression(p, LEVEL.range);
  const high = p.expect('and') ? p.rules.expression(p, LEVEL.range) : p.blank('expression');
  return { kind: 'between', operand: left, negated, low, high, start: left.start, end: p.endFrom(left.start) };
}

function inSet(p: Cursor, left: Expression, negated: boolean): Expression {
  p.advanceBy(negated ? 2 : 1);
  const set = inOperand(p);
  const test: Expression = { kind: 'in', operand: left, negated, set, start: left.start, end: p.endFrom(left.start) };
  // Nothing but all of the test can be cast behind its list.
  return p.is('::') ? postfixes(p, test) : test;
}

function inOperand(p: Cursor): Expression {
  if (!p.is('(')) return p.rules.expression(p, LEVEL.range);
  return p.opensQuery() ? p.rules.subquery(p) : rowInParentheses(p);
}

function like(p: Cursor, left: Expression, negated: boolean, operator: string): Expression {
  p.advanceBy((negated ? 1 : 0) + (operator === 'similar to' ? 2 : 1));
  const quantifier = likeQuantifier(p);
  const isList = quantifier !== undefined && p.is('(');
  const pattern = isList ? inOperand(p) : p.rules.expression(p, LEVEL.range);
  const escape = p.accept('escape') ? p.rules.expression(p, LEVEL.range) : undefined;
  return {
    kind: 'like',
    operand: left,
    negated,
    operator,
    quantifier,
    pattern,
    escape,
    start: left.start,
    end: p.endFrom(left.start),
  };
}

function likeQuantifier(p: Cursor): Like['quantifier'] {
  const word = p.word();
  const isQuantifier = word === 'any' || word === 'all' || word === 'some';
  if (!isQuantifier || p.word(1) === '.' || !(p.word(1) === '(' || p.isName(1))) return undefined;
  p.advance();
  return word;
}
