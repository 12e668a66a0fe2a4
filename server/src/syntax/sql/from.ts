import { beginsClause } from './clause-starts.ts';
import type { Cursor } from './cursor.ts';
import type { ErrorNode, Expression, NamePart } from './expression-nodes.ts';
import type { From, FromItem, FromParentheses, Join, JoinType, LateralView, Relation } from './nodes.ts';
import { nameHere, namesInParentheses } from './names.ts';
import { suffixes } from './relation-suffixes.ts';
import { lacksRelation, relation } from './relations.ts';
import { startsSample } from './sampling.ts';
import { startsSelectClause } from './select-clauses.ts';
import { endsQuery, startsTail } from './tail.ts';
import { JOIN_WORDS, SET_OPERATORS, TABLE_ALIAS_STOPS } from './words.ts';

/** FROM with its relations; the word stands here. */
export function fromClause(p: Cursor): From {
  const { start } = p.advance();
  const items: FromItem[] = [];
  p.list(
    () => {
      items.push(p.rules.fromItem(p));
      const skipped = garbage(p);
      if (skipped !== undefined) items.push(skipped);
    },
    () => (p.has('trailing-commas') || p.has('trailing-from-comma')) && lacksRelation(p),
  );
  return { kind: 'from', items, start, end: p.endFrom(start) };
}

/** A join in the making: its condition may come after other joins, `a join b join c on … on …`. */
interface Step {
  readonly head: JoinHead;
  readonly skipped: ErrorNode | undefined;
  readonly right: FromItem;
  readonly condition: JoinCondition | undefined;
}

interface JoinHead {
  readonly type: JoinType;
  readonly natural: boolean;
  readonly asof: boolean;
  readonly apply: boolean;
}

type JoinCondition = Pick<Join, 'match' | 'on' | 'using'> & { readonly end: number };

/** A relation with everything that is joined to it. */
export function fromItem(p: Cursor): FromItem {
  let first: FromItem = relation(p);
  const steps: Step[] = [];
  let nOpen = 0;
  p.repeat(() => {
    const mayOpen = nOpen > 0 && startsCondition(p);
    if (mayOpen) {
      attach(steps, joinCondition(p));
      nOpen -= 1;
      return true;
    }
    if (p.is('lateral', 'view')) {
      first = lateralView(p, joined(first, steps.splice(0)));
      nOpen = 0;
      return true;
    }
    if (steps.length > 0 && startsWholeSuffix(p)) {
      first = wholeSuffix(p, joined(first, steps.splice(0)));
      nOpen = 0;
      return true;
    }
    const skipped = startsJoin(p) ? undefined : garbage(p);
    if (!startsJoin(p)) return false;
    const step = joinStep(p, skipped);
    const turned = p.grammar.name === 'duckdb' && nOpen === 0 ? turnedWhole(first, steps, step) : undefined;
    if (turned !== undefined) {
      first = turned;
      steps.splice(0);
      return true;
    }
    steps.push(step);
    if (step.condition === undefined && needsCondition(step.head)) nOpen += 1;
    return true;
  });
  return joined(first, steps);
}

/** DuckDB's pivot behind a join without a condition is of all that is joined, not of the last relation. */
function turnedWhole(first: FromItem, steps: readonly Step[], step: Step): FromItem | undefined {
  const { right } = step;
  if (needsCondition(step.head) || right.kind !== 'relation') return undefined;
  const { source } = right;
  if ((source.kind !== 'pivot' && source.kind !== 'unpivot') || source.input === undefined) return undefined;
  const { start } = first;
  const input = joined(first, [...steps, { ...step, right: source.input }]);
  return { ...right, source: { ...source, input, start }, start };
}

/** Samples and pivots behind the condition of a join are of all that is joined. */
const startsWholeSuffix = (p: Cursor): boolean =>
  startsSample(p) || ((p.is('pivot') || p.is('unpivot')) && p.word(1) === '(');

function wholeSuffix(p: Cursor, item: FromItem): FromItem {
  const { start, end } = item;
  const source: FromParentheses = { kind: 'from-parentheses', items: [item], skipped: undefined, start, end };
  return suffixes(p, { start, lateral: false, source, prefix: undefined });
}

/** A relation behind `|> join`, with its condition; what it is joined to is `left`. */
export function pipeJoin(p: Cursor, left: FromItem): FromItem {
  return joined(left, [joinStep(p, undefined)]);
}

/** Gives the condition to the nearest join without one; all that was joined after it is its right side. */
function attach(steps: Step[], condition: JoinCondition): void {
  let at = steps.length - 1;
  while (at > 0 && !isOpen(steps[at])) at -= 1;
  const step = steps[at];
  if (step === undefined) return;
  const right = joined(step.right, steps.splice(at + 1));
  steps[at] = { ...step, right, condition };
}

const isOpen = (step: Step | undefined): boolean =>
  step !== undefined && step.condition === undefined && needsCondition(step.head);

const needsCondition = (head: JoinHead): boolean =>
  head.type !== 'cross' && head.type !== 'positional' && !head.natural && !head.apply;

function joined(first: FromItem, steps: readonly Step[]): FromItem {
  return steps.reduce<FromItem>((left, { head, skipped, right, condition }) => {
    const { match, on, using, end } = condition ?? { match: undefined, on: undefined, using: [], end: right.end };
    return {
      kind: 'join',
      ...head,
      left,
      skipped,
      right,
      match,
      on,
      using,
      start: left.start,
      end: Math.max(end, right.end),
    };
  }, first);
}

// The words of a join.

/** How many words lead up to JOIN or APPLY, which they include; 0 when none does. */
function joinWidth(p: Cursor): number {
  let n = 0;
  while (n < 5 && JOIN_WORDS.has(p.word(n))) n += 1;
  return p.word(n) === 'join' || (n > 0 && p.word(n) === 'apply') ? n + 1 : 0;
}

/** Whether a join begins here, half-typed ones included: `from a left` and `from a inner`. */
export function startsJoin(p: Cursor): boolean {
  return joinWidth(p) > 0;
}

function joinStep(p: Cursor, skipped: ErrorNode | undefined): Step {
  const words = new Set<string>();
  for (let n = joinWidth(p); n > 0; n--) words.add(p.advance().word);
  p.accept('each');
  const head = {
    type: joinType(words),
    natural: words.has('natural'),
    asof: words.has('asof'),
    apply: words.has('apply'),
  };
  const right: Relation | FromItem = relation(p);
  const condition = startsCondition(p) ? joinCondition(p) : undefined;
  return { head, skipped, right, condition };
}

const TYPES: readonly JoinType[] = ['semi', 'anti', 'cross', 'positional', 'left', 'right', 'full'];

function joinType(words: ReadonlySet<string>): JoinType {
  if (words.has('apply')) return words.has('outer') ? 'left' : 'cross';
  return TYPES.find(it => words.has(it)) ?? 'inner';
}

const startsCondition = (p: Cursor): boolean =>
  p.is('on') || p.is('match_condition') || (p.is('using') && p.word(1) !== 'sample');

function joinCondition(p: Cursor): JoinCondition {
  let match: Expression | undefined;
  let on: Expression | undefined;
  let using: readonly NamePart[] = [];
  p.repeat(() => {
    if (p.accept('match_condition')) match = p.rules.expression(p, 0);
    else if (on === undefined && p.accept('on')) on = p.rules.expression(p, 0);
    else if (on === undefined && using.length === 0 && p.accept('using')) using = usingColumns(p);
    else return false;
    return on === undefined && using.length === 0;
  });
  return { match, on, using, end: p.before };
}

function usingColumns(p: Cursor): readonly NamePart[] {
  if (!p.is('(')) return [p.missing('(')];
  const columns = namesInParentheses(p, 'column name');
  // PostgreSQL may name the merged columns.
  if (p.is('as') && p.isName(1)) p.advanceBy(2);
  return columns.length === 0 ? [p.missing('column name')] : columns;
}

/** `lateral view outer explode(x) name as a, b`. */
function lateralView(p: Cursor, input: FromItem): LateralView {
  p.advanceBy(2);
  const outer = p.accept('outer');
  const call = p.rules.expression(p, 0);
  const hasName = p.isName() && !p.is('as') && !(p.kind() === 'name' && p.isOneOf(TABLE_ALIAS_STOPS));
  const name = hasName ? nameHere(p, 'name') : undefined;
  const hasColumns = p.accept('as') || (p.isName() && !(p.kind() === 'name' && p.isOneOf(TABLE_ALIAS_STOPS)));
  const columns = hasColumns ? p.list(() => nameHere(p, 'column name')) : [];
  return { kind: 'lateral-view', input, outer, call, name, columns, start: input.start, end: p.endFrom(input.start) };
}

/** Skips what neither continues the relations nor begins something else. */
function garbage(p: Cursor): ErrorNode | undefined {
  if (continuesQuery(p)) return undefined;
  p.reportUnexpected();
  return p.skipTo(() => continuesQuery(p));
}

function continuesQuery(p: Cursor): boolean {
  const isPart = endsQuery(p) || p.is(',') || startsTail(p) || startsSelectClause(p) || startsJoin(p);
  return isPart || p.isOneOf(SET_OPERATORS) || beginsClause(p);
}
