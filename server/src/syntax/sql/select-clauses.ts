import { close, open } from './brackets.ts';
import type { Cursor } from './cursor.ts';
import type { ErrorNode } from './expression-nodes.ts';
import type { Condition, ConnectBy, GroupBy, GroupingSets, GroupItem, SelectClause } from './nodes.ts';
import { startsOperand } from './operands.ts';
import { sample } from './sampling.ts';
import { starNames } from './stars.ts';
import { endsQuery, startsTail } from './tail.ts';
import { windowClause } from './windows.ts';
import { SET_OPERATORS } from './words.ts';

/** The clauses of a SELECT behind its FROM, in whatever order the text has them. */
export function selectClauses(p: Cursor): readonly SelectClause[] {
  const clauses: SelectClause[] = [];
  let last = -1;
  p.repeat(() => {
    const rank = RANKS.get(p.word()) ?? -1;
    const { current } = p;
    const clause = selectClause(p);
    if (clause === undefined) return !endsSelect(p) && skipGarbage(p, clauses);
    if (clause.kind !== 'error' && rank >= 0) {
      if (rank <= last) p.report(misplaced(current.word, rank === last), current);
      last = Math.max(last, rank);
    }
    clauses.push(clause);
    return true;
  });
  return clauses;
}

/** The order in which the clauses have to come; where dialects differ, clauses share no rank and may stand anywhere. */
const RANKS: ReadonlyMap<string, number> = new Map([
  ['where', 1],
  ['group', 2],
  ['having', 3],
]);

const misplaced = (word: string, isRepeated: boolean): string =>
  isRepeated ? `a second ${word.toUpperCase()}` : `${word.toUpperCase()} stands too late`;

/** Whether a clause of a SELECT begins here; words that are also names are told by what follows. */
export function startsSelectClause(p: Cursor): boolean {
  switch (p.word()) {
    case 'where':
    case 'having':
    case 'group':
      return true;
    case 'qualify':
      return startsOperand(p, 1) && p.word(1) !== '.' && !(p.word(1) === '*');
    case 'window':
      return p.isName(1) && p.word(2) === 'as';
    case 'start':
      return p.word(1) === 'with';
    case 'connect':
      return p.word(1) === 'by';
    case 'using':
      return p.word(1) === 'sample';
    case 'exclude':
      return startsExclude(p);
    default:
      return false;
  }
}

/** Redshift takes columns out of the whole list, behind it or behind the relations. */
export const startsExclude = (p: Cursor): boolean =>
  p.is('exclude') && p.grammar.name === 'redshift' && (p.word(1) === '(' || (p.isName(1) && p.word(1) !== 'from'));

function selectClause(p: Cursor): SelectClause | undefined {
  if (p.is('qualify') && !startsSelectClause(p)) return lonelyQualify(p);
  if (!startsSelectClause(p)) return undefined;
  switch (p.word()) {
    case 'where':
    case 'having':
    case 'qualify':
      return condition(p);
    case 'group':
      return groupBy(p);
    case 'window':
      return windowClause(p);
    case 'start':
      return startWith(p);
    case 'connect':
      return connectBy(p);
    case 'exclude':
      return starNames(p);
    default:
      return sample(p);
  }
}

/** QUALIFY before its condition is typed. */
function lonelyQualify(p: Cursor): SelectClause | undefined {
  return p.has('qualify') ? condition(p) : undefined;
}

function condition(p: Cursor): Condition {
  const { start, end, word } = p.advance();
  const kind = word === 'having' || word === 'qualify' ? word : 'where';
  if (kind === 'qualify' && !p.has('qualify')) {
    p.report(`QUALIFY is not part of ${p.grammar.name}`, { start, end });
  }
  return { kind, condition: p.rules.expression(p, 0), start, end: p.endFrom(start) };
}

function startWith(p: Cursor): Condition {
  const { start } = p.current;
  p.advanceBy(2);
  return { kind: 'start-with', condition: p.rules.expression(p, 0), start, end: p.endFrom(start) };
}

function connectBy(p: Cursor): ConnectBy {
  const { start } = p.current;
  p.advanceBy(2);
  p.accept('nocycle');
  return { kind: 'connect-by', condition: p.rules.expression(p, 0), start, end: p.endFrom(start) };
}

/** `group by a, rollup (b, c)`, GROUP BY ALL, `group by a, b with rollup`. */
function groupBy(p: Cursor): GroupBy {
  const { start } = p.advance();
  p.expect('by');
  const isQuantified = (p.is('all') || p.is('distinct')) && p.word(1) !== '.' && p.word(1) !== ',';
  const all = isQuantified && p.advance().word === 'all' && !startsItem(p);
  const items = all
    ? []
    : p.list(
        () => groupItem(p),
        () => p.has('trailing-commas') && !startsItem(p),
      );
  const modifier = groupModifier(p);
  if (p.is('grouping', 'sets')) items.push(groupingSets(p, 'sets', 2));
  return { kind: 'group-by', all, items, modifier, start, end: p.endFrom(start) };
}

const startsItem = (p: Cursor): boolean => startsOperand(p) && !startsSelectClause(p) && !endsSelect(p);

function groupModifier(p: Cursor): GroupBy['modifier'] {
  if (p.acceptAll('with', 'rollup')) return 'rollup';
  if (p.acceptAll('with', 'cube')) return 'cube';
  return p.acceptAll('with', 'totals') ? 'totals' : undefined;
}

function groupItem(p: Cursor): GroupItem {
  if (p.is('grouping', 'sets')) return groupingSets(p, 'sets', 2);
  if (p.is('rollup', '(')) return groupingSets(p, 'rollup', 1);
  if (p.is('cube', '(')) return groupingSets(p, 'cube', 1);
  return p.rules.expression(p, 0);
}

function groupingSets(p: Cursor, type: GroupingSets['type'], words: number): GroupingSets {
  const { start } = p.current;
  p.advanceBy(words);
  if (!p.is('(')) {
    p.reportMissing(['(']);
    return { kind: 'grouping-sets', type, items: [], skipped: undefined, start, end: p.endFrom(start) };
  }
  const opened = open(p);
  const items = p.is(')') ? [] : nestedItems(p);
  const skipped = close(p, opened, ')');
  return { kind: 'grouping-sets', type, items, skipped, start, end: p.endFrom(start) };
}

/** Grouping sets may hold grouping sets. */
function nestedItems(p: Cursor): readonly GroupItem[] {
  const isDeepEnough = p.enter();
  const items = isDeepEnough
    ? p.list(
        () => groupItem(p),
        () => p.is(')'),
      )
    : [];
  p.leave();
  return items;
}

/** Whether the SELECT ends here: with its query, or before what follows a SELECT inside one. */
function endsSelect(p: Cursor): boolean {
  if (endsQuery(p) || startsTail(p) || p.isOneOf(SET_OPERATORS)) return true;
  const isWordedSet = p.is('left') || p.is('full') || p.is('inner');
  return isWordedSet && (SET_OPERATORS.has(p.word(1)) || SET_OPERATORS.has(p.word(2)));
}

function skipGarbage(p: Cursor, clauses: SelectClause[]): boolean {
  p.reportUnexpected();
  let isFirst = true;
  const skipped: ErrorNode | undefined = p.skipTo(() => {
    const stops = !isFirst && (endsSelect(p) || startsSelectClause(p));
    isFirst = false;
    return stops;
  });
  if (skipped !== undefined) clauses.push(skipped);
  return skipped !== undefined;
}
