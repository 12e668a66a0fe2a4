import type { Name } from '../syntax/sql/expression-nodes.ts';
import { nameKey } from '../syntax/sql/name-key.ts';
import type { FromItem, Join, LateralView, Relation, TableName, TableSource } from '../syntax/sql/nodes.ts';
import type { Place } from './context.ts';
import { UNKNOWN_ROWS, type BoundColumn, type Rows } from './rows.ts';
import type { Scope, ScopeRelation } from './scope.ts';
import { bindValue } from './values.ts';

/** The place behind FROM: what stands there can name the relations of `items` and, through them, the query around. */
export function bindFrom(place: Place, items: readonly FromItem[]): Place {
  return items.reduce(addItem, place);
}

/** Adds the relations of an item from left to right, so that lateral ones see those before. */
function addItem(place: Place, item: FromItem): Place {
  switch (item.kind) {
    case 'relation':
      return addRelation(place, item);
    case 'join':
      return addJoins(place, item);
    case 'lateral-view':
      return addLateralViews(place, item);
    case 'missing':
    case 'error':
      // What will stand here is not known, so no name can be called wrong.
      return withRelation(place, { path: [], rows: UNKNOWN_ROWS });
    default:
      return item satisfies never;
  }
}

/** Joins lean to the left, as many as there are: the leftmost relation comes first. */
function addJoins(place: Place, last: Join): Place {
  const joins: Join[] = [];
  let left: FromItem = last;
  for (; left.kind === 'join'; left = left.left) joins.push(left);
  return joins.reduceRight(addJoin, addItem(place, left));
}

function addJoin(left: Place, join: Join): Place {
  const both = addItem(left, join.right);
  const isHalf = join.type === 'semi' || join.type === 'anti';
  const merged = new Set([...both.scope.merged, ...keysOf(both, join.using), ...naturalKeys(left, both, join)]);
  const joined: Place = { ...both, scope: { ...both.scope, merged } };
  for (const condition of [join.match, join.on]) {
    if (condition !== undefined) bindValue(joined, condition);
  }
  return isHalf ? { ...left, scope: { ...left.scope, merged } } : joined;
}

function naturalKeys(left: Place, both: Place, join: Join): readonly string[] {
  if (!join.natural) return [];
  const before = new Set(left.scope.relations.flatMap(it => it.rows.columns.map(column => column.key)));
  const added = both.scope.relations.slice(left.scope.relations.length);
  return added.flatMap(it => it.rows.columns.map(column => column.key)).filter(it => before.has(it));
}

/** Lateral views lean to the left like joins. */
function addLateralViews(place: Place, last: LateralView): Place {
  const views: LateralView[] = [];
  let input: FromItem = last;
  for (; input.kind === 'lateral-view'; input = input.input) views.push(input);
  return views.reduceRight(addLateralView, addItem(place, input));
}

function addLateralView(place: Place, { call, name, columns }: LateralView): Place {
  bindValue(place, call);
  const named = columns.flatMap(it => (it.kind === 'name' ? [plainColumn(place, it)] : []));
  const path = name === undefined ? [] : keysOf(place, [name]);
  return withRelation(place, { path, rows: { columns: named, isOpen: named.length === 0 } });
}

function withRelation(place: Place, relation: ScopeRelation): Place {
  const scope: Scope = { ...place.scope, relations: [...place.scope.relations, relation] };
  return { ...place, scope };
}

function addRelation(place: Place, relation: Relation): Place {
  const { source, alias, offset } = relation;
  if (source.kind === 'from-parentheses' && alias === undefined) return source.items.reduce(addItem, place);
  const rows = renamed(place, sourceRows(place, source), relation);
  const name = alias?.name;
  const path = name === undefined ? ownPath(place, source) : keysOf(place, [name]);
  const inside = withRelation(place, { path, rows });
  if (offset?.alias?.kind !== 'name') return inside;
  return withRelation(inside, { path: [], rows: { columns: [plainColumn(place, offset.alias)], isOpen: false } });
}

/** Without an alias a table goes by its own name, in full or in part. */
function ownPath(place: Place, source: TableSource): readonly string[] {
  return source.kind === 'table-name' ? tableKeys(place, source) : [];
}

/** The keys of a table's parts; BigQuery's quotes may hold all of them at once. */
function tableKeys(place: Place, { parts }: TableName): readonly string[] {
  const keys = keysOf(place, parts);
  return place.context.dialect === 'bigquery' ? keys.flatMap(it => it.split('.')) : keys;
}

function sourceRows(place: Place, source: TableSource): Rows {
  if (source.kind === 'table-name') return tableRows(place, source);
  if (source.kind === 'subquery') {
    return place.context.bindQuery(place.context, source.query, place.scope, place.ctes);
  }
  if (source.kind === 'from-parentheses') {
    return allRows(bindFrom({ ...place, scope: { ...place.scope, relations: [] } }, source.items).scope);
  }
  // Functions, pivots and the like: the names inside are looked up, the columns they give are not known.
  bindInside(place, source);
  return UNKNOWN_ROWS;
}

/** The relation that a chain of pivots begins with is bound as such, what they aggregate as values of it. */
function bindInside(place: Place, outermost: TableSource): void {
  const pivots: TableSource[] = [];
  let source = outermost;
  while ('input' in source && source.input?.kind === 'relation') {
    pivots.push(source);
    source = source.input.source;
  }
  const innermost = pivots.at(-1);
  const input = innermost !== undefined && 'input' in innermost ? innermost.input : undefined;
  const inside = input === undefined ? place : addItem(place, input);
  for (const it of pivots.length === 0 ? [source] : pivots) {
    if (it.kind === 'table-function') it.calls.forEach(call => void bindValue(inside, call));
    if (it.kind === 'pivot') it.aggregates.forEach(aggregate => void bindValue(inside, aggregate.value));
  }
}

const allRows = (scope: Scope): Rows => ({
  columns: scope.relations.flatMap(it => it.rows.columns),
  isOpen: scope.relations.some(it => it.rows.isOpen),
});

/** A CTE of that name, or a table of the catalog. */
function tableRows(place: Place, table: TableName): Rows {
  const keys = tableKeys(place, table);
  if (keys.length === 1) {
    for (let cte = place.ctes; cte !== undefined; cte = cte.next) {
      if (cte.key === keys[0]) return cte.rows;
    }
  }
  const names = place.context.catalog(table);
  if (names === undefined) return UNKNOWN_ROWS;
  const columns = names.map(name => ({
    name,
    key: nameKey({ text: name, quoted: true }, place.context.dialect),
    definition: undefined,
    sources: [{ table, column: name }],
  }));
  return { columns, isOpen: false };
}

/** `t(a, b)` names the first columns anew. */
function renamed({ context }: Place, rows: Rows, { alias }: Relation): Rows {
  const names = alias?.columns.map(it => it.name) ?? [];
  if (names.length === 0) return rows;
  const renamedColumns = names.flatMap((name, at): BoundColumn[] => {
    if (name.kind !== 'name') return [];
    const { start, end, text } = name;
    const sources = rows.columns[at]?.sources ?? [];
    return [{ name: text, key: nameKey(name, context.dialect), definition: { start, end }, sources }];
  });
  return { columns: [...renamedColumns, ...rows.columns.slice(names.length)], isOpen: false };
}

function plainColumn({ context }: Place, name: Name): BoundColumn {
  const definition = { start: name.start, end: name.end };
  return { name: name.text, key: nameKey(name, context.dialect), definition, sources: [] };
}

function keysOf({ context }: Place, parts: readonly (Name | { readonly kind: 'missing' })[]): readonly string[] {
  return parts.flatMap(it => (it.kind === 'name' ? [nameKey(it, context.dialect)] : []));
}
