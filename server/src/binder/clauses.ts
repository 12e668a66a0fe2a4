import type { GroupItem, TailClause, WindowClause } from '../syntax/sql/nodes.ts';
import { windowValues } from './calls.ts';
import type { Clause, Place } from './context.ts';
import type { BoundColumn, InfluenceKind, Rows } from './rows.ts';
import { isOpenScope } from './scope.ts';
import { relationOf } from './relations.ts';
import { UNKNOWN_ROWS } from './rows.ts';
import { bindValue } from './evaluate.ts';

/** The place in a clause that sees the names of the select list. */
export function inClauseOf(place: Place, clause: Clause, rows: Rows): Place {
  const { relations } = place.scope;
  // Behind an open list any name may be one of its.
  const isHidden = rows.isOpen && !isOpenScope(place.scope);
  const more = isHidden ? [...relations, relationOf([], '', 'other', undefined, UNKNOWN_ROWS)] : relations;
  return { ...place, clause, scope: { ...place.scope, aliases: rows.columns, relations: more } };
}

/** What decides about rows in a clause. */
export function addInfluences({ context, scope }: Place, kind: InfluenceKind, sources: BoundColumn['sources']): void {
  for (const it of context.sources.influences(kind, sources)) scope.influences.add(it);
}

/** Sorting, limits and what else follows the body of a query. */
export function bindTail(place: Place, tail: readonly TailClause[]): void {
  const cuts = tail.some(it => it.kind === 'limit' || it.kind === 'offset' || it.kind === 'fetch');
  for (const clause of tail) {
    switch (clause.kind) {
      case 'order-by':
      case 'sort-by':
      case 'cluster-by':
      case 'distribute-by':
        for (const { value } of clause.items) {
          const bound = bindValue(place, value);
          if (cuts) addInfluences(place, 'order', bound.sources);
        }
        break;
      case 'limit':
      case 'offset':
      case 'fetch':
        for (const it of [clause.count, clause.offset]) {
          if (it !== undefined) bindValue({ ...place, clause: 'limit' }, it);
        }
        break;
      case 'window':
        bindWindows(place, clause);
        break;
      case 'where':
      case 'having':
      case 'qualify':
      case 'start-with':
        bindCondition(place, clause.condition, clause.kind === 'start-with' ? 'where' : clause.kind);
        break;
      case 'locking':
      case 'sample':
      case 'error':
        break;
      default:
        clause satisfies never;
    }
  }
}

/** A condition decides which rows there are. */
export function bindCondition(place: Place, condition: Parameters<typeof bindValue>[1], clause: Clause): void {
  const inside = { ...place, clause };
  place.context.places.push({ start: condition.start, end: condition.end, place: inside });
  addInfluences(place, 'filter', bindValue(inside, condition).sources);
}

/** The names inside the definitions of windows. */
export function bindWindows(place: Place, { definitions }: WindowClause): void {
  for (const { window } of definitions) windowValues({ ...place, clause: 'window' }, window);
}

/** The items of GROUP BY with those inside ROLLUP, CUBE and GROUPING SETS. */
export function flatGroups(
  items: readonly GroupItem[],
): readonly Exclude<GroupItem, { readonly kind: 'grouping-sets' }>[] {
  return items.flatMap(it => (it.kind === 'grouping-sets' ? flatGroups(it.items) : [it]));
}
