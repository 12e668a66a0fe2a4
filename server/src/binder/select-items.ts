import type { ColumnRef, Expression, NamePart, Star } from '../syntax/sql/expression-nodes.ts';
import { nameKey } from '../syntax/sql/name-key.ts';
import type { Select, SelectItem } from '../syntax/sql/nodes.ts';
import type { Place } from './context.ts';
import type { BoundColumn, Rows } from './rows.ts';
import type { ScopeRelation } from './scope.ts';
import { bindValue } from './values.ts';

/** The columns of a select list, stars written out. Items see the names of those before them. */
export function itemColumns(place: Place, select: Select): Rows {
  const columns: BoundColumn[] = [];
  let isOpen = false;
  const add = (rows: Rows): void => {
    columns.push(...rows.columns);
    isOpen ||= rows.isOpen;
  };
  if (select.items.length === 0 && !select.explicit) add(starRows(place, undefined));
  for (const item of select.items) {
    if (item.kind === 'missing') continue;
    add(rowsOfItem({ ...place, scope: { ...place.scope, aliases: columns.slice() } }, item));
  }
  return { columns, isOpen };
}

function rowsOfItem(place: Place, item: SelectItem): Rows {
  if (item.value.kind === 'star') return modifiedStar(place, item.value);
  const sources = bindValue(place, item.value);
  if (isColumnsCall(item.value)) return { columns: [], isOpen: true };
  if (item.aliases.length > 0) {
    return { columns: item.aliases.map(it => columnOf(place, it, item, sources)), isOpen: false };
  }
  return { columns: [columnOf(place, item.alias ?? impliedName(item.value), item, sources)], isOpen: false };
}

/** DuckDB's COLUMNS(…) stands for any number of columns. */
function isColumnsCall(value: Expression): boolean {
  const [name] = value.kind === 'call' ? value.name : [];
  return name?.kind === 'name' && name.text.toLowerCase() === 'columns';
}

function columnOf(
  { context }: Place,
  name: NamePart | undefined,
  item: SelectItem,
  sources: BoundColumn['sources'],
): BoundColumn {
  const { start, end } = name ?? item;
  if (name?.kind !== 'name') return { name: '', key: '', definition: { start, end }, sources };
  return { name: name.text, key: nameKey(name, context.dialect), definition: { start, end }, sources };
}

/** The name of a value without an alias: a column's or field's last part, under casts. */
function impliedName(value: Expression): NamePart | undefined {
  if (value.kind === 'column') return value.parts.at(-1);
  if (value.kind === 'field') return value.name;
  return value.kind === 'cast' && value.operator === '::' ? impliedName(value.operand) : undefined;
}

function modifiedStar(place: Place, star: Star): Rows {
  const { qualifier } = star;
  const rows = starRows(place, qualifier?.kind === 'column' ? qualifier : undefined);
  if (qualifier !== undefined && qualifier.kind !== 'column') return { columns: [], isOpen: true };
  return star.modifiers.reduce<Rows>((it, modifier) => modified(place, it, modifier), rows);
}

/** The columns of all relations, or of the one that is named; those that USING merged come once. */
function starRows({ context, scope }: Place, qualifier: ColumnRef | undefined): Rows {
  const keys = qualifier?.parts.map(it => (it.kind === 'name' ? nameKey(it, context.dialect) : '')) ?? [];
  const relations = scope.relations.filter(it => keys.length === 0 || isNamed(it, keys));
  if (relations.length === 0) return { columns: [], isOpen: true };
  const seen = new Set<string>();
  const columns = relations
    .flatMap(it => it.rows.columns)
    .filter(({ key }) => {
      const isRepeated = keys.length === 0 && scope.merged.has(key) && seen.has(key);
      seen.add(key);
      return !isRepeated;
    });
  return { columns, isOpen: relations.some(it => it.rows.isOpen) };
}

const isNamed = (relation: ScopeRelation, keys: readonly string[]): boolean =>
  keys.length <= relation.path.length &&
  keys.every((it, at) => it === relation.path[relation.path.length - keys.length + at]);

function modified(place: Place, rows: Rows, modifier: Star['modifiers'][number]): Rows {
  const keyOf = (part: NamePart | undefined): string =>
    part?.kind === 'name' ? nameKey(part, place.context.dialect) : '';
  switch (modifier.kind) {
    case 'star-except': {
      const gone = new Set(modifier.columns.map(it => keyOf(it.parts.at(-1))));
      return { ...rows, columns: rows.columns.filter(it => !gone.has(it.key)) };
    }
    case 'star-replace': {
      const values = new Map(modifier.items.map(it => [keyOf(it.alias), bindValue(place, it.value)]));
      return { ...rows, columns: rows.columns.map(it => ({ ...it, sources: values.get(it.key) ?? it.sources })) };
    }
    case 'star-rename': {
      const names = new Map(modifier.items.map(it => [keyOf(impliedName(it.value)), it.alias]));
      const columns = rows.columns.map(it => renamedColumn(place, it, names.get(it.key)));
      return { ...rows, columns };
    }
    case 'star-pattern':
      // Which names match is a question of the engine's pattern language.
      return { columns: [], isOpen: true };
    default:
      return modifier satisfies never;
  }
}

function renamedColumn({ context }: Place, column: BoundColumn, name: NamePart | undefined): BoundColumn {
  if (name?.kind !== 'name') return column;
  const definition = { start: name.start, end: name.end };
  return { ...column, name: name.text, key: nameKey(name, context.dialect), definition };
}
