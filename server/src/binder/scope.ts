import type { TextRange } from '../base/text-range.ts';
import type { DialectName } from '../syntax/sql/dialect.ts';
import type { ColumnRef, Name } from '../syntax/sql/expression-nodes.ts';
import { nameKey } from '../syntax/sql/name-key.ts';
import type { TableName } from '../syntax/sql/nodes.ts';
import { aliasesSeenIn } from './alias-rules.ts';
import type { Place } from './context.ts';
import { columnNamed, type BoundColumn, type Influence, type Rows } from './rows.ts';
import { sameType, type SqlType } from './types.ts';

/** What gives a relation its rows. */
export type RelationKind = 'table' | 'cte' | 'subquery' | 'function' | 'other';

/** A relation under the names it can be called by. */
export interface ScopeRelation {
  /** Keys of its name: one for an alias, all parts for a table without one; empty for a relation without a name. */
  readonly path: readonly string[];
  /** Its name as the text has it. */
  readonly name: string;
  readonly kind: RelationKind;
  /** Where the text names it, or all of it when it has no name. */
  readonly range: TextRange | undefined;
  readonly rows: Rows;
  /** The table it is, when nobody knows its columns: what is named in it is its. */
  readonly unknown: TableName | undefined;
  /** Whether `*` leaves it out: the right side of a semi join, the position of an element. */
  readonly hidden: boolean;
}

/** A parameter of a lambda. */
export interface Local {
  readonly type: SqlType | undefined;
  readonly range: TextRange;
}

/** What names mean at a place in a query. */
export interface Scope {
  readonly relations: readonly ScopeRelation[];
  /** Columns that USING or NATURAL made one of, by key. */
  readonly merged: ReadonlyMap<string, BoundColumn>;
  /** Names of the select list so far. */
  readonly aliases: readonly BoundColumn[];
  /** Parameters of lambdas and comprehensions around this place, by key. */
  readonly locals: ReadonlyMap<string, Local>;
  /** What decides about the rows here; collected while the query is bound. */
  readonly influences: Set<Influence>;
  /** The query around this one, or what stands before a comma of its FROM. */
  readonly outer: Scope | undefined;
  /** Whether this is what stands before a comma; not every condition of a join behind it sees that. */
  readonly isBeside?: boolean;
}

/** A scope without names inside `outer`. */
export const emptyScope = (outer: Scope | undefined): Scope => ({
  relations: [],
  merged: NONE,
  aliases: [],
  locals: NO_LOCALS,
  influences: new Set(),
  outer,
});

const NONE: Scope['merged'] = new Map();
const NO_LOCALS: Scope['locals'] = new Map();

/** What a column reference turned out to be. */
export type Reference =
  /**
   * A column; the parts of the reference behind the first `nParts` reach into its value. `relation` has it, unless it
   * is an alias of the select list. `assumed` columns are of a relation that nobody knows, and can be nowhere else.
   */
  | {
      readonly kind: 'column';
      readonly column: BoundColumn;
      readonly relation: ScopeRelation | undefined;
      readonly nParts: number;
      readonly assumed: boolean;
      /** Whether the column is of a query around this one. */
      readonly isOuter: boolean;
    }
  /** A parameter of a lambda. */
  | { readonly kind: 'local'; readonly local: Local }
  /** A relation as a value: a row. */
  | { readonly kind: 'relation'; readonly relation: ScopeRelation; readonly nParts: number }
  /** It may be a column of a relation that is not known well enough. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ambiguous'; readonly columns: readonly BoundColumn[] }
  /** `relation` is the one that the name begins with and that has no such column. */
  | { readonly kind: 'not-found'; readonly relation: ScopeRelation | undefined };

const UNKNOWN: Reference = { kind: 'unknown' };
const NOT_FOUND: Reference & { readonly kind: 'not-found' } = { kind: 'not-found', relation: undefined };

/** Looks a reference up from the innermost query outwards. */
export function resolve(ref: ColumnRef, place: Place): Reference {
  const { dialect } = place.context;
  const names: Name[] = [];
  const keys: string[] = [];
  for (const part of ref.parts) {
    if (part.kind !== 'name') return UNKNOWN;
    names.push(part);
    keys.push(nameKey(part, dialect));
  }
  const aliasRule = aliasesSeenIn(place.clause, dialect);
  // DuckDB's subqueries see the names of the list around them.
  const outerRule = dialect === 'duckdb' ? 'last' : 'never';
  let missed = NOT_FOUND;
  for (let at: Scope | undefined = place.scope; at !== undefined; at = at.outer) {
    const isOuter = at !== place.scope;
    const found = resolveIn({ keys, names, scope: at, place, isOuter, aliasRule: isOuter ? outerRule : aliasRule });
    if (found.kind === 'not-found') {
      missed = missed.kind === 'not-found' && missed.relation === undefined ? found : missed;
    } else return found;
  }
  return missed;
}

/** One look into one scope. */
interface Lookup {
  readonly keys: readonly string[];
  readonly names: readonly Name[];
  readonly scope: Scope;
  readonly place: Place;
  readonly isOuter: boolean;
  readonly aliasRule: 'first' | 'last' | 'never';
}

function resolveIn(lookup: Lookup): Reference {
  const { keys, scope } = lookup;
  const local = scope.locals.get(keys[0] ?? '');
  if (local !== undefined) return { kind: 'local', local };
  if (keys.length === 1) return plainColumn(lookup);
  const qualified = qualifiedColumn(lookup);
  if (qualified.kind !== 'not-found') return qualified;
  const plain = plainColumn(lookup);
  // `t.a` with a known `t` that has no `a` is no part of `t` as a value, and no field of an unknown column `t`.
  const isRelation = plain.kind === 'relation' || (qualified.relation !== undefined && isAssumed(plain));
  return isRelation || plain.kind === 'not-found' ? qualified : plain;
}

const isAssumed = (it: Reference): boolean => it.kind === 'unknown' || (it.kind === 'column' && it.assumed);

/** `t.a`, `s.t.a`: the longest name of a relation that the reference begins with. */
function qualifiedColumn(lookup: Lookup): Reference {
  const { keys, scope, isOuter } = lookup;
  let missed: Reference & { readonly kind: 'not-found' } = NOT_FOUND;
  const isShared = SHARED_NAMES.has(lookup.place.context.dialect);
  for (let nTable = keys.length - 1; nTable > 0; nTable--) {
    const relation = relationNamed(scope, keys, nTable, isShared ? keys[nTable] : undefined);
    if (relation === undefined) continue;
    const column = columnNamed(relation.rows, keys[nTable] ?? '') ?? columnAt(relation, keys[nTable] ?? '');
    const others = isShared && column !== undefined ? namesakes(lookup, relation, nTable) : NO_COLUMNS;
    if (column !== undefined && others.length > 0) return { kind: 'ambiguous', columns: [column, ...others] };
    if (column !== undefined) return { kind: 'column', column, relation, nParts: nTable + 1, assumed: false, isOuter };
    if (relation.rows.isOpen) return assumed(lookup, relation, nTable);
    missed = { kind: 'not-found', relation };
  }
  return missed.relation === undefined ? (inItsSchema(lookup) ?? missed) : missed;
}

/** Dialects in which relations of one FROM may share a name: it is that of the one that has the column. */
export const SHARED_NAMES: ReadonlySet<DialectName> = new Set(['duckdb', 'databricks', 'trino']);

const NO_COLUMNS: readonly BoundColumn[] = [];

/** The columns of the same name of other relations with the name of this one. */
function namesakes({ keys, scope }: Lookup, relation: ScopeRelation, nTable: number): readonly BoundColumn[] {
  const key = keys[nTable] ?? '';
  if (scope.merged.has(key)) return NO_COLUMNS;
  const others = scope.relations.filter(it => it !== relation && !it.hidden && endsWith(it.path, keys, nTable));
  if (others.length === 0) return NO_COLUMNS;
  return others.filter(it => it.path.length === relation.path.length).flatMap(it => columnNamed(it.rows, key) ?? []);
}

/** `s.t.a` where the text has the table without its schema: that schema may be the one it is found in. */
function inItsSchema({ keys, scope, isOuter }: Lookup): Reference | undefined {
  for (const relation of scope.relations) {
    const nTable = keys.indexOf(relation.path[0] ?? '') + 1;
    if (relation.kind !== 'table' || relation.path.length !== 1 || nTable < 2 || nTable >= keys.length) continue;
    const column = columnNamed(relation.rows, keys[nTable] ?? '');
    if (column !== undefined) return { kind: 'column', column, relation, nParts: nTable + 1, assumed: false, isOuter };
    if (relation.rows.isOpen) return UNKNOWN;
  }
  return undefined;
}

/** A column of a table that nobody knows. */
function assumed({ names, place, isOuter }: Lookup, relation: ScopeRelation, at: number): Reference {
  const name = names[at];
  const { context } = place;
  const sources = relation.rows.rest ?? ownSource(relation, name, place);
  if (sources === undefined || name === undefined) return UNKNOWN;
  const column: BoundColumn = {
    name: name.text,
    key: nameKey(name, context.dialect),
    definition: undefined,
    expression: undefined,
    type: undefined,
    nullable: undefined,
    sources,
  };
  return { kind: 'column', column, relation, nParts: at + 1, assumed: true, isOuter };
}

function ownSource(
  { unknown }: ScopeRelation,
  name: Name | undefined,
  { context }: Place,
): BoundColumn['sources'] | undefined {
  if (unknown === undefined || name === undefined) return undefined;
  return [context.sources.copied(tableText(unknown), unknown, name.text)];
}

/** A table's name as the text has it, without quotes. */
export function tableText({ parts }: TableName): string {
  const [first] = parts;
  if (parts.length === 1) return first?.kind === 'name' ? first.text : '';
  return parts.flatMap(it => (it.kind === 'name' ? [it.text] : [])).join('.');
}

/**
 * The relation whose name ends with the first `nTable` of the keys; of several the first that has the `wanted` column,
 * or may have it.
 */
function relationNamed(
  scope: Scope,
  keys: readonly string[],
  nTable: number,
  wanted: string | undefined,
): ScopeRelation | undefined {
  let first: ScopeRelation | undefined;
  let open: ScopeRelation | undefined;
  for (const relation of scope.relations) {
    if (!endsWith(relation.path, keys, nTable)) continue;
    if (wanted === undefined || columnNamed(relation.rows, wanted) !== undefined) return relation;
    first ??= relation;
    if (relation.rows.isOpen) open ??= relation;
  }
  return open ?? first;
}

function endsWith(path: readonly string[], keys: readonly string[], nTable: number): boolean {
  const offset = path.length - nTable;
  if (offset < 0) return false;
  for (let at = 0; at < nTable; at++) if (path[offset + at] !== keys[at]) return false;
  return true;
}

/** Snowflake's `$2`: the second column of a relation whose columns are all known. */
function columnAt(relation: ScopeRelation, key: string): BoundColumn | undefined {
  const position = /^\$(\d+)$/.exec(key)?.[1];
  return position === undefined || relation.rows.isOpen ? undefined : relation.rows.columns[Number(position) - 1];
}

/** `a`: a column of one relation, an alias of the select list, or a whole relation as a value. */
function plainColumn(lookup: Lookup): Reference {
  const { keys, scope, aliasRule, isOuter } = lookup;
  const [key = ''] = keys;
  const [only, ...others] = scope.relations;
  if (only !== undefined && others.length === 0 && lookup.place.context.dialect === 'snowflake') {
    const column = columnAt(only, key);
    if (column !== undefined) return { kind: 'column', column, relation: only, nParts: 1, assumed: false, isOuter };
  }
  const alias = aliasRule === 'never' ? undefined : scope.aliases.find(it => it.key === key && key !== '');
  const asAlias = (column: BoundColumn): Reference => ({
    kind: 'column',
    column,
    relation: undefined,
    nParts: 1,
    assumed: false,
    isOuter,
  });
  if (alias !== undefined && aliasRule === 'first') return asAlias(alias);
  const merged = scope.merged.get(key);
  if (merged !== undefined) return asAlias(merged);
  const found = columnsNamed(scope, key);
  if (found.length > 1) return among(lookup, found, alias);
  const [first] = found;
  if (first !== undefined) return { kind: 'column', ...first, nParts: 1, assumed: false, isOuter };
  if (alias !== undefined) return asAlias(alias);
  const relation = scope.relations.find(it => it.path.at(-1) === key && key !== '');
  if (relation !== undefined) return { kind: 'relation', relation, nParts: 1 };
  return openColumn(lookup);
}

/** Of several columns of a name that of the list counts, and in BigQuery the element that has the name itself. */
function among(
  { place, scope, isOuter }: Lookup,
  found: readonly { readonly column: BoundColumn; readonly relation: ScopeRelation }[],
  alias: BoundColumn | undefined,
): Reference {
  const [first] = found;
  const key = first?.column.key;
  const isLenient = place.context.dialect === 'bigquery';
  const element = isLenient && alias === undefined ? found.find(it => it.relation.path.at(-1) === key) : undefined;
  const column = isLenient
    ? (alias ?? element?.column)
    : withUsing(
        place,
        scope,
        found.map(it => it.column),
      );
  if (column === undefined) return { kind: 'ambiguous', columns: found.map(it => it.column) };
  return { kind: 'column', column, relation: element?.relation, nParts: 1, assumed: false, isOuter };
}

/**
 * Beside USING Snowflake also takes one of several columns of a name that USING does not list. Which one it takes it
 * does not say, so that the value may come from any of them.
 */
function withUsing({ context }: Place, scope: Scope, found: readonly BoundColumn[]): BoundColumn | undefined {
  const [first] = found;
  if (context.dialect !== 'snowflake' || scope.merged.size === 0 || first === undefined) return undefined;
  const agree = found.every(it => sameType(it.type, first.type));
  return {
    ...first,
    type: agree ? first.type : undefined,
    nullable: undefined,
    sources: context.sources.union(found.map(it => it.sources)),
  };
}

/** A name that no known column has is a column of the one table that is not known, if there is just one. */
function openColumn(lookup: Lookup): Reference {
  const { scope, place, names } = lookup;
  const everyOpen = scope.relations.filter(it => it.rows.isOpen);
  const shown = everyOpen.filter(it => !it.hidden);
  const open = shown.length > 0 ? shown : everyOpen;
  const [only] = open;
  if (only === undefined) return NOT_FOUND;
  const isOuterOpen = hasOpenOuter(scope);
  // A bare word may also be what a dialect calls without brackets, or the part of a date.
  if (open.length > 1 || isOuterOpen || names[0] === undefined) return UNKNOWN;
  return place.scope.locals.size > 0 ? UNKNOWN : assumed(lookup, only, 0);
}

function hasOpenOuter(scope: Scope): boolean {
  for (let at = scope.outer; at !== undefined; at = at.outer) {
    if (at.relations.length > 0) return true;
  }
  return false;
}

function columnsNamed(
  scope: Scope,
  key: string,
): readonly { readonly column: BoundColumn; readonly relation: ScopeRelation }[] {
  const found: { readonly column: BoundColumn; readonly relation: ScopeRelation }[] = [];
  for (const relation of scope.relations) {
    if (relation.hidden) continue;
    const column = columnNamed(relation.rows, key);
    if (column !== undefined) found.push({ column, relation });
  }
  if (found.length > 0) return found;
  for (const relation of scope.relations) {
    const column = relation.hidden ? columnNamed(relation.rows, key) : undefined;
    if (column !== undefined) return [{ column, relation }];
  }
  return found;
}

/** Whether some relation here may have any column. */
export const isOpenScope = (scope: Scope): boolean => scope.relations.some(it => it.rows.isOpen);
