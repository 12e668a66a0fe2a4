import type { ColumnRef, Expression, NamePart, Star } from '../syntax/sql/expression-nodes.ts';
import { bindColumn } from './columns.ts';
import { keyOf, keysOf, report, type Place } from './context.ts';
import { candidates, unknownAlias, unknownColumn } from './mistakes.ts';
import { likeTest } from './name-tests.ts';
import { UNKNOWN_ROWS, type BoundColumn, type Rows } from './rows.ts';
import { resolve, type Scope, type ScopeRelation } from './scope.ts';
import type { SqlType } from './types.ts';
import { bindValue, type Value } from './evaluate.ts';

/** The columns that a star in a select list stands for. */
export function starValueRows(place: Place, star: Star): Rows {
  const { qualifier } = star;
  const base =
    qualifier === undefined || qualifier.kind === 'column'
      ? starRows(place, qualifier, star)
      : fieldRows(place, star, qualifier);
  return star.modifiers.reduce<Rows>((rows, modifier) => modified(place, rows, modifier), base);
}

/** The columns of all relations, or of the one that is named; those that USING merged come once. */
export function starRows(
  place: Place,
  qualifier: ColumnRef | undefined,
  star: { readonly start: number; readonly end: number },
): Rows {
  const { scope } = place;
  const keys = qualifier === undefined ? [] : keysOf(place, qualifier.parts);
  if (qualifier !== undefined && keys.length < qualifier.parts.length) return UNKNOWN_ROWS;
  const relations = relationsNamed(scope, keys);
  if (relations.length === 0) return qualifier === undefined ? UNKNOWN_ROWS : structRows(place, qualifier, star);
  const all = keys.length > 0 ? relations.flatMap(it => it.rows.columns) : mergedOnce(place, relations);
  const range = { start: star.start, end: star.end };
  const rests = relations.flatMap(it => (it.rows.rest === undefined ? [] : [it.rows.rest]));
  return {
    columns: all.map(it => ({ ...it, expression: range })),
    isOpen: relations.some(it => it.rows.isOpen),
    influences: [],
    rest:
      rests.length > 0 && relations.every(it => !it.rows.isOpen || it.rows.rest !== undefined)
        ? place.context.sources.union(rests)
        : undefined,
  };
}

function relationsNamed(scope: Scope, keys: readonly string[]): readonly ScopeRelation[] {
  if (keys.length === 0) return scope.relations.filter(it => !it.hidden);
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    const relation = at.relations.find(it => isNamed(it, keys));
    if (relation !== undefined) return [relation];
  }
  return [];
}

const isNamed = (relation: ScopeRelation, keys: readonly string[]): boolean =>
  keys.length <= relation.path.length &&
  keys.every((it, at) => it === relation.path[relation.path.length - keys.length + at]);

/** DuckDB leaves a merged column at its place on the left; the standard puts merged columns first. */
function mergedOnce({ context, scope }: Place, relations: readonly ScopeRelation[]): readonly BoundColumn[] {
  const { merged } = scope;
  if (merged.size === 0) return relations.flatMap(it => it.rows.columns);
  const columns = relations.flatMap(it => it.rows.columns);
  if (context.dialect !== 'duckdb') {
    return [...merged.values(), ...columns.filter(it => !merged.has(it.key))];
  }
  const seen = new Set<string>();
  return columns.flatMap(column => {
    const one = merged.get(column.key);
    if (one === undefined) return [column];
    if (seen.has(column.key)) return [];
    seen.add(column.key);
    return [one];
  });
}

/** `t.a.*`: the fields of a struct. */
function structRows(place: Place, qualifier: ColumnRef, star: { readonly start: number; readonly end: number }): Rows {
  const reference = resolve(qualifier, place);
  if (reference.kind === 'not-found' && qualifier.parts.length === 1) {
    const [name] = qualifier.parts;
    const names = place.scope.relations.map(it => it.name).filter(it => it !== '');
    if (name?.kind === 'name') report(place.context, unknownAlias(name, name.text, candidates(name.text, names)));
    return UNKNOWN_ROWS;
  }
  return withSources(place, bindColumn(place, qualifier), star);
}

function fieldRows(place: Place, star: Star, qualifier: Expression): Rows {
  return withSources(place, bindValue(place, qualifier), star);
}

/** The fields of a value, each made from all of it. */
function withSources(place: Place, value: Value, range: { readonly start: number; readonly end: number }): Rows {
  const sources = place.context.sources.through('transformed', value.sources);
  const rows = typeRows(place, value.type, range);
  return { ...rows, columns: rows.columns.map(it => ({ ...it, sources })), rest: sources };
}

/** The fields of a value as columns; nothing is known of those of a value that may be no struct. */
export function typeRows(
  place: Place,
  type: SqlType | undefined,
  range: { readonly start: number; readonly end: number },
): Rows {
  if (type?.kind !== 'struct') return UNKNOWN_ROWS;
  const columns = type.fields.map((field): BoundColumn => ({
    name: field.name,
    key: keyOf(place, { kind: 'name', text: field.name, quoted: false, start: 0, end: 0 }),
    definition: undefined,
    expression: { start: range.start, end: range.end },
    type: field.type,
    nullable: undefined,
    sources: [],
  }));
  return { columns, isOpen: false, influences: [] };
}

function modified(place: Place, rows: Rows, modifier: Star['modifiers'][number]): Rows {
  switch (modifier.kind) {
    case 'star-except': {
      for (const it of modifier.columns) checkListed(place, rows, it.parts.at(-1));
      const gone = new Set(modifier.columns.flatMap(it => excluded(place, rows, it)));
      return { ...rows, columns: rows.columns.filter(it => !gone.has(it)) };
    }
    case 'star-replace': {
      const items = modifier.items.filter(it => it.alias?.kind === 'name');
      const values = new Map(
        items.map(it => [keyOf(place, it.alias), { value: bindValue(place, it.value), node: it.value }]),
      );
      const columns = rows.columns.map((column): BoundColumn => {
        const found = values.get(column.key);
        if (found === undefined) return column;
        const { type, nullable, sources } = found.value;
        const name = items.find(it => keyOf(place, it.alias) === column.key)?.alias;
        const definition = name === undefined ? column.definition : { start: name.start, end: name.end };
        return {
          ...column,
          type,
          nullable,
          sources,
          definition,
          expression: { start: found.node.start, end: found.node.end },
        };
      });
      return { ...rows, columns };
    }
    case 'star-rename': {
      const names = new Map(modifier.items.map(it => [keyOf(place, lastPart(it.value)), it.alias]));
      return { ...rows, columns: rows.columns.map(it => renamedColumn(place, it, names.get(it.key))) };
    }
    case 'star-pattern':
      return matching(place, rows, modifier.operator, modifier.pattern);
    default:
      return modifier satisfies never;
  }
}

/** The columns that a name takes out of a star; `t.a` takes out that of `t` alone. */
function excluded(place: Place, rows: Rows, name: ColumnRef): readonly BoundColumn[] {
  const key = keyOf(place, name.parts.at(-1));
  const named = rows.columns.filter(it => it.key === key);
  const reference = name.parts.length > 1 && named.length > 1 ? resolve(name, place) : undefined;
  if (reference?.kind !== 'column') return named;
  const { column, relation } = reference;
  const own = named.filter(it => it.sources === column.sources && it.definition === column.definition);
  if (own.length <= 1) return own.length === 0 ? named : own;
  // A CTE that is read twice gives the same columns twice.
  const twins = place.scope.relations.filter(it => it.rows.columns.includes(column));
  return own.filter((_, at) => twins[at] === relation);
}

const lastPart = (value: Expression): NamePart | undefined =>
  value.kind === 'column' ? value.parts.at(-1) : undefined;

/** What is taken out must be there. */
function checkListed(place: Place, rows: Rows, name: NamePart | undefined): void {
  if (rows.isOpen || name?.kind !== 'name' || rows.columns.some(it => it.key === keyOf(place, name))) return;
  const names = rows.columns.map(it => it.name);
  report(place.context, {
    ...unknownColumn(name, name.text, undefined, candidates(name.text, names)),
    severity: 'error',
  });
}

/** The columns whose names a LIKE pattern matches; other patterns are the engine's own language. */
function matching({ context }: Place, rows: Rows, operator: string, pattern: Expression): Rows {
  const text = pattern.kind === 'literal' ? context.text.slice(pattern.start + 1, pattern.end - 1) : undefined;
  const plain = operator.replace(/^not /, '');
  const test = text === undefined ? undefined : likeTest(plain === 'similar' ? 'similar to' : plain, text);
  if (test === undefined) return { columns: [], isOpen: true, influences: [] };
  return { ...rows, columns: rows.columns.filter(it => test(it.name) !== operator.startsWith('not ')) };
}

function renamedColumn(place: Place, column: BoundColumn, name: NamePart | undefined): BoundColumn {
  if (name?.kind !== 'name') return column;
  return { ...column, name: name.text, key: keyOf(place, name), definition: { start: name.start, end: name.end } };
}
