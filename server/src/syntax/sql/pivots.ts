import { close, open } from './brackets.ts';
import type { Cursor } from './cursor.ts';
import type { Expression, Keyword, NamePart } from './expression-nodes.ts';
import { LEVEL } from './grammar.ts';
import { nameAfterAs, nameHere } from './names.ts';
import type { FromItem, Pivot, PivotAggregate, PivotIn, PivotValue, Unpivot } from './nodes.ts';
import { ITEM_ALIAS_STOPS } from './words.ts';

/** `pivot (sum(x) as s for year in (2023, 2024))`; the word stands here, `input` before it. */
export function pivot(p: Cursor, input: FromItem | undefined): Pivot {
  const start = input?.start ?? p.start;
  p.advance();
  const opened = open(p);
  const aggregates = p.list(
    () => aggregate(p),
    () => p.is('for'),
  );
  const columns: PivotIn[] = [];
  if (!p.is('for')) p.reportMissing(['for']);
  p.repeat(() => {
    const goesOn = p.accept('for') || (columns.length > 0 && startsColumn(p));
    if (goesOn) columns.push(pivotIn(p));
    return goesOn;
  });
  if (p.acceptAll('default', 'on', 'null') && p.is('(')) p.advanceBy((p.distanceToCloser() ?? 0) + 1);
  const groupBy = p.acceptAll('group', 'by') ? p.list(() => p.rules.expression(p, 0)) : [];
  const skipped = close(p, opened, ')');
  return { kind: 'pivot', input, aggregates, columns, groupBy, skipped, start, end: p.endFrom(start) };
}

const startsColumn = (p: Cursor): boolean => p.isName() && !p.is('group') && !p.is('default');

function aggregate(p: Cursor): PivotAggregate {
  const value = p.rules.expression(p, 0);
  const alias = p.is('for') ? undefined : optionalAlias(p);
  return { kind: 'pivot-aggregate', value, alias, start: value.start, end: p.endFrom(value.start) };
}

function optionalAlias(p: Cursor): NamePart | undefined {
  if (p.accept('as')) return nameAfterAs(p);
  const isAlias = p.isName() && !(p.kind() === 'name' && p.isOneOf(ITEM_ALIAS_STOPS)) && !p.is('for');
  return isAlias ? nameHere(p, 'alias') : undefined;
}

/** `column in (values)`, `column in (any)`, `column in (select …)`. */
export function pivotIn(p: Cursor): PivotIn {
  const column = pivotColumn(p);
  const hasIn = p.expect('in');
  const { values, dynamic } = hasIn ? inValues(p) : { values: [], dynamic: undefined };
  return { kind: 'pivot-in', column, values, dynamic, start: column.start, end: p.endFrom(column.start) };
}

/** Spark names several columns without brackets around them. */
function pivotColumn(p: Cursor): Expression {
  const first = p.rules.expression(p, LEVEL.range);
  if (!p.is(',') || p.grammar.name !== 'databricks') return first;
  const elements = [first];
  p.repeat(() => {
    const goesOn = p.accept(',');
    if (goesOn) elements.push(p.rules.expression(p, LEVEL.range));
    return goesOn;
  });
  return { kind: 'row', elements, skipped: undefined, start: first.start, end: p.endFrom(first.start) };
}

function inValues(p: Cursor): Pick<PivotIn, 'values' | 'dynamic'> {
  if (!p.is('(')) return { values: [], dynamic: p.rules.expression(p, LEVEL.range) };
  if (p.opensQuery()) return { values: [], dynamic: p.rules.subquery(p) };
  const opened = open(p);
  const dynamic = p.is('any') && p.word(1) !== ',' ? anyValues(p) : undefined;
  const isEmpty = dynamic !== undefined || p.is(')');
  const values = isEmpty
    ? []
    : p.list(
        () => pivotValue(p),
        () => p.is(')'),
      );
  close(p, opened, ')');
  return { values, dynamic };
}

/** `any order by column`. */
function anyValues(p: Cursor): PivotIn['dynamic'] {
  const { start } = p.advance();
  if (p.is('order')) return p.rules.orderBy(p);
  return { kind: 'keyword', words: 'any', start, end: p.endFrom(start) } satisfies Keyword;
}

function pivotValue(p: Cursor): PivotValue {
  const value = p.rules.expression(p, 0);
  const alias = p.accept('as') ? valueAlias(p) : bareAlias(p);
  return { kind: 'pivot-value', value, alias, start: value.start, end: p.endFrom(value.start) };
}

/** Aliases of values may be names, strings, numbers or rows of names. */
function valueAlias(p: Cursor): Expression {
  return p.rules.expression(p, LEVEL.collation);
}

function bareAlias(p: Cursor): Expression | undefined {
  return p.isName() && !p.is('order') ? valueAlias(p) : undefined;
}

/** `unpivot include nulls (value for name in (a, b as 'c'))`; the word stands here, `input` before it. */
export function unpivot(p: Cursor, input: FromItem | undefined): Unpivot {
  const start = input?.start ?? p.start;
  p.advance();
  const includeNulls = p.is('include');
  if ((p.is('include') || p.is('exclude')) && p.word(1) === 'nulls') p.advanceBy(2);
  if (!p.is('(')) return emptyUnpivot(p, input, start, includeNulls);
  const opened = open(p);
  const value = p.rules.expression(p, LEVEL.range);
  const hasFor = p.expect('for');
  const names = hasFor ? pivotIn(p) : undefined;
  const skipped = close(p, opened, ')');
  return {
    kind: 'unpivot',
    input,
    includeNulls,
    value,
    name: names?.column ?? p.blank('name'),
    columns: names?.values ?? [],
    skipped,
    start,
    end: p.endFrom(start),
  };
}

function emptyUnpivot(p: Cursor, input: FromItem | undefined, start: number, includeNulls: boolean): Unpivot {
  const value = p.missing('(');
  const name = p.blank('name');
  return {
    kind: 'unpivot',
    input,
    includeNulls,
    value,
    name,
    columns: [],
    skipped: undefined,
    start,
    end: p.endFrom(start),
  };
}
