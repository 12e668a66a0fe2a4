import type { Comprehension, Lambda } from '../syntax/sql/expression-nodes.ts';
import { nameKey } from '../syntax/sql/name-key.ts';
import type { SqlNode } from '../syntax/sql/nodes.ts';
import { children } from '../syntax/sql/visit.ts';
import type { Place } from './context.ts';
import { mergeSources, type ColumnSource } from './rows.ts';
import { resolve } from './scope.ts';

/** Looks up every column in `node` and answers with what its value is made from. Chains of operators cost no stack. */
export function bindValue(place: Place, node: SqlNode): readonly ColumnSource[] {
  const sources: (readonly ColumnSource[])[] = [];
  const rest: SqlNode[] = [node];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (next.kind === 'column') sources.push(bindColumn(place, next));
    else if (next.kind === 'query') sources.push(bindSubquery(place, next));
    else if (next.kind === 'lambda' || next.kind === 'comprehension') sources.push(bindLocals(place, next));
    else rest.push(...children(next));
  }
  return mergeSources(sources);
}

function bindColumn({ context, scope }: Place, ref: SqlNode & { kind: 'column' }): readonly ColumnSource[] {
  const reference = resolve(ref, scope, context.dialect);
  context.references.set(ref, reference);
  return reference.kind === 'column' ? reference.column.sources : [];
}

function bindSubquery({ context, scope, ctes }: Place, query: SqlNode & { kind: 'query' }): readonly ColumnSource[] {
  const { columns } = context.bindQuery(context, query, scope, ctes);
  return mergeSources(columns.map(it => it.sources));
}

/** Inside a lambda or comprehension its parameters hide the columns of the same name. */
function bindLocals(place: Place, node: Lambda | Comprehension): readonly ColumnSource[] {
  const names = node.kind === 'lambda' ? node.parameters : node.names;
  const locals = new Set(place.scope.locals);
  for (const name of names) {
    if (name.kind === 'name') locals.add(nameKey(name, place.context.dialect));
  }
  const inside: Place = { ...place, scope: { ...place.scope, locals } };
  return mergeSources(children(node).map(it => bindValue(inside, it)));
}
