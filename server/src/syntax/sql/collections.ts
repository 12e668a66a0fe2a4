import type { Offset } from '../../base/text-range.ts';
import { close, open } from './brackets.ts';
import type { Cursor } from './cursor.ts';
import type { Argument, Expression, Name, Pair, StructLiteral, TypeName } from './expression-nodes.ts';
import { LEVEL } from './grammar.ts';
import { nameHere } from './names.ts';
import { elementsUntil } from './rows.ts';

/** A parenthesis where an operand may stand: a subquery, one value, or a row. */
export function parenthesized(p: Cursor): Expression {
  if (p.opensQuery()) return p.rules.subquery(p);
  const { start } = p.current;
  const opened = open(p);
  const elements = elementsUntil(p, ')');
  const isRow = elements.length !== 1 || p.textOf({ start: p.before - 1, end: p.before }) === ',';
  const skipped = close(p, opened, ')');
  const [value] = elements;
  if (isRow || value === undefined) return { kind: 'row', elements, skipped, start, end: p.endFrom(start) };
  return { kind: 'parentheses', value, skipped, start, end: p.endFrom(start) };
}

/** `[1, 2]`, or `[x + 1 for x in list if x > 1]`; the bracket stands here, the type stood before it. */
export function arrayInBrackets(p: Cursor, type: TypeName | undefined, start: Offset): Expression {
  const opened = open(p);
  const elements = elementsUntil(p, ']');
  const [value] = elements;
  if (elements.length === 1 && value !== undefined && p.is('for')) return comprehension(p, value, opened, start);
  const skipped = close(p, opened, ']');
  return { kind: 'array', type, elements, skipped, start, end: p.endFrom(start) };
}

function comprehension(p: Cursor, value: Argument, opened: ReturnType<typeof open>, start: Offset): Expression {
  p.advance();
  const names = p.list(() => nameHere(p, 'name'));
  p.expect('in');
  const source = p.rules.expression(p, 0);
  const filter = p.accept('if') ? p.rules.expression(p, 0) : undefined;
  const skipped = close(p, opened, ']');
  return { kind: 'comprehension', value, names, source, filter, skipped, start, end: p.endFrom(start) };
}

/** `{'a': 1, b: 2}`; the brace stands here. */
export function structInBraces(p: Cursor, start: Offset): StructLiteral {
  const opened = open(p);
  const entries = p.is('}')
    ? []
    : p.list(
        () => entry(p),
        () => p.is('}'),
      );
  const skipped = close(p, opened, '}');
  return { kind: 'struct', entries, skipped, start, end: p.endFrom(start) };
}

/** `key: value`, `*`, or `** map` which spreads another. */
function entry(p: Cursor): Pair | Expression {
  const { start, word } = p.current;
  if (word === '*' || (p.isName() && p.is(p.word(), '.', '*'))) return p.rules.expression(p, LEVEL.collation);
  if (word === '**' || word === '...' || p.is('.', '.', '.')) {
    p.advanceBy(word === '.' ? 3 : 1);
    const operand = p.rules.expression(p, 0);
    return { kind: 'unary', operator: '**', operand, start, end: p.endFrom(start) };
  }
  const key = entryKey(p);
  const value = p.expect(':') ? p.rules.expression(p, 0) : p.blank('value');
  return { kind: 'pair', key, value, start: key.start, end: p.endFrom(key.start) };
}

/** A key is read up to its colon: in dialects with document paths an expression would swallow that. */
function entryKey(p: Cursor): Expression | Name {
  const { kind, start, end } = p.current;
  if (p.word(1) === ':' && kind === 'string') {
    p.advance();
    return { kind: 'literal', type: 'string', start, end };
  }
  if (p.word(1) === ':' && p.isName()) return p.name(p.advance());
  return p.rules.expression(p, 0);
}
