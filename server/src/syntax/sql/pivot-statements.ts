import type { Cursor } from './cursor.ts';
import type { Expression, NamePart } from './expression-nodes.ts';
import { nameAfterAs, nameHere } from './names.ts';
import type { PivotColumn, PivotStatement } from './nodes.ts';
import { ITEM_ALIAS_STOPS } from './words.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Parts = Mutable<Pick<PivotStatement, 'on' | 'using' | 'groupBy' | 'intoName' | 'intoValues'>>;

/** DuckDB's `pivot t on a using sum(b) group by c` and `unpivot t on a, b into name n value v`. */
export function pivotStatement(p: Cursor): PivotStatement {
  const { start, word } = p.advance();
  const source = p.rules.fromItem(p);
  const parts: Parts = { on: [], using: [], groupBy: [], intoName: undefined, intoValues: [] };
  p.repeat(() => clause(p, parts));
  const direction = word === 'unpivot' ? 'unpivot' : 'pivot';
  return { kind: 'pivot-statement', direction, source, ...parts, start, end: p.endFrom(start) };
}

function clause(p: Cursor, parts: Parts): boolean {
  if (p.accept('on')) parts.on = list(p, pivotColumn);
  else if (p.accept('using')) parts.using = list(p, p.rules.selectItem);
  else if (p.acceptAll('group', 'by')) parts.groupBy = list(p, it => p.rules.expression(it, 0));
  else if (p.accept('into')) into(p, parts);
  else return p.acceptAll('include', 'nulls') || p.acceptAll('exclude', 'nulls');
  return true;
}

/** A list that may end with a comma. */
function list<T>(p: Cursor, item: (p: Cursor) => T): readonly T[] {
  return p.list(
    () => item(p),
    () => isOver(p),
  );
}

/** Whether a list ends behind its last comma. */
const isOver = (p: Cursor): boolean =>
  p.isEnd() || p.is(')') || p.is(';') || p.is('into') || p.is('using') || p.is('group', 'by') || p.is('order', 'by');

function pivotColumn(p: Cursor): PivotColumn {
  const value: Expression = p.rules.expression(p, 0);
  const alias = p.accept('as') ? nameAfterAs(p) : plainAlias(p);
  return { kind: 'pivot-column', value, alias, start: value.start, end: p.endFrom(value.start) };
}

function plainAlias(p: Cursor): NamePart | undefined {
  const isAlias = p.isName() && !(p.kind() === 'name' && p.isOneOf(ITEM_ALIAS_STOPS)) && !p.is('include');
  return isAlias ? nameHere(p, 'alias') : undefined;
}

function into(p: Cursor, parts: Parts): void {
  p.expect('name');
  parts.intoName = nameHere(p, 'name');
  p.expect('value');
  parts.intoValues = list(p, it => nameHere(it, 'name'));
}
