import { unreachable } from '../../base/bug.ts';
import { arrayInBrackets, parenthesized, structInBraces } from './collections.ts';
import type { Cursor } from './cursor.ts';
import type { ColumnRef, Expression, Literal, Missing, NamePart, Parameter } from './expression-nodes.ts';
import { LEVEL } from './grammar.ts';
import { nameAfterDot, numericPart } from './names.ts';
import { quotedTextEscapedBy } from './quoted-text.ts';
import { postfixes } from './postfixes.ts';
import { star } from './stars.ts';
import { wordOperand } from './word-operands.ts';
import { JOIN_WORDS, NAMES_AT_TIMES, OPERAND_STOPS, SET_OPERATORS, words } from './words.ts';

/** One operand with the signs before it and the casts, indexes and fields behind it. */
export function operand(p: Cursor): Expression {
  const { start, word } = p.current;
  if (!isSign(p)) return postfixes(p, primary(p));
  p.advance();
  // The standard's signs bind tighter than any operator; those of extensions reach over arithmetic.
  const above = word === '-' || word === '+' || word === '~' ? LEVEL.collation : LEVEL.other;
  const value = p.rules.expression(p, above);
  return { kind: 'unary', operator: word, operand: value, start, end: p.endFrom(start) };
}

const SIGNS: ReadonlySet<string> = new Set(['-', '+', '~', '!', '|/', '||/', '!!', '@-@', '#', '@@', '?-', '?|', '**']);

function isSign(p: Cursor): boolean {
  if (p.kind() !== 'operator') return false;
  if (p.is('@')) return p.has('custom-operators');
  if (p.is('#') && p.kind(1) === 'number') return false;
  if (p.is('**') || p.is('@@') || p.is('#')) return p.has('custom-operators') && startsOperand(p, 1);
  return p.isOneOf(SIGNS) || (p.has('custom-operators') && /^[-+<>=~!@#%^&|?]{2,}$/.test(p.word()));
}

function primary(p: Cursor): Expression {
  const { kind, start, end } = p.current;
  switch (kind) {
    case 'number':
      p.advance();
      return { kind: 'literal', type: 'number', start, end };
    case 'string':
      return stringLiteral(p);
    case 'parameter':
      return parameter(p);
    case 'name':
      return wordOperand(p) ?? name(p);
    case 'quoted-name':
      return quotedColumn(p);
    case 'operator':
      return bracketed(p);
    case 'error':
      return unfinished(p);
    case 'end':
    case 'opaque':
    case 'space':
    case 'comment':
      return p.missing('expression');
    default:
      return unreachable(kind);
  }
}

/** Strings that follow each other are one string: in some dialects always, by the standard when a line ends between. */
function stringLiteral(p: Cursor): Literal {
  const { start } = p.advance();
  p.repeat(() => {
    const isOne = p.kind() === 'string' && (p.has('adjacent-strings') || isOnNextLine(p));
    if (isOne) p.advance();
    return isOne;
  });
  if (p.is('uescape')) p.advanceBy(2);
  return { kind: 'literal', type: 'string', start, end: p.endFrom(start) };
}

const isOnNextLine = (p: Cursor): boolean => p.textOf({ start: p.before, end: p.start }).includes('\n');

function parameter(p: Cursor): Parameter | ColumnRef {
  if (p.has('numbered-columns') && p.word().startsWith('$')) {
    const part = p.name(p.advance());
    return { kind: 'column', parts: [part], start: part.start, end: part.end };
  }
  const { start } = p.advance();
  return { kind: 'parameter', start, end: p.endFrom(start) };
}

/** A string or quoted name without an end still is the value that was meant. */
function unfinished(p: Cursor): Expression {
  const { start, end } = p.current;
  const first = p.textOf({ start, end: start + 1 });
  if (first !== "'" && first !== '"' && first !== '`') return p.missing('expression');
  if (first === "'" || p.grammar.lexicon.doubleQuotes === 'string') {
    p.advance();
    return { kind: 'literal', type: 'string', start, end };
  }
  return { kind: 'column', parts: [p.name(p.advance())], start, end };
}

function name(p: Cursor): Expression {
  return startsOperand(p) ? column(p) : p.missing('expression');
}

/** `U&"d!0061t" uescape '!'` says which character escapes. */
function quotedColumn(p: Cursor): Expression {
  const value = column(p);
  if (value.kind !== 'column' || !p.is('uescape') || p.kind(1) !== 'string') return value;
  p.advance();
  const escape = p.textOf(p.advance()).charAt(1);
  const parts = value.parts.map(it =>
    it.kind === 'name' && it.quoted ? { ...it, text: quotedTextEscapedBy(p.textOf(it), escape) } : it,
  );
  return { ...value, parts, end: p.endFrom(value.start) };
}

/** A name with all of its parts. What follows a dot and is no name leaves a `missing` part. */
function column(p: Cursor): ColumnRef | Expression {
  const parts: NamePart[] = [p.name(p.advance())];
  p.repeat(() => {
    const number = numericPart(p);
    if (number !== undefined) parts.push(number);
    if (number !== undefined) return true;
    if (p.is('.', '*') || !p.accept('.')) return false;
    parts.push(nameAfterDot(p, 'column name'));
    return !p.is('(');
  });
  const ref: ColumnRef = { kind: 'column', parts, ...p.rangeFrom(parts[0]?.start ?? p.start) };
  if (!p.is('.', '*')) return ref;
  p.advance();
  return star(p, ref);
}

function bracketed(p: Cursor): Expression {
  switch (p.word()) {
    case '(':
      return parenthesized(p);
    case '[':
      return arrayInBrackets(p, undefined, p.start);
    case '{':
      return escaped(p) ?? structInBraces(p, p.start);
    case '*':
      return star(p, undefined);
    default:
      return marked(p);
  }
}

/** `{fn upper(a)}` is a function call, and Spark's `{name}` a parameter. */
function escaped(p: Cursor): Expression | undefined {
  const { start } = p.current;
  if (p.is('{', 'fn') && p.isName(2)) {
    p.advanceBy(2);
    const value = p.rules.expression(p, 0);
    p.expect('}');
    return { kind: 'parentheses', value, skipped: undefined, start, end: p.endFrom(start) };
  }
  if (p.grammar.name !== 'databricks' || !p.isName(1) || p.word(2) !== '}') return undefined;
  p.advanceBy(3);
  return { kind: 'parameter', start, end: p.endFrom(start) };
}

/** `:name`, `@name`, `$name`, `%(name)s`: parameters that are spelt with an operator. */
function marked(p: Cursor): Expression | Missing {
  const { start, word } = p.current;
  // A client of PostgreSQL's puts the value of `:'name'` in as a string.
  const isQuoted = word === ':' && p.kind(1) === 'string' && p.has('custom-operators');
  const isNamed = p.isGlued(1) && (p.isName(1) || p.kind(1) === 'number' || isQuoted);
  const isMark = word === '@' || word === '@@' || word === '$' || (word === ':' && p.has('colon-parameters'));
  const isPosition = word === '#' && p.kind(1) === 'number';
  if (isPosition || (isMark && isNamed)) {
    p.advanceBy(2);
    p.repeat(() => {
      const goesOn = p.is('.') && p.isGlued() && p.isName(1) && p.isGlued(1);
      if (goesOn) p.advanceBy(2);
      return goesOn;
    });
    return { kind: 'parameter', start, end: p.endFrom(start) };
  }
  if (word === '$' && p.word(1) === '{') {
    p.advance();
    p.advanceBy((p.distanceToCloser() ?? 0) + 1);
    return { kind: 'parameter', start, end: p.endFrom(start) };
  }
  if (word === '%' && p.word(1) === '(' && p.isGlued(1)) {
    p.advance();
    p.advanceBy((p.distanceToCloser() ?? 0) + 1);
    if (p.isName() && p.isGlued()) p.advance();
    return { kind: 'parameter', start, end: p.endFrom(start) };
  }
  return p.missing('expression');
}

const JOINING: ReadonlySet<string> = words('left right full cross natural');

/** LEFT and its like begin a join before the other words of one; before anything else in an operand's place they are names. */
function beginsJoin(word: string, next: string): boolean {
  return !JOINING.has(word) ? false : JOIN_WORDS.has(next) || next === 'join' || SET_OPERATORS.has(next);
}

const OPENERS: ReadonlySet<string> = words('( [ { * : @ @@ $ - + ~ ! % # |/ ||/ !! @-@ ?- ?|');

/** Whether an operand begins `n` lexemes on. */
export function startsOperand(p: Cursor, n = 0): boolean {
  const kind = p.kind(n);
  if (kind === 'operator') return OPENERS.has(p.word(n));
  if (kind === 'end' || kind === 'error') return false;
  const word = p.word(n);
  if (kind !== 'name' || !OPERAND_STOPS.has(word)) return true;
  const next = p.word(n + 1);
  if (next === '.') return true;
  if (next === '(' && (word === 'like' || word === 'ilike')) return true;
  const isEnded = (p.kind(n + 1) === 'operator' && next !== ';') || next === 'as' || next === 'is' || next === 'from';
  return (
    NAMES_AT_TIMES.has(word) && (isEnded || JOINING.has(word)) && !beginsJoin(word, next) && p.kind(n + 1) !== 'end'
  );
}
