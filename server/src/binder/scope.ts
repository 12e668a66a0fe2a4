import type { ColumnRef, Name } from '../syntax/sql/expression-nodes.ts';
import { nameKey } from '../syntax/sql/name-key.ts';
import type { DialectName } from '../syntax/sql/dialect.ts';
import type { BoundColumn, Rows } from './rows.ts';

/** A relation under the names it can be called by. */
export interface ScopeRelation {
  /** Keys of its name: one for an alias, all parts for a table without one; empty for a relation without a name. */
  readonly path: readonly string[];
  readonly rows: Rows;
}

/** What names mean at a place in a query. */
export interface Scope {
  readonly relations: readonly ScopeRelation[];
  /** Columns that USING or NATURAL made one of. */
  readonly merged: ReadonlySet<string>;
  /** Names of the select list, which some clauses see. */
  readonly aliases: readonly BoundColumn[];
  /** Whether those come before the columns of relations, as in ORDER BY. */
  readonly aliasesFirst: boolean;
  /** Parameters of lambdas and comprehensions around this place. */
  readonly locals: ReadonlySet<string>;
  /** The query around this one. */
  readonly outer: Scope | undefined;
}

export const EMPTY_SCOPE: Scope = {
  relations: [],
  merged: new Set(),
  aliases: [],
  aliasesFirst: false,
  locals: new Set(),
  outer: undefined,
};

/** What a column reference turned out to be. */
export type Reference =
  /** A column; the parts of the reference behind the first `nParts` reach into its value. */
  | { readonly kind: 'column'; readonly column: BoundColumn; readonly nParts: number }
  /** A parameter of a lambda, or a relation as a value. */
  | { readonly kind: 'local' }
  /** It may be a column of a relation that is not known well enough. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ambiguous'; readonly columns: readonly BoundColumn[] }
  | { readonly kind: 'not-found' };

const UNKNOWN: Reference = { kind: 'unknown' };

/** Looks a reference up from the innermost query outwards. */
export function resolve(ref: ColumnRef, scope: Scope, dialect: DialectName): Reference {
  const names = ref.parts.filter((it): it is Name => it.kind === 'name');
  if (names.length < ref.parts.length) return UNKNOWN;
  const keys = names.map(it => nameKey(it, dialect));
  let isUncertain = false;
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    const found = resolveIn(keys, at);
    if (found.kind === 'unknown') isUncertain = true;
    else if (found.kind !== 'not-found') return found;
  }
  return isUncertain ? UNKNOWN : { kind: 'not-found' };
}

function resolveIn(keys: readonly string[], scope: Scope): Reference {
  const [first = ''] = keys;
  if (scope.locals.has(first)) return { kind: 'local' };
  const qualified = qualifiedColumn(keys, scope);
  if (qualified.kind !== 'not-found') return qualified;
  const plain = plainColumn(first, scope);
  // `t.a` with a known `t` that has no `a` is no part of `t` as a value.
  return plain.kind === 'local' && keys.length > 1 ? qualified : plain;
}

/** `t.a`, `s.t.a`: the longest name of a relation that the reference begins with. */
function qualifiedColumn(keys: readonly string[], scope: Scope): Reference {
  for (let nTable = keys.length - 1; nTable > 0; nTable--) {
    const table = keys.slice(0, nTable);
    const relation = scope.relations.find(it => endsWith(it.path, table));
    if (relation === undefined) continue;
    const column = relation.rows.columns.find(it => it.key === keys[nTable]);
    if (column !== undefined) return { kind: 'column', column, nParts: nTable + 1 };
    if (relation.rows.isOpen) return UNKNOWN;
  }
  return { kind: 'not-found' };
}

const endsWith = (path: readonly string[], tail: readonly string[]): boolean =>
  path.length >= tail.length && tail.every((it, at) => path[path.length - tail.length + at] === it);

/** `a`: a column of one relation, an alias of the select list, or a whole relation as a value. */
function plainColumn(key: string, scope: Scope): Reference {
  const alias = scope.aliases.find(it => it.key === key);
  if (alias !== undefined && scope.aliasesFirst) return { kind: 'column', column: alias, nParts: 1 };
  const found = scope.relations.flatMap(it => it.rows.columns.filter(column => column.key === key).slice(0, 1));
  const [first] = found;
  if (first !== undefined) {
    const isOne = found.length === 1 || scope.merged.has(key);
    return isOne ? { kind: 'column', column: first, nParts: 1 } : { kind: 'ambiguous', columns: found };
  }
  if (alias !== undefined) return { kind: 'column', column: alias, nParts: 1 };
  if (scope.relations.some(it => it.path.at(-1) === key)) return { kind: 'local' };
  return scope.relations.some(it => it.rows.isOpen) ? UNKNOWN : { kind: 'not-found' };
}
