import type { TextRange } from '../base/text-range.ts';
import type { TableName } from '../syntax/sql/nodes.ts';
import type { Place } from './context.ts';
import type { Rows } from './rows.ts';
import { emptyScope, type RelationKind, type Scope, type ScopeRelation } from './scope.ts';

/** A relation of a scope. */
export function relationOf(
  path: readonly string[],
  name: string,
  kind: RelationKind,
  range: TextRange | undefined,
  rows: Rows,
  unknown?: TableName,
): ScopeRelation {
  return { path, name, kind, range, rows, unknown, hidden: false };
}

/** The place with one relation more. */
export function withRelation(place: Place, relation: ScopeRelation): Place {
  const scope: Scope = { ...place.scope, relations: [...place.scope.relations, relation] };
  for (const it of relation.rows.influences) scope.influences.add(it);
  return { ...place, scope };
}

/** A scope of its own beside the one so far, as for relations in parentheses that have an alias. */
export const apart = (place: Place): Place => ({
  ...place,
  scope: { ...emptyScope(place.scope.outer), influences: place.scope.influences },
});
