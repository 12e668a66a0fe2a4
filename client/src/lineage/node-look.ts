import type { LineageNode, LineageNodeKind } from '../../../server/src/protocol.ts';

/** The codicon that stands for a kind of node, in trees and on run results. */
export function iconOf(kind: LineageNodeKind): string {
  return ICONS[kind];
}

/** The gray words behind a node's name: what it is, and its package when it is not the project's own. */
export function detailOf(node: LineageNode): string {
  const kind = node.kind === 'model' ? (node.materialized ?? 'model') : node.kind.replace('-', ' ');
  return node.package === null ? kind : `${kind} · ${node.package}`;
}

const ICONS: Readonly<Record<LineageNodeKind, string>> = {
  model: 'table',
  source: 'database',
  seed: 'list-flat',
  snapshot: 'history',
  test: 'beaker',
  'unit-test': 'beaker',
  analysis: 'search',
  operation: 'gear',
  exposure: 'dashboard',
  metric: 'graph-line',
  'semantic-model': 'symbol-class',
  'saved-query': 'bookmark',
  unknown: 'question',
};
