import type { Expression } from '../syntax/sql/expression-nodes.ts';
import type { Select, SqlNode, TailClause } from '../syntax/sql/nodes.ts';
import { children } from '../syntax/sql/visit.ts';
import { callName, isAggregateCall } from './call-names.ts';
import { aggregateIn } from './check-calls.ts';
import { report, type Place } from './context.ts';
import { functionInfo } from './functions.ts';
import { aggregateInWhere, missingGroupBy } from './mistakes.ts';
import type { BoundColumn } from './rows.ts';
import type { BoundItem } from './select.ts';

/** Whether a value puts many rows into one, itself and not in a subquery. */
export function containsAggregate(place: Place, root: SqlNode): boolean {
  const rest: SqlNode[] = [root];
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    if (HOLDS_NONE.has(node.kind)) continue;
    if (node.kind === 'call' && isAggregateCall(node, functionInfo(callName(node), place.context.dialect))) return true;
    rest.push(...children(node));
  }
  return false;
}

/** What no aggregate of this query lies within. */
const HOLDS_NONE: ReadonlySet<string> = new Set(['query', 'subquery', 'column', 'literal', 'type']);

/**
 * Reports columns of a grouped query that are neither grouped by nor aggregated; answers with what it is grouped by, for
 * what is looked at later. `undefined` when it is not grouped, or nobody can say by what.
 */
export function checkGroups(
  place: Place,
  select: Select,
  items: readonly BoundItem[],
  groups: readonly Expression[],
): Grouped | undefined {
  const clause = select.clauses.find(it => it.kind === 'group-by');
  if (clause?.kind === 'group-by' && (clause.all || clause.items.length === 0)) return undefined;
  if (items.some(it => (clause !== undefined && it.item.value.kind === 'star') || !isSingle(it))) return undefined;
  const isGrouped = clause !== undefined || items.some(it => containsAggregate(place, it.item.value));
  if (!isGrouped || select.as !== undefined || select.from === undefined) return undefined;
  const grouped = groupedBy(place, items, groups);
  if (grouped === undefined) return undefined;
  for (const it of items) checkItem(place, it, grouped);
  for (const it of select.clauses) if (it.kind === 'having') checkValue(place, it.condition, grouped);
  return grouped;
}

const isSingle = ({ item, columns }: BoundItem): boolean => item.value.kind === 'star' || columns.length === 1;

function checkItem(place: Place, { item, columns }: BoundItem, grouped: Grouped): void {
  const [first] = columns;
  if (item.value.kind !== 'star') {
    if (!grouped.items.has(item.value)) checkValue(place, item.value, grouped);
  } else if (first !== undefined) report(place.context, missingGroupBy(item.value, first.name));
}

/** Reports columns that a grouped query is sorted by, and that have one value for each row and not for each group. */
export function checkSorting(place: Place, tail: readonly TailClause[], grouped: Grouped): void {
  for (const clause of tail) {
    if (clause.kind !== 'order-by') continue;
    for (const { value } of clause.items) checkValue(place, value, grouped);
  }
}

/** What rows are grouped by: columns, expressions by their text, items as a whole. */
export interface Grouped {
  readonly columns: ReadonlySet<BoundColumn>;
  readonly keys: ReadonlySet<string>;
  readonly texts: ReadonlySet<string>;
  readonly items: ReadonlySet<SqlNode>;
  /** Tables one of whose columns is grouped by: with their key, all their columns are. */
  readonly relations: ReadonlySet<unknown>;
}

/** `undefined` when it cannot be said. */
function groupedBy(place: Place, items: readonly BoundItem[], groups: readonly Expression[]): Grouped | undefined {
  const { references, text } = place.context;
  const columns = new Set<BoundColumn>();
  const keys = new Set<string>();
  const texts = new Set<string>();
  const whole = new Set<SqlNode>();
  const relations = new Set<unknown>();
  const positions = new Set<SqlNode>(groups);
  const rest: SqlNode[] = groups.flatMap((it): readonly SqlNode[] => (it.kind === 'row' ? it.elements : [it]));
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    if (node.kind === 'parentheses') {
      rest.push(node.value);
      continue;
    }
    texts.add(textKey(text, node));
    // A number in the select list is a number, whatever stands in GROUP BY for it.
    if (node.kind === 'literal' && node.type === 'number' && positions.has(node)) {
      const item = items[Number(text.slice(node.start, node.end)) - 1];
      if (item === undefined) return undefined;
      checkGroupedItem(place, node, item.item.value);
      if (whole.has(item.item.value)) continue;
      whole.add(item.item.value);
      rest.push(item.item.value);
      continue;
    }
    if (node.kind !== 'column') continue;
    const reference = references.get(node);
    if (reference?.kind !== 'column') continue;
    columns.add(reference.column);
    keys.add(reference.column.key);
    if (reference.relation !== undefined) relations.add(reference.relation.rows);
    const aliased = items.find(it => it.columns.includes(reference.column));
    if (aliased !== undefined && !whole.has(aliased.item.value)) {
      checkGroupedItem(place, node, aliased.item.value);
      whole.add(aliased.item.value);
      rest.push(aliased.item.value);
    }
  }
  return { columns, keys, texts, items: whole, relations };
}

/** Rows cannot be grouped by what is only known of a group. */
function checkGroupedItem(place: Place, group: SqlNode, value: SqlNode): void {
  const aggregate = aggregateIn(place, value);
  if (aggregate !== undefined) report(place.context, aggregateInWhere(group, callName(aggregate), 'GROUP BY'));
}

/** The text of an expression without what does not matter. */
const textKey = (text: string, { start, end }: SqlNode): string =>
  text.slice(start, end).replaceAll(/\s+/g, '').toLowerCase();

const isGroupedText = (text: string, node: SqlNode, { texts }: Grouped): boolean => texts.has(textKey(text, node));

function checkValue(place: Place, root: SqlNode, grouped: Grouped): void {
  const { context } = place;
  const rest: SqlNode[] = [root];
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    if (node.kind === 'literal' || SKIPPED.has(node.kind)) continue;
    if (node.kind === 'call') {
      const info = functionInfo(callName(node), context.dialect);
      // A function that nobody knows may be an aggregate of the user's.
      if (info === undefined || node.name.length > 1 || isAggregateCall(node, info)) continue;
    }
    if (node.kind === 'column') checkColumn(place, node, grouped);
    else if (!isGroupedText(context.text, node, grouped)) rest.push(...children(node));
  }
}

const SKIPPED: ReadonlySet<string> = new Set([
  'query',
  'subquery',
  'exists',
  'array-query',
  'lambda',
  'comprehension',
  'named-argument',
  'type',
]);

function checkColumn({ context }: Place, node: SqlNode & { readonly kind: 'column' }, grouped: Grouped): void {
  const reference = context.references.get(node);
  if (reference?.kind !== 'column' || reference.isOuter || reference.relation === undefined || reference.assumed) {
    return;
  }
  const { column, relation } = reference;
  if (grouped.columns.has(column) || grouped.keys.has(column.key)) return;
  // PostgreSQL lets the columns of a table stand alone when its primary key is grouped by, and keys are not known here.
  const mayDepend = context.dialect === 'postgres' || context.dialect === 'redshift';
  if (mayDepend && relation.kind === 'table' && grouped.relations.has(relation.rows)) return;
  if (!isGroupedText(context.text, node, grouped)) report(context, missingGroupBy(node, column.name));
}
