import type { Cursor } from './cursor.ts';
import type { Expression } from './expression-nodes.ts';
import type { Limit, Locking, OrderBy, OrderItem, TailClause } from './nodes.ts';
import { sample } from './sampling.ts';
import { windowClause } from './windows.ts';
import { SET_OPERATORS } from './words.ts';

/** The clauses behind the body of a query. What is none of them is skipped up to the next one. */
export function queryTail(p: Cursor): readonly TailClause[] {
  const clauses: TailClause[] = [];
  p.repeat(() => {
    const clause = tailClause(p);
    if (clause !== undefined) clauses.push(clause);
    else if (!endsQuery(p)) skipGarbage(p, clauses);
    else return false;
    return true;
  });
  return clauses;
}

/** Whether the query ends here, as far as it is the business of the text behind it. */
export function endsQuery(p: Cursor): boolean {
  const word = p.word();
  return p.isEnd() || word === ')' || word === ']' || word === '}' || word === ';' || word === '|>';
}

function skipGarbage(p: Cursor, clauses: TailClause[]): void {
  p.reportUnexpected();
  // The word that brought us here is part of the garbage, whatever it is.
  let isFirst = true;
  const skipped = p.skipTo(() => {
    const stops = !isFirst && (endsQuery(p) || startsTail(p) || p.isOneOf(SET_OPERATORS));
    isFirst = false;
    return stops;
  });
  if (skipped !== undefined) clauses.push(skipped);
}

const TAIL_STARTS: ReadonlySet<string> = new Set([
  'order',
  'limit',
  'offset',
  'fetch',
  'sort',
  'cluster',
  'distribute',
]);

/** Whether a clause that ends a query begins here. */
export function startsTail(p: Cursor): boolean {
  if (p.is('for')) return isLocking(p);
  return p.isOneOf(TAIL_STARTS);
}

/** One clause behind the body of a query, or `undefined` when none begins here. */
export function tailClause(p: Cursor): TailClause | undefined {
  switch (p.word()) {
    case 'order':
    case 'sort':
    case 'cluster':
    case 'distribute':
      return orderBy(p);
    case 'limit':
      return limit(p);
    case 'offset':
      return offset(p);
    case 'fetch':
      return fetch(p);
    case 'for':
      return isLocking(p) ? locking(p) : undefined;
    case 'using':
      return p.word(1) === 'sample' ? sample(p) : undefined;
    case 'window':
      return p.isName(1) && p.word(2) === 'as' ? windowClause(p) : undefined;
    default:
      return undefined;
  }
}

/** `order by a desc nulls last, b`, ORDER BY ALL, and Spark's SORT BY, CLUSTER BY, DISTRIBUTE BY. */
export function orderBy(p: Cursor): OrderBy {
  const { start, word } = p.advance();
  p.accept('siblings');
  p.expect('by');
  const kind = word === 'sort' || word === 'cluster' || word === 'distribute' ? (`${word}-by` as const) : 'order-by';
  if (p.is('all') && p.word(1) !== '(' && p.word(1) !== '.' && p.word(1) !== ',') {
    p.advance();
    direction(p);
    nullsOrder(p);
    return { kind, all: true, items: [], start, end: p.endFrom(start) };
  }
  const items = p.list(() => orderItem(p));
  return { kind, all: false, items, start, end: p.endFrom(start) };
}

function orderItem(p: Cursor): OrderItem {
  const value = p.rules.expression(p, 0);
  if (p.is('using') && p.kind(1) === 'operator') p.advanceBy(2);
  if (p.is('using', 'operator')) p.advanceBy(2 + (p.distanceToCloser(2) ?? 2) - 1);
  const way = direction(p);
  const nulls = nullsOrder(p);
  return { kind: 'order-item', value, direction: way, nulls, start: value.start, end: p.endFrom(value.start) };
}

function direction(p: Cursor): OrderItem['direction'] {
  if (p.accept('asc')) return 'asc';
  return p.accept('desc') ? 'desc' : undefined;
}

function nullsOrder(p: Cursor): OrderItem['nulls'] {
  if (!p.accept('nulls')) return undefined;
  if (p.accept('first')) return 'first';
  if (p.accept('last')) return 'last';
  p.reportMissing(['first', 'last']);
  return undefined;
}

/** `limit 10`, `limit all`, `limit 5, 10`, `limit 10 percent`. */
function limit(p: Cursor): Limit {
  const { start } = p.advance();
  if (p.accept('all')) return { kind: 'limit', count: undefined, offset: undefined, start, end: p.endFrom(start) };
  const first = count(p);
  const second = p.is(',') && p.kind(1) === 'number' ? secondCount(p) : undefined;
  const [number, skipped] = second === undefined ? [first, undefined] : [second, first];
  return { kind: 'limit', count: number, offset: skipped, start, end: p.endFrom(start) };
}

function count(p: Cursor): Expression {
  // Here the sign is no division's.
  const { start, end } = p.current;
  if (p.kind() === 'number' && p.word(1) === '%' && p.kind(2) !== 'number') {
    p.advanceBy(2);
    return { kind: 'literal', type: 'number', start, end };
  }
  const value = p.rules.expression(p, 0);
  if (value.kind !== 'missing' && !p.accept('%')) p.accept('percent');
  return value;
}

function secondCount(p: Cursor): Expression {
  p.advance();
  return p.rules.expression(p, 0);
}

function offset(p: Cursor): Limit {
  const { start } = p.advance();
  const number = p.rules.expression(p, 0);
  rowWord(p);
  return { kind: 'offset', count: number, offset: undefined, start, end: p.endFrom(start) };
}

/** `fetch first 5 rows only`, `fetch next row with ties`. */
function fetch(p: Cursor): Limit {
  const { start } = p.advance();
  if (!p.accept('first')) p.accept('next');
  const isOne = p.is('row') || p.is('rows') || p.is('only') || endsQuery(p);
  const number = isOne ? undefined : p.rules.expression(p, 0);
  p.accept('percent');
  rowWord(p);
  if (!p.accept('only')) p.acceptAll('with', 'ties');
  return { kind: 'fetch', count: number, offset: undefined, start, end: p.endFrom(start) };
}

function rowWord(p: Cursor): void {
  if (!p.accept('rows')) p.accept('row');
}

const isLocking = (p: Cursor): boolean => ['update', 'share', 'no', 'key', 'read'].includes(p.word(1));

/** `for update of t skip locked`: kept, not read. */
function locking(p: Cursor): Locking {
  const { start } = p.advance();
  p.repeat(() => {
    const goesOn = p.isName() && !p.is('limit') && !p.is('order') && !p.is('for') && !p.is('offset');
    if (goesOn) p.advance();
    else return p.accept(',') || p.accept('.');
    return true;
  });
  return { kind: 'locking', start, end: p.endFrom(start) };
}
