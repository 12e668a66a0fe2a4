import { close, open } from './brackets.ts';
import { callTail } from './calls.ts';
import type { Cursor } from './cursor.ts';
import type { Argument, Call, Expression, NamePart } from './expression-nodes.ts';
import { LEVEL } from './grammar.ts';
import { dottedName, nameAfterAs, nameHere } from './names.ts';
import type {
  FromItem,
  FromParentheses,
  TableFunction,
  TableName,
  TableSource,
  UnpivotObject,
  Values,
} from './nodes.ts';
import { postfixes } from './postfixes.ts';
import { suffixes } from './relation-suffixes.ts';
import { startsQuery } from './query-start.ts';
import { JOIN_WORDS, OPERAND_STOPS } from './words.ts';

/** One source of rows with its name, samples, pivots and whatever else follows it. */
export function relation(p: Cursor): FromItem {
  const { start } = p.current;
  if (lacksRelation(p)) return p.missing('table');
  const isDeepEnough = p.enter();
  const item = isDeepEnough ? namedRelation(p, start) : p.blank('table');
  p.leave();
  return item;
}

function namedRelation(p: Cursor, start: number): FromItem {
  const lateral = p.is('lateral') && p.word(1) !== 'view' && p.accept('lateral');
  if (p.is('only') && (p.isName(1) || p.word(1) === '(')) p.advance();
  const isPrefixed = p.has('prefix-aliases') && p.isName() && p.word(1) === ':';
  const prefix = isPrefixed ? prefixAlias(p) : undefined;
  const source = tableSource(p);
  return suffixes(p, { start: Math.min(start, source.start), lateral, source, prefix });
}

/** What cannot begin a relation: the next clause, or the next join of half-typed text. */
export function lacksRelation(p: Cursor): boolean {
  const kind = p.kind();
  if (kind === 'operator') return !['(', '@', '#', '$', ':', '%', '{'].includes(p.word());
  if (kind !== 'name') return kind === 'end' || kind === 'error' || kind === 'number';
  if (p.is('lateral') || p.is('pivot') || p.is('unpivot')) return false;
  const isFunction = p.word(1) === '(' && !p.is('select') && !p.is('on') && !p.is('using') && !p.is('where');
  return !isFunction && (p.isOneOf(OPERAND_STOPS) || (p.isOneOf(JOIN_WORDS) && p.word(1) === 'join') || p.is('set'));
}

function prefixAlias(p: Cursor): NamePart {
  const name = p.name(p.advance());
  p.advance();
  return name;
}

function tableSource(p: Cursor): TableSource {
  if (p.is('(')) return p.opensQuery() ? p.rules.subquery(p) : fromParentheses(p);
  if (p.is('values') && (p.word(1) === '(' || p.has('bare-values'))) return valuesRelation(p);
  if ((p.is('unpivot') || p.is('pivot')) && p.has('object-unpivot') && p.isName(1)) return unpivotObject(p);
  if (p.is('rows', 'from', '(')) return rowsFrom(p);
  if (p.is('table', '(')) return tableCall(p);
  if (p.is('stream') && p.isName(1)) p.advance();
  if (p.is('{') || p.is(':') || p.is('%')) return expressionSource(p);
  return namedSource(p);
}

/** `(a join b on …)`, also with several relations. */
function fromParentheses(p: Cursor): FromParentheses {
  const { start } = p.current;
  const opened = open(p);
  const items: FromItem[] = p.list(
    () => p.rules.fromItem(p),
    () => p.is(')'),
  );
  const skipped = close(p, opened, ')');
  return { kind: 'from-parentheses', items, skipped, start, end: p.endFrom(start) };
}

function valuesRelation(p: Cursor): Values {
  const { start } = p.advance();
  const rows = [p.rules.expression(p, 0)];
  // Rows need no parentheses everywhere, but the word ends them.
  while (p.is(',') && p.word(1) !== 'values' && p.accept(',')) rows.push(p.rules.expression(p, 0));
  return { kind: 'values', rows, start, end: p.endFrom(start) };
}

/** Redshift's `unpivot object as value at name`. */
function unpivotObject(p: Cursor): UnpivotObject {
  const { start } = p.advance();
  const object = p.rules.expression(p, LEVEL.range);
  const value = p.accept('as') ? nameAfterAs(p) : undefined;
  const name = p.accept('at') ? nameHere(p, 'name') : undefined;
  return { kind: 'unpivot-object', object, value, name, start, end: p.endFrom(start) };
}

function rowsFrom(p: Cursor): TableFunction {
  const { start } = p.current;
  p.advanceBy(2);
  const opened = open(p);
  const calls: Argument[] = p.list(() => rowsFunction(p));
  close(p, opened, ')');
  return { kind: 'table-function', calls, start, end: p.endFrom(start) };
}

/** A function among ROWS FROM may be followed by the columns it gives. */
function rowsFunction(p: Cursor): Argument {
  const call = p.rules.expression(p, 0);
  if (p.is('as')) {
    p.advance();
    if (p.isName()) p.advance();
    p.advanceBy((p.distanceToCloser() ?? 0) + 1);
  }
  return call;
}

/** `table(function(…))`, `table(select …)`. */
function tableCall(p: Cursor): TableFunction {
  const { start } = p.advance();
  const opened = open(p);
  const calls: Argument[] = startsQuery(p) && !p.is('(') ? [p.rules.query(p)] : p.list(() => p.rules.argument(p));
  close(p, opened, ')');
  return { kind: 'table-function', calls, start, end: p.endFrom(start) };
}

function expressionSource(p: Cursor): TableSource {
  const value = p.rules.expression(p, LEVEL.collation);
  if (value.kind === 'missing') return value;
  return { kind: 'table-function', calls: [value], start: value.start, end: value.end };
}

/** A table by name, a call, or a path into a nested column. */
function namedSource(p: Cursor): TableSource {
  const name = dottedName(p);
  if (name === undefined) return functionByKeyword(p);
  // A stage may be followed by how its files are read, which is no list of arguments.
  const isStage = p.textOf(name).startsWith('@');
  if (p.is('(') && isStage) p.advanceBy((p.distanceToCloser() ?? 0) + 1);
  else if (p.is('(')) return tableFunction(p, callTail(p, name.parts, name.start, undefined));
  else if (p.is('[')) return elementSource(p, name);
  else if (p.is('*') && p.word(1) !== ')') p.advance();
  return { ...name, start: name.start, end: p.endFrom(name.start) };
}

/** `left(…)` and other functions whose names are keywords. */
function functionByKeyword(p: Cursor): TableSource {
  if (!p.isName() || p.word(1) !== '(') return p.missing('table');
  const name = p.name(p.advance());
  return tableFunction(p, callTail(p, [name], name.start, undefined));
}

function tableFunction(p: Cursor, call: Call): TableFunction {
  const value: Expression = postfixes(p, p.has('query-statements') ? withNamedArguments(call) : call);
  return { kind: 'table-function', calls: [value], start: value.start, end: value.end };
}

/** In DuckDB's table functions `name = value` names an argument. */
function withNamedArguments(call: Call): Call {
  return { ...call, arguments: call.arguments.map(namedArgument) };
}

function namedArgument(argument: Argument): Argument {
  if (argument.kind !== 'binary' || argument.operator !== '=' || argument.left.kind !== 'column') return argument;
  const [name, more] = argument.left.parts;
  if (name?.kind !== 'name' || more !== undefined) return argument;
  return { kind: 'named-argument', name, value: argument.right, start: argument.start, end: argument.end };
}

/** `t.items[0].parts`: an array in a column of a relation before. */
function elementSource(p: Cursor, name: TableName): TableFunction {
  const value = postfixes(p, { kind: 'column', parts: name.parts, start: name.start, end: name.end });
  return { kind: 'table-function', calls: [value], start: value.start, end: value.end };
}
