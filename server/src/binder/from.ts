import type { DialectName } from '../syntax/sql/dialect.ts';
import type { FromItem, Join, LateralView, Relation, TableName, TableSource } from '../syntax/sql/nodes.ts';
import type { KnownColumn } from './catalog.ts';
import { keyOf, keysOf, report, type CteScope, type Place } from './context.ts';
import { addJoin } from './joins.ts';
import { apart, relationOf, withRelation } from './relations.ts';
import { asWarning, duplicateAlias } from './mistakes.ts';
import { bindMatch } from './match-rows.ts';
import { bindPivots, bindUnpivotObject } from './pivots.ts';
import { UNKNOWN_ROWS, union, type BoundColumn, type Rows } from './rows.ts';
import { emptyScope, SHARED_NAMES, tableText, type RelationKind, type Scope, type ScopeRelation } from './scope.ts';
import { bindTableFunction, lateralViewRows } from './table-functions.ts';
import { typeOfName } from './type-names.ts';
import { INT64 } from './types.ts';
import { valuesRows } from './values-rows.ts';

/** The place behind FROM: what stands there can name the relations of `items` and, through them, the query around. */
export function bindFrom(place: Place, items: readonly FromItem[]): Place {
  const bound = items.reduce(addItem, place);
  checkNames(bound);
  return bound;
}

/** Two relations of one name cannot be told apart, but by their columns where the dialect looks at those. */
function checkNames({ context, scope }: Place): void {
  const isShared = SHARED_NAMES.has(context.dialect);
  const first = new Map<string, ScopeRelation>();
  for (const relation of scope.relations) {
    // Tables of one name in different schemas are two, and so may be what a dialect names by itself.
    const key = relation.path.join('.');
    if (key === '' || relation.range === undefined || relation.kind === 'function') continue;
    const known = first.get(key);
    if (known === undefined) first.set(key, relation);
    else {
      const problem = duplicateAlias(relation.range, relation.name, known.range);
      report(context, isShared ? asWarning(problem) : problem);
    }
  }
}

/** Adds the relations of an item from left to right, so that lateral ones see those before. */
export function addItem(place: Place, item: FromItem): Place {
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
      return withRelation(place, relationOf([], '', 'other', undefined, UNKNOWN_ROWS));
    default:
      return item satisfies never;
  }
}

/** Joins lean to the left, as many as there are: the leftmost relation comes first. */
function addJoins(place: Place, last: Join): Place {
  const joins: Join[] = [];
  let left: FromItem = last;
  for (; left.kind === 'join'; left = left.left) joins.push(left);
  const start = bindsAlone(place) ? behindComma(place) : place;
  const end = joins.reduceRight((at, join) => addJoin(at, join, addItem), addItem(start, left));
  if (start === place) return end;
  const { relations, merged, outer } = place.scope;
  const scope: Scope = {
    ...end.scope,
    relations: [...relations, ...end.scope.relations],
    merged: new Map([...merged, ...end.scope.merged]),
    outer,
  };
  return { ...end, scope };
}

/** A comma binds less than JOIN, but where all of FROM is read from left to right. */
const bindsAlone = ({ context, scope }: Place): boolean =>
  scope.relations.length > 0 && context.dialect !== 'bigquery' && context.dialect !== 'databricks';

/** What stands before the comma is seen from behind it as if it were around it. */
const behindComma = (place: Place): Place => ({
  ...place,
  scope: { ...emptyScope({ ...place.scope, isBeside: true }), influences: place.scope.influences },
});

/** Lateral views lean to the left like joins. */
function addLateralViews(place: Place, last: LateralView): Place {
  const views: LateralView[] = [];
  let input: FromItem = last;
  for (; input.kind === 'lateral-view'; input = input.input) views.push(input);
  return views.reduceRight(addLateralView, addItem(place, input));
}

function addLateralView(place: Place, view: LateralView): Place {
  const rows = lateralViewRows(place, view);
  countRows(place, rows);
  const { name } = view;
  const path = name === undefined ? [] : keysOf(place, [name]);
  const text = name?.kind === 'name' ? name.text : '';
  return withRelation(place, relationOf(path, text, 'function', name ?? view.call, rows));
}

/** What a function makes rows from decides how many there are. */
function countRows({ context, scope }: Place, { columns, rest }: Rows): void {
  const sources = context.sources.union([...columns.map(it => it.sources), rest ?? []]);
  for (const it of context.sources.influences('join', sources)) scope.influences.add(it);
}

function addRelation(place: Place, relation: Relation): Place {
  const { source, alias, offset } = relation;
  if (source.kind === 'from-parentheses' && alias === undefined) return source.items.reduce(addItem, place);
  const { rows: own, kind, unknown } = sourceRows(place, relation);
  if (kind === 'function') countRows(place, own);
  const rows = renamed(place, own, relation);
  const name = alias?.name;
  const table = source.kind === 'table-name' ? source : undefined;
  const path =
    name !== undefined
      ? keysOf(place, [name])
      : table !== undefined
        ? tableKeys(place, table)
        : functionKeys(place, source, alias !== undefined);
  const text = name?.kind === 'name' ? name.text : table !== undefined ? lastName(table) : '';
  const inside = withRelation(place, relationOf(path, text, kind, name ?? source, rows, unknown));
  if (offset === undefined || offset.alias?.kind === 'missing') return inside;
  // Without a name of its own the position is called like the word.
  const named = offset.alias ?? { kind: 'name', text: 'offset', quoted: false, start: offset.start, end: offset.end };
  const position: BoundColumn = {
    name: named.text,
    key: keyOf(place, named),
    definition: { start: named.start, end: named.end },
    expression: undefined,
    type: INT64,
    nullable: undefined,
    sources: place.context.sources.union(rows.columns.map(it => it.sources)),
  };
  return withRelation(inside, {
    ...relationOf([], '', 'function', offset, { columns: [position], isOpen: false, influences: [] }),
    hidden: place.context.dialect !== 'bigquery',
  });
}

/** A function without an alias goes by its name. */
function functionKeys(place: Place, source: TableSource, hasAlias: boolean): readonly string[] {
  const [call] = source.kind === 'table-function' && !hasAlias ? source.calls : [];
  const last = call?.kind === 'call' ? call.name.at(-1) : undefined;
  return last === undefined ? [] : keysOf(place, [last]);
}

const lastName = (table: TableName): string => tableText(table).split('.').at(-1) ?? '';

/** The keys of a table's parts; BigQuery's quotes may hold all of them at once. */
export function tableKeys(place: Place, { parts }: TableName): readonly string[] {
  const keys = keysOf(place, parts);
  return place.context.dialect === 'bigquery' ? keys.flatMap(it => it.split('.')) : keys;
}

/** The rows of a source, with what it is. */
interface SourceRows {
  readonly rows: Rows;
  readonly kind: RelationKind;
  readonly unknown?: TableName | undefined;
}

function sourceRows(place: Place, relation: Relation): SourceRows {
  const { source } = relation;
  switch (source.kind) {
    case 'table-name':
      return tableRows(place, source, relation);
    case 'subquery': {
      const rows = place.context.bindQuery(lateralPlace(place, relation.lateral), source.query);
      return { rows: distinctNames(place, rows), kind: 'subquery' };
    }
    case 'values':
      return { rows: valuesRows(place, source), kind: 'subquery' };
    case 'from-parentheses':
      return { rows: allRows(source.items.reduce(addItem, apart(place)).scope), kind: 'subquery' };
    case 'table-function':
      return { rows: bindTableFunction(place, relation, source), kind: 'function' };
    case 'pivot':
    case 'unpivot':
      return { rows: bindPivots(place, source, addItem), kind: 'other' };
    case 'unpivot-object':
      return { rows: bindUnpivotObject(place, source), kind: 'function' };
    case 'match-recognize':
      return { rows: bindMatch(place, source, addItem), kind: 'other' };
    case 'missing':
      return { rows: UNKNOWN_ROWS, kind: 'other' };
    default:
      return source satisfies never;
  }
}

/** What a subquery in FROM can name: the relations before it only where it is lateral, as all are in DuckDB. */
function lateralPlace(place: Place, lateral: boolean): Place {
  if (lateral || place.context.dialect === 'duckdb') return place;
  return { ...place, scope: place.scope.outer ?? emptyScope(undefined) };
}

const allRows = (scope: Scope): Rows => ({
  columns: scope.relations.filter(it => !it.hidden).flatMap(it => it.rows.columns),
  isOpen: scope.relations.some(it => it.rows.isOpen),
  influences: [...scope.influences],
});

/** DuckDB numbers the names that a subquery repeats. */
export function distinctNames(place: Place, rows: Rows): Rows {
  if (place.context.dialect !== 'duckdb') return rows;
  const seen = new Set<string>();
  let isRepeated = false;
  const columns = rows.columns.map(column => {
    let { name, key } = column;
    for (let n = 1; seen.has(key) && key !== ''; n++) [name, key] = [`${column.name}_${n}`, `${column.key}_${n}`];
    seen.add(key);
    if (key === column.key) return column;
    isRepeated = true;
    return { ...column, name, key };
  });
  return isRepeated ? { ...rows, columns } : rows;
}

function cteNamed(place: Place, key: string): CteScope | undefined {
  for (let it = place.ctes; it !== undefined; it = it.next) {
    if (it.key === key) return it;
  }
  return undefined;
}

/** A CTE of that name, a list in a column of a relation before, or a table of the catalog. */
function tableRows(place: Place, table: TableName, relation: Relation): SourceRows {
  const { context } = place;
  const keys = tableKeys(place, table);
  const cte = keys.length === 1 ? cteNamed(place, keys[0] ?? '') : undefined;
  if (cte !== undefined) {
    context.usedCtes.add(cte.cte);
    context.tables.set(table, { kind: 'cte', cte: cte.cte, rows: cte.rows });
    return { rows: cte.rows, kind: 'cte' };
  }
  const nested = nestedRows(place, table, relation);
  if (nested !== undefined) {
    context.tables.set(table, { kind: 'path' });
    return { rows: nested, kind: 'function' };
  }
  const known = context.catalog(table);
  if (known === undefined) {
    context.tables.set(table, { kind: 'unknown' });
    return { rows: UNKNOWN_ROWS, kind: 'table', unknown: table };
  }
  context.tables.set(table, { kind: 'known', relation: known });
  const keysOfColumns = catalogKeys(place, known.columns);
  const columns = known.columns.map(({ name, type, nullable }, at): BoundColumn => ({
    name,
    key: keysOfColumns[at] ?? '',
    definition: undefined,
    expression: undefined,
    type,
    nullable,
    sources: [context.sources.copied(known.id, table, name)],
  }));
  return {
    rows: { columns, isOpen: known.isOpen, influences: [] },
    kind: 'table',
    unknown: known.isOpen ? table : undefined,
  };
}

/** The keys of the columns of a catalog, which hands out the same list time and again. */
function catalogKeys(place: Place, columns: readonly KnownColumn[]): readonly string[] {
  const { dialect } = place.context;
  const known = keysOfCatalogs.get(columns);
  if (known?.dialect === dialect) return known.keys;
  const keys = columns.map(it => it.key ?? catalogKey(place, it.name));
  keysOfCatalogs.set(columns, { dialect, keys });
  return keys;
}

const keysOfCatalogs = new WeakMap<
  readonly KnownColumn[],
  { readonly dialect: DialectName; readonly keys: readonly string[] }
>();

/** Names of a catalog are as the warehouse keeps them; those of one case only are what unquoted names mean. */
function catalogKey(place: Place, name: string): string {
  const isPlain = /^[a-z_][a-z0-9_$]*$/.test(name) || /^[A-Z_][A-Z0-9_$]*$/.test(name);
  return keyOf(place, { kind: 'name', text: name, quoted: !isPlain, start: 0, end: 0 });
}

/** `from t, t.items`: BigQuery, Redshift, Databricks and Trino read a list of a relation before as rows. */
function nestedRows(place: Place, table: TableName, relation: Relation): Rows | undefined {
  const keys = keysOf(place, table.parts);
  if (keys.length < 2 || !NESTED.has(place.context.dialect)) return undefined;
  const parent = place.scope.relations.find(it => it.path.at(-1) === keys[0]);
  const column = parent?.rows.columns.find(it => it.key === keys[1]);
  if (parent === undefined || (column === undefined && !parent.rows.isOpen)) return undefined;
  const sources = column?.sources ?? [];
  const element = column?.type?.kind === 'list' && keys.length === 2 ? column.type.element : undefined;
  const through = place.context.sources.through('transformed', sources);
  if (element?.kind === 'struct') {
    const columns = element.fields.map(({ name, type }): BoundColumn => ({
      name,
      key: catalogKey(place, name),
      definition: relation.alias ?? relation.source,
      expression: undefined,
      type,
      nullable: undefined,
      sources: through,
    }));
    return { columns, isOpen: false, influences: [] };
  }
  const name = relation.alias?.name;
  if (name?.kind !== 'name') return { columns: [], isOpen: true, influences: [] };
  const value: BoundColumn = {
    name: name.text,
    key: keyOf(place, name),
    definition: { start: name.start, end: name.end },
    expression: undefined,
    type: element,
    nullable: undefined,
    sources: through,
  };
  return { columns: [value], isOpen: true, influences: [] };
}

const NESTED: ReadonlySet<string> = new Set(['bigquery', 'redshift', 'databricks', 'trino']);

/** `t(a, b)` names the first columns anew. */
function renamed(place: Place, rows: Rows, { alias }: Relation): Rows {
  const names = alias?.columns ?? [];
  if (names.length === 0) return rows;
  const columns = names.flatMap(({ name, type }, at): BoundColumn[] => {
    if (name.kind !== 'name') return [];
    const before = rows.columns[at];
    const declared = type === undefined ? undefined : typeOfName(type, place.context.text, place.context.dialect);
    return [
      {
        name: name.text,
        key: keyOf(place, name),
        definition: { start: name.start, end: name.end },
        expression: before?.expression,
        type: declared ?? before?.type,
        nullable: before?.nullable,
        sources: before?.sources ?? union([...rows.columns.map(it => it.sources), rows.rest ?? []]),
      },
    ];
  });
  return {
    ...rows,
    columns: [...columns, ...rows.columns.slice(names.length)],
    isOpen: rows.isOpen && columns.length === 0,
  };
}
