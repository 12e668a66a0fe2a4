import type { Place } from './context.ts';
import type { BoundColumn, Rows } from './rows.ts';

/** The columns that a pivot finds. */
export const inputColumns = ({ scope }: Place): readonly BoundColumn[] =>
  scope.relations.filter(it => !it.hidden).flatMap(it => it.rows.columns);
/** Whether there may be more of them. */
export const isOpenInput = ({ scope }: Place): boolean => scope.relations.some(it => it.rows.isOpen);
/** What the rest of them is made from. */
export const restOf = ({ scope, context }: Place): Rows['rest'] => {
  const lists = scope.relations.flatMap(it => (it.rows.rest === undefined ? [] : [it.rows.rest]));
  return lists.length === 0 ? undefined : context.sources.union(lists);
};
