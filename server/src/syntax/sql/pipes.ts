import type { Cursor } from './cursor.ts';
import type { Expression, Missing, NamePart } from './expression-nodes.ts';
import { pipeJoin, startsJoin } from './from.ts';
import { nameAfterAs, nameHere } from './names.ts';
import type { PipePart, PipeStep, QueryBody, SelectItem, With } from './nodes.ts';
import { pivot, unpivot } from './pivots.ts';
import { sample, startsSample } from './sampling.ts';
import { endsQuery, tailClause } from './tail.ts';
import { windowClause } from './windows.ts';

/** Rules of queries that steps share with them. */
interface QueryRules {
  readonly setOperand: (p: Cursor) => QueryBody;
  readonly ctes: (p: Cursor) => With;
  readonly nameMatching: (p: Cursor) => boolean;
  readonly operatorWidth: (p: Cursor) => number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Parts = Mutable<Pick<PipeStep, 'items' | 'groupBy' | 'condition' | 'alias'>> & { parts: PipePart[] };

/** `|> operator …`; the arrow stands here. */
export function pipeStep(p: Cursor, rules: QueryRules): PipeStep {
  const { start } = p.advance();
  const parts: Parts = { items: [], groupBy: [], condition: undefined, alias: undefined, parts: [] };
  const operator = stepBody(p, parts, rules);
  if (!endsQuery(p)) {
    p.reportUnexpected();
    const skipped = p.skipTo(() => endsQuery(p));
    if (skipped !== undefined) parts.parts.push(skipped);
  }
  return { kind: 'pipe-step', operator, ...parts, start, end: p.endFrom(start) };
}

function stepBody(p: Cursor, parts: Parts, rules: QueryRules): string {
  const word = p.word();
  const simple = STEPS.get(word);
  const width = rules.operatorWidth(p);
  if (width > 0) return setStep(p, parts, rules, width);
  if (startsJoin(p)) return joinStep(p, parts);
  if (startsSample(p)) parts.parts.push(sample(p));
  else if (p.is('with')) parts.parts.push(rules.ctes(p));
  else if (simple !== undefined) simple(p, parts);
  else return otherStep(p, parts);
  return word;
}

/** ORDER BY, LIMIT and the like, spelt as in a query. */
function otherStep(p: Cursor, parts: Parts): string {
  const word = p.word();
  const clause = tailClause(p);
  if (clause === undefined) {
    parts.parts.push(p.missing('pipe operator'));
    return '';
  }
  parts.parts.push(clause);
  p.repeat(() => {
    const next = tailClause(p);
    if (next !== undefined) parts.parts.push(next);
    return next !== undefined;
  });
  return word;
}

const STEPS: ReadonlyMap<string, (p: Cursor, parts: Parts) => void> = new Map([
  ['where', conditionStep],
  ['select', itemsStep],
  ['extend', itemsStep],
  ['set', itemsStep],
  ['rename', itemsStep],
  ['drop', dropStep],
  ['aggregate', aggregateStep],
  ['as', aliasStep],
  ['distinct', p => void p.advance()],
  ['call', callStep],
  ['pivot', pivotStep],
  ['unpivot', pivotStep],
]);

function conditionStep(p: Cursor, parts: Parts): void {
  p.advance();
  parts.condition = p.rules.expression(p, 0);
}

function itemsStep(p: Cursor, parts: Parts): void {
  p.advance();
  p.accept('distinct');
  parts.items = items(p);
  if (p.is('window')) parts.parts.push(windowClause(p));
}

function items(p: Cursor): readonly (SelectItem | Missing)[] {
  return p.list(
    () => p.rules.selectItem(p),
    () => endsQuery(p) || p.is('group'),
  );
}

function dropStep(p: Cursor, parts: Parts): void {
  p.advance();
  const names: readonly Expression[] = p.list(
    () => p.rules.expression(p, 0),
    () => endsQuery(p),
  );
  parts.parts.push(...names);
}

/** `aggregate sum(x) as s group by a, b`; each may be followed by the order it sorts the result by. */
function aggregateStep(p: Cursor, parts: Parts): void {
  p.advance();
  if (!p.is('group') && !endsQuery(p)) parts.items = sortedItems(p);
  if (!p.accept('group')) return;
  if (p.accept('and')) p.accept('order');
  p.expect('by');
  parts.groupBy = sortedItems(p);
}

function sortedItems(p: Cursor): readonly (SelectItem | Missing)[] {
  return p.list(
    () => {
      const item = p.rules.selectItem(p);
      if (!p.accept('asc')) p.accept('desc');
      if (p.accept('nulls') && !p.accept('first')) p.accept('last');
      return item;
    },
    () => endsQuery(p) || p.is('group'),
  );
}

function aliasStep(p: Cursor, parts: Parts): void {
  p.advance();
  parts.alias = nameHere(p, 'alias');
}

function callStep(p: Cursor, parts: Parts): void {
  p.advance();
  parts.parts.push(p.rules.expression(p, 0));
  parts.alias = stepAlias(p);
}

function pivotStep(p: Cursor, parts: Parts): void {
  parts.parts.push(p.is('pivot') ? pivot(p, undefined) : unpivot(p, undefined));
  parts.alias = stepAlias(p);
}

function stepAlias(p: Cursor): NamePart | undefined {
  if (p.accept('as')) return nameAfterAs(p);
  return p.isName() ? nameHere(p, 'alias') : undefined;
}

function joinStep(p: Cursor, parts: Parts): string {
  const { start } = p.current;
  const join = pipeJoin(p, p.blank('input'));
  parts.parts.push(join);
  return (
    p
      .textOf({ start, end: p.before })
      .toLowerCase()
      .split(/\bjoin\b/)[0]
      ?.concat('join')
      .replace(/\s+/g, ' ') ?? ''
  );
}

function setStep(p: Cursor, parts: Parts, rules: QueryRules, width: number): string {
  const words: string[] = [];
  for (let n = 0; n < width; n++) words.push(p.advance().word);
  if (!p.accept('all')) p.accept('distinct');
  rules.nameMatching(p);
  parts.parts.push(...p.list(() => rules.setOperand(p)));
  return words.join(' ');
}
