import type { Expression } from '../syntax/sql/expression-nodes.ts';
import type { GroupBy, Select, SelectItem, TailClause } from '../syntax/sql/nodes.ts';
import { aliasesSeenIn } from './alias-rules.ts';
import { addInfluences, bindCondition, bindWindows, flatGroups, inClauseOf } from './clauses.ts';
import { windowsOf } from './windows.ts';
import { keyOf, report, type Place } from './context.ts';
import { bindFrom } from './from.ts';
import { checkGroups, containsAggregate, type Grouped } from './grouping.ts';
import { selectStar } from './mistakes.ts';
import { outputName, shown } from './output-names.ts';
import type { BoundColumn, Rows } from './rows.ts';
import { columnsCall } from './spread-columns.ts';
import { starRows, starValueRows, typeRows } from './stars.ts';
import { decided } from './type-rules.ts';
import { bindValue, type Value } from './evaluate.ts';
import { unnestedItem } from './unnested.ts';

/** One item of a select list with the columns it gives. */
export interface BoundItem {
  readonly item: SelectItem;
  readonly columns: readonly BoundColumn[];
}

/** Binds a SELECT: its relations first, then its list, then what filters and groups. */
export function bindSelect(
  place: Place,
  select: Select,
  tail: readonly TailClause[],
): { readonly rows: Rows; readonly end: Place; readonly grouped: Grouped | undefined } {
  const { context } = place;
  const from = select.from === undefined ? place : bindFrom({ ...place, clause: 'from' }, select.from.items);
  const inside: Place = { ...from, clause: 'select', windows: windowsOf([...select.clauses, ...tail]) };
  const { rows: listed, items } = itemRows(inside, select);
  const named: Place = { ...inside, scope: { ...inside.scope, aliases: listed.columns } };
  context.places.push({ start: select.start, end: select.end, place: named });
  const rows = structured(place, select, listed);
  const groups = bindClauses(inside, select, rows, items);
  if (select.distinct) addInfluences(inside, 'group', context.sources.union(rows.columns.map(it => it.sources)));
  for (const it of select.distinctOn) {
    addInfluences(inside, 'group', bindValue(inClauseOf(inside, 'order', rows), it).sources);
  }
  if (select.top !== undefined) bindValue({ ...inside, clause: 'limit' }, select.top);
  const grouped = checkGroups(inside, select, items, groups);
  return { rows: { ...rows, influences: [] }, end: inside, grouped };
}

/** The columns of a select list, stars written out. In some dialects items see the names of those before them. */
function itemRows(place: Place, select: Select): { readonly rows: Rows; readonly items: readonly BoundItem[] } {
  const columns: BoundColumn[] = [];
  const items: BoundItem[] = [];
  const lists: Rows['rest'][] = [];
  let isOpen = false;
  const add = (rows: Rows, item: SelectItem | undefined): void => {
    columns.push(...rows.columns);
    isOpen ||= rows.isOpen;
    if (rows.isOpen) lists.push(rows.rest);
    if (item !== undefined) items.push({ item, columns: rows.columns });
  };
  if (select.items.length === 0 && !select.explicit) add(starRows(place, undefined, select), undefined);
  const seesBefore = aliasesSeenIn('select', place.context.dialect) !== 'never';
  for (const item of select.items) {
    if (item.kind === 'missing') continue;
    const at = seesBefore ? { ...place, scope: { ...place.scope, aliases: columns.slice() } } : place;
    add(rowsOfItem(at, item, columns.length), item);
  }
  const known = lists.filter(it => it !== undefined);
  const rest = known.length === lists.length && lists.length > 0 ? place.context.sources.union(known) : undefined;
  return { rows: { columns, isOpen, influences: [], rest }, items };
}

function rowsOfItem(place: Place, item: SelectItem, nBefore: number): Rows {
  const { value } = item;
  if (value.kind === 'star') {
    if (value.qualifier === undefined && place.context.reportsStars) report(place.context, selectStar(value));
    return starValueRows(place, value);
  }
  const spread = columnsCall(place, item);
  if (spread !== undefined) return spread;
  const unnested = unnestedItem(place, item);
  if (unnested !== undefined) return unnested;
  const bound = bindValue(place, value);
  if (item.aliases.length > 0) {
    const columns = item.aliases.map(it => columnOf(place, item, it.kind === 'name' ? it : undefined, bound, nBefore));
    return { columns: columns.map(it => ({ ...it, type: undefined })), isOpen: false, influences: [] };
  }
  const alias = item.alias?.kind === 'name' ? item.alias : undefined;
  return { columns: [columnOf(place, item, alias, bound, nBefore)], isOpen: false, influences: [] };
}

function columnOf(
  place: Place,
  item: SelectItem,
  alias:
    | {
        readonly kind: 'name';
        readonly text: string;
        readonly quoted: boolean;
        readonly start: number;
        readonly end: number;
      }
    | undefined,
  bound: Value,
  nBefore: number,
): BoundColumn {
  const { context } = place;
  const expression = { start: item.value.start, end: item.value.end };
  const value = {
    type: decided(bound.type, context.dialect),
    nullable: bound.nullable,
    sources: bound.sources,
    expression,
  };
  if (alias !== undefined) {
    return {
      name: shown(place, alias),
      key: keyOf(place, alias),
      definition: { start: alias.start, end: alias.end },
      ...value,
    };
  }
  const name = item.alias === undefined ? outputName(place, item.value, nBefore) : undefined;
  if (name === undefined) return { name: '', key: '', definition: expression, ...value };
  return { name: name.text, key: name.key, definition: name.range, ...value };
}

/**
 * The rows of BigQuery's SELECT AS STRUCT and AS VALUE are values: a query around them sees the fields of a struct as
 * columns, and the name of the relation is the value itself.
 */
function structured(place: Place, select: Select, rows: Rows): Rows {
  if (select.as === 'value') return valueRows(place, select, rows);
  if (select.as === undefined) return rows;
  const fields = rows.columns.map(({ name, type }) => ({ name, type }));
  const value: BoundColumn = {
    name: '',
    key: '',
    definition: { start: select.start, end: select.end },
    expression: undefined,
    type: rows.isOpen ? undefined : { kind: 'struct', fields },
    nullable: false,
    sources: place.context.sources.union(rows.columns.map(it => it.sources)),
  };
  return { ...rows, value };
}

function valueRows(place: Place, select: Select, rows: Rows): Rows {
  const [value] = rows.columns;
  if (value === undefined) return rows;
  if (value.type !== undefined && value.type.kind !== 'struct') return { ...rows, value };
  const rest = place.context.sources.through('transformed', value.sources);
  const fields = typeRows(place, value.type, select);
  return { ...fields, columns: fields.columns.map(it => ({ ...it, sources: rest })), rest, value };
}

/** Binds what follows the list and FROM; answers with the expressions that rows are grouped by. */
function bindClauses(place: Place, select: Select, rows: Rows, items: readonly BoundItem[]): readonly Expression[] {
  const groups: Expression[] = [];
  for (const clause of select.clauses) {
    switch (clause.kind) {
      case 'where':
      case 'having':
      case 'qualify':
        bindCondition(inClauseOf(place, clause.kind, rows), clause.condition, clause.kind);
        break;
      case 'start-with':
      case 'connect-by':
        bindCondition(inClauseOf(place, 'where', rows), clause.condition, 'where');
        break;
      case 'group-by':
        groups.push(...bindGroups(inClauseOf(place, 'group', rows), clause, items));
        break;
      case 'window':
        bindWindows(inClauseOf(place, 'window', rows), clause);
        break;
      case 'sample':
      case 'star-except':
      case 'error':
        break;
      default:
        clause satisfies never;
    }
  }
  return groups;
}

function bindGroups(place: Place, clause: GroupBy, items: readonly BoundItem[]): readonly Expression[] {
  const { context } = place;
  context.places.push({ start: clause.start, end: clause.end, place });
  if (clause.all) {
    const plain = items.filter(it => !containsAggregate(place, it.item.value));
    addInfluences(place, 'group', context.sources.union(plain.flatMap(it => it.columns.map(column => column.sources))));
    return [];
  }
  const groups = flatGroups(clause.items);
  for (const it of groups) {
    const column = columnAt(place, it, items);
    addInfluences(place, 'group', column === undefined ? bindValue(place, it).sources : column.sources);
  }
  return groups;
}

/** `group by 2`: the column at that position. */
function columnAt({ context }: Place, node: Expression, items: readonly BoundItem[]): BoundColumn | undefined {
  if (node.kind !== 'literal' || node.type !== 'number') return undefined;
  const position = Number(context.text.slice(node.start, node.end));
  let left = position - 1;
  for (const { columns } of items) {
    if (left < columns.length) return columns[left];
    left -= columns.length;
  }
  return undefined;
}
