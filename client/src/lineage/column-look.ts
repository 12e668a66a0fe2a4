import type { ColumnEdgeKind, LineageColumn } from '../../../server/src/protocol.ts';

/** What an edge says, as the words behind a column's name. */
export function wordsOf(kinds: readonly ColumnEdgeKind[]): string {
  return kinds.map(it => WORDS[it]).join(', ');
}

/** The codicon of the strongest way in which a column is used. */
export function iconOfEdges(kinds: readonly ColumnEdgeKind[]): string {
  return kinds.includes('copied') ? 'arrow-right' : kinds.some(isValueEdge) ? 'symbol-operator' : 'filter';
}

/** Whether an edge is about the value itself, and not about which rows there are. */
export const isValueEdge = (kind: ColumnEdgeKind): boolean =>
  kind === 'copied' || kind === 'transformed' || kind === 'aggregated';

/** `orders.amount`, as people write it. */
export const fullName = ({ node, name }: LineageColumn): string => `${node.name}.${name}`;

const WORDS: Readonly<Record<ColumnEdgeKind, string>> = {
  copied: 'copied',
  transformed: 'transformed',
  aggregated: 'aggregated',
  filter: 'filters rows',
  join: 'joins rows',
  group: 'groups rows',
  order: 'orders rows',
};
