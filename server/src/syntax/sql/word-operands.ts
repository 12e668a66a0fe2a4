import type { Offset } from '../../base/text-range.ts';
import { close, open } from './brackets.ts';
import { bareCall, callTail } from './calls.ts';
import { arrayInBrackets, structInBraces } from './collections.ts';
import type { Cursor } from './cursor.ts';
import type { Call, Case, Cast, Expression, Keyword, Literal, Name, When } from './expression-nodes.ts';
import { LEVEL } from './grammar.ts';
import { dottedName } from './names.ts';
import { typeName } from './types.ts';
import { BARE_FUNCTIONS, INTERVAL_UNITS, LITERAL_TYPES, OPERAND_STOPS } from './words.ts';

/** An operand that its first word makes special, or `undefined` for a word that is a name like any other. */
export function wordOperand(p: Cursor): Expression | undefined {
  const special = SPECIAL.get(p.word())?.(p);
  if (special !== undefined) return special;
  if (p.isOneOf(BARE_FUNCTIONS) && p.word(1) !== '(' && p.word(1) !== '.') return bareCall(p);
  return p.isOneOf(LITERAL_TYPES) ? typedLiteral(p) : undefined;
}

const SPECIAL: ReadonlyMap<string, (p: Cursor) => Expression | undefined> = new Map([
  ['null', p => constant(p, 'null')],
  ['true', p => constant(p, 'boolean')],
  ['false', p => constant(p, 'boolean')],
  ['default', p => (p.word(1) === ',' || p.word(1) === ')' ? constant(p, 'default') : undefined)],
  ['case', caseExpression],
  ['cast', castCall],
  ['try_cast', castCall],
  ['safe_cast', castCall],
  ['exists', exists],
  ['interval', interval],
  ['array', array],
  ['struct', struct],
  ['map', map],
  ['prior', p => wordSign(p)],
  ['connect_by_root', p => wordSign(p)],
  ['approximate', p => (p.isName(1) && p.word(2) === '(' ? wordSign(p) : undefined)],
  ['variadic', p => wordSign(p)],
  ['unique', p => (p.opensQuery(1) ? wordSign(p) : undefined)],
  ['binary', p => (p.kind(1) === 'string' ? wordSign(p) : undefined)],
  ['next', nextValue],
]);

function constant(p: Cursor, type: Literal['type']): Expression | undefined {
  if (p.word(1) === '(' || p.word(1) === '.') return undefined;
  const { start, end } = p.advance();
  return { kind: 'literal', type, start, end };
}

/** A word before an operand, like a sign. */
function wordSign(p: Cursor): Expression | undefined {
  const isSign = p.isName(1) || p.word(1) === '(' || p.word(1) === '[' || p.kind(1) === 'string';
  if (!isSign || (p.word(1) === '(' && !p.opensQuery(1) && p.is('approximate'))) return undefined;
  const { start, word } = p.advance();
  const operand = p.rules.expression(p, LEVEL.collation);
  return { kind: 'unary', operator: word, operand, start, end: p.endFrom(start) };
}

function caseExpression(p: Cursor): Case | undefined {
  if (p.word(1) === '.' || p.word(1) === ',' || p.word(1) === ')') return undefined;
  const { start } = p.advance();
  const isSearched = p.is('when') || p.is('else') || p.is('end');
  const operand = isSearched ? undefined : p.rules.expression(p, 0);
  const branches: When[] = [];
  p.repeat(() => {
    if (!p.is('when')) return false;
    branches.push(when(p));
    return true;
  });
  if (branches.length === 0) p.reportMissing(['when']);
  const otherwise = p.accept('else') ? p.rules.expression(p, 0) : undefined;
  p.expect('end');
  return { kind: 'case', operand, branches, otherwise, start, end: p.endFrom(start) };
}

function when(p: Cursor): When {
  const { start } = p.advance();
  const condition = p.rules.expression(p, 0);
  // Some engines take several values for one branch; the first speaks for all in the tree.
  p.repeat(() => p.accept(',') && p.rules.expression(p, 0).kind !== 'missing');
  const result = p.expect('then') ? p.rules.expression(p, 0) : p.blank('expression');
  return { kind: 'when', condition, result, start, end: p.endFrom(start) };
}

/** `cast(value as type format 'x')`. */
function castCall(p: Cursor): Cast | undefined {
  if (p.word(1) !== '(') return undefined;
  const { start, word } = p.advance();
  const opened = open(p);
  const operand = p.rules.expression(p, 0);
  const hasType = p.accept('as') || p.accept(',');
  if (!hasType) p.reportMissing(['as']);
  const type = hasType ? typeName(p) : p.blank('type');
  if (p.accept('collate')) dottedName(p);
  const format = p.accept('format') ? p.rules.expression(p, 0) : undefined;
  castOptions(p);
  const skipped = close(p, opened, ')');
  return { kind: 'cast', operator: word, operand, type, format, skipped, start, end: p.endFrom(start) };
}

/** `default x on conversion error`, `rename fields`: they change no name and no type that the tree holds. */
function castOptions(p: Cursor): void {
  if (p.is('default') || p.is('rename') || p.is('add') || p.is('at')) p.skipTo(() => p.is(')') || p.is(';'));
}

function exists(p: Cursor): Expression | undefined {
  if (!p.opensQuery(1)) return undefined;
  const { start } = p.advance();
  const query = p.rules.subquery(p);
  return { kind: 'exists', query, start, end: p.endFrom(start) };
}

/** `interval '1 day'`, `interval 1 day`, `interval (x) month`, `interval '1' year to month`. */
function interval(p: Cursor): Expression | undefined {
  if (!startsInterval(p)) return undefined;
  const { start } = p.advance();
  if (p.is('(') && p.kind(1) === 'number' && p.is('(', p.word(1), ')') && p.kind(3) === 'string') p.advanceBy(3);
  // Units tell where a number ends, so there it may be a sum; a string is followed by what has nothing to do with it.
  const value = p.rules.expression(p, p.kind() === 'string' ? LEVEL.collation : LEVEL.other);
  const unit = p.isOneOf(INTERVAL_UNITS) ? intervalUnit(p) : undefined;
  return { kind: 'interval', value, unit, start, end: p.endFrom(start) };
}

function startsInterval(p: Cursor): boolean {
  const kind = p.kind(1);
  if (kind === 'string' || kind === 'number' || kind === 'parameter') return true;
  const next = p.word(1);
  if (p.has('reserved-interval') && (next === '-' || next === '(' || p.isName(1))) return !OPERAND_STOPS.has(next);
  if (next === '-' || next === '+') return p.kind(2) === 'number' || p.kind(2) === 'string';
  if (next === '@' || next === ':' || next === '$') return p.isName(2);
  if (next === '(') return INTERVAL_UNITS.has(p.word((p.distanceToCloser(1) ?? 0) + 1)) || p.word(3) === ')';
  if (!p.isName(1)) return false;
  return unitFollows(p);
}

/** `interval a.b day`, `interval f(x) day`: a name with dots or a call, then a unit. */
function unitFollows(p: Cursor): boolean {
  let n = 2;
  while (p.word(n) === '.' && p.isName(n + 1)) n += 2;
  if (p.word(n) === '(') n = (p.distanceToCloser(n) ?? n) + 1;
  return INTERVAL_UNITS.has(p.word(n));
}

/** `day`, `day(3) to second(2)`, and the parts after the first of `interval 1 day 2 hours`. */
function intervalUnit(p: Cursor): Keyword {
  const { start } = p.current;
  const words = [p.advance().word];
  precision(p);
  p.repeat(() => {
    const isNext = p.is('to') || p.kind() === 'number' || p.kind() === 'string' ? INTERVAL_UNITS.has(p.word(1)) : false;
    if (!isNext) return false;
    words.push(p.advance().word, p.advance().word);
    precision(p);
    return true;
  });
  return { kind: 'keyword', words: words.filter(it => it !== '').join(' '), start, end: p.endFrom(start) };
}

function precision(p: Cursor): void {
  if (p.is('(') && p.kind(1) === 'number' && p.word(2) === ')') p.advanceBy(3);
}

/** `array[…]`, `array(select …)`, `array<type>[…]`; `array(1, 2)` is a call like others. */
function array(p: Cursor): Expression | undefined {
  const { start } = p.current;
  if (p.word(1) === '[') {
    p.advance();
    return arrayInBrackets(p, undefined, start);
  }
  if (p.opensQuery(1)) return querySet(p);
  if (p.word(1) !== '<') return undefined;
  const type = typeName(p);
  if (type.kind === 'type' && p.is('[')) return arrayInBrackets(p, type, start);
  return typedCall(p, 'array', start);
}

function querySet(p: Cursor): Expression {
  const { start } = p.advance();
  const query = p.rules.subquery(p);
  return { kind: 'array-query', query, start, end: p.endFrom(start) };
}

/** `struct<a int64>(1)`; `struct(1 as a)` is a call like others. */
function struct(p: Cursor): Expression | undefined {
  if (p.word(1) !== '<') return undefined;
  const { start } = p.current;
  typeName(p);
  return typedCall(p, 'struct', start);
}

function typedCall(p: Cursor, text: string, start: Offset): Call | Expression {
  const name: Name = { kind: 'name', text, quoted: false, start, end: start + text.length };
  if (p.is('(')) return callTail(p, [name], start, undefined);
  p.reportMissing(['(']);
  return { kind: 'column', parts: [name], start, end: name.end };
}

/** `map {'a': 1}`, `map['a': 1]`. */
function map(p: Cursor): Expression | undefined {
  const { start } = p.current;
  if (p.word(1) === '{') {
    p.advance();
    return structInBraces(p, start);
  }
  return p.opensQuery(1) ? querySet(p) : undefined;
}

/** `next value for sequence`. */
function nextValue(p: Cursor): Expression | undefined {
  if (!p.is('next', 'value', 'for')) return undefined;
  const { start } = p.current;
  p.advanceBy(3);
  dottedName(p);
  return { kind: 'keyword', words: 'next value for', start, end: p.endFrom(start) };
}

/** `date '2024-01-01'`, `timestamp with time zone '…'`, `numeric(10, 2) '1.5'`. */
function typedLiteral(p: Cursor): Expression | undefined {
  const { start } = p.current;
  if (stringAfterType(p) === undefined) return undefined;
  const type = typeName(p);
  if (type.kind === 'missing' || p.kind() !== 'string') return undefined;
  const { start: valueStart, end } = p.advance();
  const value: Literal = { kind: 'literal', type: 'string', start: valueStart, end };
  return { kind: 'typed-literal', type, value, start, end: p.endFrom(start) };
}

/** How many lexemes on the string stands that makes the type here a literal. */
function stringAfterType(p: Cursor): number | undefined {
  let n = 1;
  if (p.is('double', 'precision')) n = 2;
  if (p.word(1) === '(') n = (p.distanceToCloser(1) ?? 0) + 1;
  if ((p.word(n) === 'with' || p.word(n) === 'without') && p.word(n + 1) === 'time' && p.word(n + 2) === 'zone') n += 3;
  return p.kind(n) === 'string' ? n : undefined;
}
