import type { Lambda, NamePart } from '../syntax/sql/expression-nodes.ts';
import type { SqlNode } from '../syntax/sql/nodes.ts';
import { keyOf, type Place } from './context.ts';
import type { ColumnSource } from './rows.ts';
import type { Local } from './scope.ts';
import type { SqlType } from './types.ts';

/** What is known of a value. */
export interface Value {
  readonly type: SqlType | undefined;
  /** Whether it may be NULL, where that is certain. */
  readonly nullable: boolean | undefined;
  readonly sources: readonly ColumnSource[];
}

/** A value of which nothing is known and that comes from nowhere. */
export const UNKNOWN_VALUE: Value = { type: undefined, nullable: undefined, sources: [] };

/** The type, the sources and the meaning of every name of a value. */
export const bindValue = (place: Place, node: SqlNode): Value => place.context.bindValue(place, node);

/** A value made from others. */
export function computed({ context }: Place, values: readonly Value[], type: SqlType | undefined): Value {
  let nullable = values.length > 0 ? (false as const) : undefined;
  for (const it of values) if (it.nullable !== false) nullable = undefined;
  return { type, nullable, sources: context.sources.through('transformed', sourcesOf(context, values)) };
}

/** What several values are made from together. */
export function sourcesOf({ sources }: Place['context'], values: readonly Value[]): readonly ColumnSource[] {
  const [first] = values;
  return values.length === 1 && first !== undefined ? first.sources : sources.union(values.map(it => it.sources));
}

/** Binds for the names inside only. */
export function bindAll(place: Place, nodes: readonly (SqlNode | undefined)[]): readonly Value[] {
  const values: Value[] = [];
  for (const it of nodes) if (it !== undefined) values.push(bindValue(place, it));
  return values;
}

/** The result of a lambda whose parameters have these types. */
export function bindLambda(place: Place, node: Lambda, types: readonly (SqlType | undefined)[]): Value {
  return bindValue(withLocals(place, node.parameters, types), node.body);
}

/** Inside a lambda or comprehension its parameters hide the columns of the same name. */
export function withLocals(place: Place, names: readonly NamePart[], types: readonly (SqlType | undefined)[]): Place {
  const locals = new Map<string, Local>(place.scope.locals);
  for (const [at, name] of names.entries()) locals.set(keyOf(place, name), { type: types[at], range: name });
  const inside = { ...place, scope: { ...place.scope, locals } };
  return inside;
}
