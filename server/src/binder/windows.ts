import type { WindowClause, WindowDefinition } from '../syntax/sql/nodes.ts';

/** The windows that a clause names. */
export function windowsOf(
  clauses: readonly { readonly kind: string }[],
): ReadonlyMap<string, WindowDefinition> | undefined {
  if (!clauses.some(isWindowClause)) return undefined;
  const definitions = clauses.flatMap(it => (isWindowClause(it) ? it.definitions : []));
  return new Map(definitions.flatMap(it => (it.name.kind === 'name' ? [[it.name.text.toLowerCase(), it]] : [])));
}

const isWindowClause = (it: { readonly kind: string }): it is WindowClause => it.kind === 'window';
