import { close, open } from './brackets.ts';
import type { Cursor } from './cursor.ts';
import { LEVEL } from './grammar.ts';
import type { Expression, Missing, NamePart } from './expression-nodes.ts';
import { dottedName, isCountless, nameAfterAs, namesInParentheses, nameHere } from './names.ts';
import type { From, Select, SelectItem } from './nodes.ts';
import { fromClause } from './from.ts';
import { selectClauses, startsExclude, startsSelectClause } from './select-clauses.ts';
import { starNames } from './stars.ts';
import { endsQuery } from './tail.ts';
import { startsOperand } from './operands.ts';
import { beginsClause } from './clause-starts.ts';
import { ITEM_ALIAS_STOPS } from './words.ts';

/** SELECT … FROM …, or FROM … with or without SELECT behind it. */
export function select(p: Cursor): Select {
  const { start } = p.current;
  const fromFirst = p.is('from') ? fromClause(p) : undefined;
  const explicit = p.accept('select');
  const head = explicit ? selectHead(p) : NO_HEAD;
  const items = explicit ? selectItems(p) : [];
  const excluded = startsExclude(p) ? [starNames(p)] : [];
  const into = p.accept('into') ? intoTarget(p) : undefined;
  const from: From | undefined = fromFirst ?? (p.is('from') ? fromClause(p) : undefined);
  const clauses = [...excluded, ...selectClauses(p)];
  return { kind: 'select', explicit, ...head, items, into, from, clauses, start, end: p.endFrom(start) };
}

type Head = Pick<Select, 'distinct' | 'distinctOn' | 'top' | 'as'>;

const NO_HEAD: Head = { distinct: false, distinctOn: [], top: undefined, as: undefined };

/** The words between SELECT and its items. */
function selectHead(p: Cursor): Head {
  const early = top(p);
  const distinct = isQuantifier(p) && (p.accept('distinct') || p.accept('unique'));
  if (!distinct && isQuantifier(p)) p.accept('all');
  const distinctOn = distinct && p.is('on', '(') ? onList(p) : [];
  const isAs = p.is('as') && (p.word(1) === 'struct' || p.word(1) === 'value');
  const as = isAs ? structOrValue(p) : undefined;
  return { distinct, distinctOn, top: early ?? top(p), as };
}

function isQuantifier(p: Cursor): boolean {
  const next = p.word(1);
  if (p.is('distinct') || p.is('unique')) return next !== ',' && next !== '.';
  return p.is('all') && next !== '(' && next !== ',' && next !== '.';
}

function onList(p: Cursor): readonly Expression[] {
  p.advance();
  const opened = open(p);
  const list = p.list(() => p.rules.expression(p, 0));
  close(p, opened, ')');
  return list;
}

function structOrValue(p: Cursor): 'struct' | 'value' {
  p.advance();
  return p.advance().word === 'struct' ? 'struct' : 'value';
}

/** `top 10`, `top (10) percent`. */
function top(p: Cursor): Expression | undefined {
  if (!p.is('top') || !p.has('top') || (p.kind(1) !== 'number' && p.word(1) !== '(')) return undefined;
  p.advance();
  const { start } = p.current;
  const isNumber = p.kind() === 'number';
  if (isNumber) p.advance();
  else p.advanceBy((p.distanceToCloser() ?? 0) + 1);
  const value: Expression = isNumber
    ? { kind: 'literal', type: 'number', start, end: p.endFrom(start) }
    : { kind: 'keyword', words: '', start, end: p.endFrom(start) };
  p.accept('percent');
  p.acceptAll('with', 'ties');
  return value;
}

function selectItems(p: Cursor): readonly (SelectItem | Missing)[] {
  const isEmpty = p.is('from') || endsQuery(p) || (beginsClause(p) && !startsItem(p));
  if (isEmpty && p.has('empty-select')) return [p.blank('column')];
  return p.list(
    () => selectItem(p),
    () => p.has('trailing-comma') && !startsItem(p),
  );
}

const startsItem = (p: Cursor): boolean => startsOperand(p) || p.is('not') || p.is('exists');

/** One output of a query: a value and the name it gets. */
export function selectItem(p: Cursor): SelectItem | Missing {
  const prefixed = p.has('prefix-aliases') && p.isName() && p.word(1) === ':' ? prefixAlias(p) : undefined;
  const value = p.rules.expression(p, 0);
  if (value.kind === 'missing' && prefixed === undefined && !isGarbage(p) && !p.is('as')) return value;
  if (isTransform(p, value)) return transform(p, value);
  const { alias, aliases } = prefixed === undefined ? itemAlias(p) : { alias: prefixed, aliases: [] };
  const skipped = isGarbage(p) ? garbage(p) : undefined;
  return { kind: 'select-item', value, alias, aliases, skipped, ...p.rangeFrom(prefixed?.start ?? value.start) };
}

/** Spark's `transform (a, b) using 'script' as (c, d)`, with the words that say how rows are written and read. */
function isTransform(p: Cursor, value: Expression): boolean {
  const [name] = value.kind === 'call' ? value.name : [];
  if (p.grammar.name !== 'databricks' || name?.kind !== 'name' || name.text.toLowerCase() !== 'transform') return false;
  return p.is('using') || p.is('row', 'format') || p.is('recordwriter');
}

function transform(p: Cursor, value: Expression): SelectItem {
  p.skipTo(() => p.is('from') || endsQuery(p));
  return {
    kind: 'select-item',
    value,
    alias: undefined,
    aliases: [],
    skipped: undefined,
    start: value.start,
    end: p.endFrom(value.start),
  };
}

/** DuckDB's `name: value`. */
function prefixAlias(p: Cursor): NamePart {
  const name = p.name(p.advance());
  p.advance();
  return name;
}

function itemAlias(p: Cursor): Pick<SelectItem, 'alias' | 'aliases'> {
  if (p.accept('as')) {
    if (p.is('(')) return { alias: undefined, aliases: namesInParentheses(p, 'name') };
    return { alias: nameAfterAs(p), aliases: [] };
  }
  if (isCountless(p)) return { alias: p.name(p.advance()), aliases: [] };
  const isAlias = p.isName() && !(p.kind() === 'name' && p.isOneOf(ITEM_ALIAS_STOPS)) && !startsSelectClause(p);
  return { alias: isAlias ? nameHere(p, 'alias') : undefined, aliases: [] };
}

/** Whether what stands behind an item can neither follow it nor end it. */
function isGarbage(p: Cursor): boolean {
  const word = p.word();
  return (
    word !== ',' &&
    !endsQuery(p) &&
    !beginsClause(p) &&
    !ITEM_ALIAS_STOPS.has(word) &&
    word !== 'asc' &&
    word !== 'desc' &&
    !startsSelectClause(p)
  );
}

function garbage(p: Cursor): ReturnType<Cursor['skipTo']> {
  p.reportUnexpected();
  return p.skipTo(() => !isGarbage(p));
}

function intoTarget(p: Cursor): NonNullable<Select['into']> {
  if (!p.accept('temporary')) p.accept('temp');
  p.accept('unlogged');
  p.accept('table');
  const value = p.is(':') ? p.rules.expression(p, LEVEL.collation) : undefined;
  if (value?.kind === 'parameter') return value;
  return dottedName(p) ?? p.missing('table name');
}
