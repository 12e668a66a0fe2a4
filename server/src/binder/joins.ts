import type { FromItem, Join } from '../syntax/sql/nodes.ts';
import { descendants } from '../syntax/sql/visit.ts';
import { report, keyOf, type Place } from './context.ts';
import { candidates, duplicateJoin, unknownColumn } from './mistakes.ts';
import type { BoundColumn } from './rows.ts';
import { isOpenScope, type Scope, type ScopeRelation } from './scope.ts';
import { unify } from './type-rules.ts';
import { bindValue } from './evaluate.ts';

/** The place behind a join: both sides, with the columns that the join made one of. */
export function addJoin(left: Place, join: Join, addItem: (place: Place, item: FromItem) => Place): Place {
  const nBefore = left.scope.relations.length;
  const both = withNulls(addItem(left, join.right), join, nBefore);
  const merged = mergedColumns(left, both, join, nBefore);
  const joined: Place = { ...both, clause: 'from', scope: { ...both.scope, merged } };
  const inside = withoutSiblings(joined);
  for (const condition of [join.match, join.on]) {
    if (condition === undefined) continue;
    const { sources } = bindValue(inside, condition);
    addInfluences(joined, sources);
    joined.context.places.push({ start: condition.start, end: condition.end, place: inside });
  }
  if (!endsInside(joined, join.right)) {
    joined.context.places.push({ start: join.right.end, end: join.end, place: inside });
  }
  for (const column of merged.values()) addInfluences(joined, column.sources);
  checkRepeated(joined, join, nBefore);
  const isHalf = join.type === 'semi' || join.type === 'anti';
  if (!isHalf) return joined;
  const relations = both.scope.relations.map((it, at) => (at < nBefore ? it : { ...it, hidden: true }));
  return { ...joined, scope: { ...joined.scope, relations, merged: left.scope.merged } };
}

/** The condition of a join does not see what stands before a comma; DuckDB and Snowflake are given the benefit of the doubt. */
function withoutSiblings(joined: Place): Place {
  const { context, scope } = joined;
  if (scope.outer?.isBeside !== true || context.dialect === 'duckdb' || context.dialect === 'snowflake') return joined;
  let outer: Scope | undefined = scope.outer;
  while (outer?.isBeside === true) outer = outer.outer;
  return { ...joined, scope: { ...scope, outer } };
}

/** Whether a text ends inside the brackets of a query that is joined, so that what comes next is in there too. */
function endsInside({ context }: Place, right: FromItem): boolean {
  if (context.text.slice(right.end).trim() !== '') return false;
  for (const it of descendants(right)) {
    if (it.kind === 'subquery' && it.end === right.end && it.query.end === it.end) return true;
  }
  return false;
}

function addInfluences({ context, scope }: Place, sources: BoundColumn['sources']): void {
  for (const it of context.sources.influences('join', sources)) scope.influences.add(it);
}

/** The side that an outer join fills up may be NULL everywhere. */
function withNulls(both: Place, { type }: Join, nBefore: number): Place {
  if (type !== 'left' && type !== 'right' && type !== 'full' && type !== 'positional') return both;
  const isFilled = (at: number): boolean =>
    type === 'full' || type === 'positional' || (type === 'left' ? at >= nBefore : at < nBefore);
  const relations = both.scope.relations.map((it, at) => (isFilled(at) ? nullable(it) : it));
  return { ...both, scope: { ...both.scope, relations } };
}

function nullable(relation: ScopeRelation): ScopeRelation {
  if (relation.rows.columns.every(it => it.nullable !== false)) return relation;
  const columns = relation.rows.columns.map(it => ({ ...it, nullable: undefined }));
  return { ...relation, rows: { ...relation.rows, columns } };
}

function mergedColumns(left: Place, both: Place, join: Join, nBefore: number): Scope['merged'] {
  const names = join.natural
    ? naturalKeys(left, both, nBefore)
    : join.using.map(it => ({ key: keyOf(left, it), name: it }));
  if (names.length === 0) return both.scope.merged;
  const merged = new Map(both.scope.merged);
  for (const { key, name } of names) {
    if (key === '') continue;
    const one = left.scope.merged.get(key) ?? columnOf(left.scope.relations, key);
    const two = columnOf(both.scope.relations.slice(nBefore), key);
    if (name?.kind === 'name') checkUsing(left, both, nBefore, name, one, two);
    const column = mergedColumn(both, join, one, two);
    if (column !== undefined) merged.set(key, column);
    else if (name?.kind === 'name') merged.set(key, unknownMerged(name, key));
  }
  return merged;
}

type UsingName = Extract<Join['using'][number], { readonly kind: 'name' }>;

const unknownMerged = (name: UsingName, key: string): BoundColumn => ({
  name: name.text,
  key,
  definition: { start: name.start, end: name.end },
  expression: undefined,
  type: undefined,
  nullable: undefined,
  sources: [],
});

function checkUsing(
  left: Place,
  both: Place,
  nBefore: number,
  name: UsingName,
  one: BoundColumn | undefined,
  two: BoundColumn | undefined,
): void {
  const right: Scope = { ...both.scope, relations: both.scope.relations.slice(nBefore) };
  for (const [scope, column] of [
    [left.scope, one],
    [right, two],
  ] as const) {
    if (column !== undefined || isOpenScope(scope) || scope.relations.length === 0) continue;
    const names = scope.relations.flatMap(it => it.rows.columns.map(found => found.name));
    const side = scope === right ? (scope.relations[0]?.name ?? '') : undefined;
    report(left.context, unknownColumn(name, name.text, side, candidates(name.text, names)));
  }
}

/** One value out of two that are equal: that of the side that always has one, and either in a full join. */
function mergedColumn(
  { context }: Place,
  { type }: Join,
  left: BoundColumn | undefined,
  right: BoundColumn | undefined,
): BoundColumn | undefined {
  const base = type === 'right' ? (right ?? left) : (left ?? right);
  if (base === undefined) return undefined;
  const both = type === 'full' || type === 'positional';
  const sources = context.sources.union([left?.sources ?? [], right?.sources ?? []]);
  return {
    ...base,
    name: left?.name ?? base.name,
    type: both ? unify(left?.type, right?.type, context.dialect) : base.type,
    nullable: both ? undefined : base.nullable,
    sources: both ? context.sources.through('transformed', sources) : sources,
  };
}

function columnOf(relations: readonly ScopeRelation[], key: string): BoundColumn | undefined {
  for (const relation of relations) {
    const column = relation.hidden ? undefined : relation.rows.columns.find(it => it.key === key);
    if (column !== undefined) return column;
  }
  return undefined;
}

function naturalKeys(
  left: Place,
  both: Place,
  nBefore: number,
): readonly { readonly key: string; readonly name: undefined }[] {
  const before = new Set(left.scope.relations.flatMap(it => it.rows.columns.map(column => column.key)));
  const added = both.scope.relations.slice(nBefore).flatMap(it => it.rows.columns.map(column => column.key));
  return added.filter(it => before.has(it)).map(key => ({ key, name: undefined }));
}

/** The same table joined twice on the same condition gives each row as often as it matches. */
function checkRepeated({ context, scope }: Place, join: Join, nBefore: number): void {
  const added = scope.relations[nBefore];
  if (
    join.on === undefined ||
    join.right.kind !== 'relation' ||
    join.right.source.kind !== 'table-name' ||
    added === undefined
  ) {
    return;
  }
  const name = join.right.alias?.name;
  if (name === undefined) return;
  const table = context.text.slice(join.right.source.start, join.right.source.end).toLowerCase();
  const condition = context.text.slice(join.on.start, join.on.end);
  const own: SeenJoin = { right: join.right, condition, alias: added.name };
  const key = `${table}\n${join.type}`;
  const seen = joinsSeen(scope);
  const others = seen.get(key);
  if (others === undefined) seen.set(key, [own]);
  else {
    const known = others.find(it => conditionKey(it) === conditionKey(own));
    if (known === undefined) others.push(own);
    else if (!/random|rand\(|uuid/i.test(condition)) report(context, duplicateJoin(join.right, table, known.right));
  }
}

interface SeenJoin {
  readonly right: FromItem;
  readonly condition: string;
  readonly alias: string;
}

const conditionKey = ({ condition, alias }: SeenJoin): string =>
  condition
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(new RegExp(`\\b${alias.toLowerCase().replaceAll(/[^\w]/g, '.')}\\.`, 'g'), '?.');

/** The joins of one FROM so far; its influences are what is the same object all along it. */
const seenByScope = new WeakMap<object, Map<string, SeenJoin[]>>();

function joinsSeen(scope: Scope): Map<string, SeenJoin[]> {
  const known = seenByScope.get(scope.influences) ?? new Map<string, SeenJoin[]>();
  seenByScope.set(scope.influences, known);
  return known;
}
