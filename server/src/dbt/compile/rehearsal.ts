import { operationNode } from './operation-node.ts';
import type { ManifestView } from './manifest-view.ts';
import { runNode, type NodeRun } from './run-node.ts';

/**
 * Builds a table that no project has, without a warehouse: nothing comes of it but that the macros which build tables are
 * read and have run once, so that a thread does this while it has nothing else to do yet.
 */
export function rehearse(view: ManifestView): NodeRun {
  const operation = operationNode(view, 'rehearsal');
  const config = new Map([['materialized', 'table']]);
  return runNode(view, { ...operation, resourceType: 'model', rawCode: 'select 1 as id', config }, {});
}
