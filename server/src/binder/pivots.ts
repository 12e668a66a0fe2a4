import type { DialectName } from '../syntax/sql/dialect.ts';
import type { Expression } from '../syntax/sql/expression-nodes.ts';
import type {
  FromItem,
  Pivot,
  PivotIn,
  PivotStatement,
  Relation,
  UnpivotObject,
  Unpivot,
} from '../syntax/sql/nodes.ts';
import { descendants } from '../syntax/sql/visit.ts';
import { keyOf, keysOf, type Place } from './context.ts';
import { duckdbText } from './duckdb-text.ts';
import { inputColumns, isOpenInput, restOf } from './pivot-input.ts';
import { apart, relationOf } from './relations.ts';
import { UNKNOWN_ROWS, type BoundColumn, type Rows } from './rows.ts';
import { emptyScope, type Scope } from './scope.ts';
import { INT64 } from './types.ts';
import { madeColumn, statementUnpivot, unpivotRows } from './unpivots.ts';
import { bindValue, type Value } from './evaluate.ts';

type AddItem = (place: Place, item: FromItem) => Place;

/** The rows of a chain of PIVOTs and UNPIVOTs, from the relation it begins with outwards; any length needs no stack. */
export function bindPivots(place: Place, outermost: Pivot | Unpivot, addItem: AddItem): Rows {
  const chain: { readonly source: Pivot | Unpivot; readonly relation: Relation | undefined }[] = [];
  let source: Pivot | Unpivot | undefined = outermost;
  let relation: Relation | undefined;
  let input: FromItem | undefined;
  while (source !== undefined) {
    chain.push({ source, relation });
    input = source.input;
    relation = input?.kind === 'relation' ? input : undefined;
    const next: Relation['source'] | undefined = relation?.source;
    source = next?.kind === 'pivot' || next?.kind === 'unpivot' ? next : undefined;
  }
  let inside: Place = { ...(input === undefined ? apart(place) : addItem(apart(place), input)), clause: 'select' };
  let rows = UNKNOWN_ROWS;
  for (const link of chain.toReversed()) {
    const { input: before, start, end } = link.source;
    place.context.places.push({ start: before?.end ?? start, end, place: inside });
    rows = link.source.kind === 'pivot' ? pivotRows(inside, link.source) : unpivotRows(inside, link.source);
    const alias = link.relation?.alias?.name;
    const path = alias === undefined ? [] : keysOf(place, [alias]);
    const scope: Scope = {
      ...inside.scope,
      relations: [relationOf(path, '', 'other', undefined, rows)],
      merged: emptyScope(undefined).merged,
    };
    inside = { ...inside, scope };
  }
  return { ...rows, influences: [...inside.scope.influences] };
}

/** One new column, before it has its name. */
interface Cell {
  readonly label: string;
  readonly node: Expression;
}

function pivotRows(place: Place, pivot: Pivot): Rows {
  const used = new Set<string>();
  const aggregates = pivot.aggregates.map(it => ({
    value: bindIn(place, it.value, used),
    alias: it.alias?.kind === 'name' ? it.alias.text : undefined,
    node: it.value,
  }));
  for (const it of pivot.columns) addInfluences(place, bindIn(place, it.column, used));
  const groups = pivot.groupBy.map(it => bindValue(place, it));
  const keys = new Set(pivot.groupBy.flatMap(it => (it.kind === 'column' ? [keyOf(place, it.parts.at(-1))] : [])));
  const kept = inputColumns(place).filter(it => (groups.length > 0 ? keys.has(it.key) : !used.has(it.key)));
  for (const it of kept) addInfluences(place, it);
  const cells = combinations(pivot.columns.map(it => cellsOf(place, it)));
  const made = cells.flatMap(cell => aggregates.map(it => cellColumn(place, cell, it, aggregates.length)));
  const isDynamic = pivot.columns.some(it => it.dynamic !== undefined || it.values.length === 0);
  const sources = place.context.sources.union(aggregates.map(it => it.value.sources));
  return {
    columns: [...kept, ...made],
    isOpen: (isOpenInput(place) && groups.length === 0) || isDynamic,
    influences: [],
    rest: isDynamic ? sources : restOf(place),
  };
}

function addInfluences({ context, scope }: Place, { sources }: Value): void {
  for (const it of context.sources.influences('group', sources)) scope.influences.add(it);
}

/** Binds a value and notes which columns of the input it uses. */
function bindIn(place: Place, node: Expression, used: Set<string>): Value {
  const value = bindValue(place, node);
  for (const it of descendants(node)) {
    const reference = it.kind === 'column' ? place.context.references.get(it) : undefined;
    if (reference?.kind === 'column') used.add(reference.column.key);
  }
  return value;
}

function cellsOf(place: Place, { values }: PivotIn): readonly Cell[] {
  return values.map(it => {
    const alias = it.alias === undefined ? undefined : nameOf(place, it.alias);
    return { label: alias ?? labelOf(place, it.value), node: it.value };
  });
}

function nameOf({ context }: Place, node: Expression): string {
  const [first] = node.kind === 'column' ? node.parts : [];
  if (first?.kind === 'name') return first.text;
  return context.text.slice(node.start, node.end).replaceAll(/^'|'$/g, '');
}

/** Snowflake keeps the quotes of a value in the name of its column. */
function labelOf({ context }: Place, node: Expression): string {
  const text = context.text.slice(node.start, node.end);
  if (context.dialect === 'snowflake') return text;
  return text.replaceAll(/^['"]|['"]$/g, '');
}

const combinations = (lists: readonly (readonly Cell[])[]): readonly Cell[] =>
  lists.reduce<readonly Cell[]>(
    (done, list) =>
      done.length === 0 ? list : done.flatMap(a => list.map(b => ({ label: `${a.label}_${b.label}`, node: a.node }))),
    [],
  );

function cellColumn(
  place: Place,
  { label, node }: Cell,
  aggregate: { readonly value: Value; readonly alias: string | undefined; readonly node: Expression },
  nAggregates: number,
): BoundColumn {
  const { context } = place;
  const suffix = aggregate.alias ?? (nAggregates > 1 ? aggregateText(place, aggregate.node) : undefined);
  const name = pivotName(label, suffix, nAggregates, context.dialect);
  return {
    name,
    key: keyOf(place, { kind: 'name', text: name, quoted: !/^\w+$/.test(name), start: 0, end: 0 }),
    definition: { start: node.start, end: node.end },
    expression: { start: aggregate.node.start, end: aggregate.node.end },
    type: aggregate.value.type,
    nullable: undefined,
    sources: context.sources.through('aggregated', aggregate.value.sources),
  };
}

function aggregateText(place: Place, node: Expression): string {
  const { text, dialect } = place.context;
  return (dialect === 'duckdb' ? duckdbText(place, node) : undefined) ?? text.slice(node.start, node.end);
}

function pivotName(label: string, suffix: string | undefined, nAggregates: number, dialect: DialectName): string {
  if (suffix === undefined) return label;
  if (dialect === 'bigquery') return `${suffix}_${label}`;
  if (dialect === 'snowflake') return `${label.replaceAll(/^'|'$/g, '')}_${suffix}`;
  return dialect === 'databricks' && nAggregates === 1 ? label : `${label}_${suffix}`;
}

/** DuckDB's PIVOT and UNPIVOT as statements. */
export function pivotStatementRows(outside: Place, node: PivotStatement, addItem: AddItem): Rows {
  const place: Place = { ...addItem(apart(outside), node.source), clause: 'select' };
  const rows = node.direction === 'pivot' ? statementPivot(place, node) : statementUnpivot(place, node);
  return { ...rows, influences: [...place.scope.influences] };
}

/** DuckDB's PIVOT as a statement. Which columns come out is in the data, unless the values are listed. */
function statementPivot(place: Place, node: PivotStatement): Rows {
  const used = new Set<string>();
  const items = node.using.flatMap(it => (it.kind === 'missing' ? [] : [it]));
  const aggregates = items.map(it => ({
    value: bindIn(place, it.value, used),
    alias: it.alias?.kind === 'name' ? it.alias.text : undefined,
    node: it.value,
  }));
  for (const it of node.on) addInfluences(place, bindIn(place, it.value, used));
  const keys = new Set(node.groupBy.flatMap(it => (it.kind === 'column' ? [keyOf(place, it.parts.at(-1))] : [])));
  for (const it of node.groupBy) bindValue(place, it);
  const kept = inputColumns(place).filter(it => (node.groupBy.length > 0 ? keys.has(it.key) : !used.has(it.key)));
  for (const it of kept) addInfluences(place, it);
  const lists = node.on.map(it => listedCells(place, it.value));
  const isListed = lists.length > 0 && !lists.includes(undefined);
  const cells = isListed ? combinations(lists.map(it => it ?? [])) : [];
  const made = cells.flatMap(cell => {
    const counted = { value: COUNTED, alias: undefined, node: cell.node };
    const given = aggregates.length === 0 ? [counted] : aggregates;
    return given.map(it => cellColumn(place, cell, it, given.length));
  });
  return {
    columns: [...kept, ...made],
    isOpen: !isListed || (isOpenInput(place) && node.groupBy.length === 0),
    influences: [],
    rest: place.context.sources.union(aggregates.map(it => it.value.sources)),
  };
}

/** What a PIVOT without aggregates gives. */
const COUNTED: Value = { type: INT64, nullable: undefined, sources: [] };

/** The values of `column in (…)`. */
function listedCells(place: Place, node: Expression): readonly Cell[] | undefined {
  if (node.kind !== 'in' || node.negated) return undefined;
  const elements =
    node.set.kind === 'row' ? node.set.elements : node.set.kind === 'parentheses' ? [node.set.value] : [];
  const cells = elements.flatMap((it): Cell[] => {
    const value = it.kind === 'aliased-argument' ? it.value : it;
    if (value.kind !== 'literal') return [];
    const alias = it.kind === 'aliased-argument' && it.alias.kind === 'name' ? it.alias.text : undefined;
    return [{ label: alias ?? labelOf(place, value), node: value }];
  });
  return cells.length === elements.length && cells.length > 0 ? cells : undefined;
}

/** Redshift's `unpivot object as value at name`. */
export function bindUnpivotObject(place: Place, { object, value, name }: UnpivotObject): Rows {
  const bound = bindValue(place, object);
  const sources = place.context.sources.through('transformed', bound.sources);
  const made = [value, name].map(it =>
    it === undefined ? undefined : madeColumn(place, it, { type: undefined, nullable: undefined, sources }),
  );
  return { columns: made.filter(it => it !== undefined), isOpen: false, influences: [] };
}
