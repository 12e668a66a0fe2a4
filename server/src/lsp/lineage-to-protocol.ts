import type { ManifestNode } from '../dbt/manifest/node.ts';
import type { LineageGraph as Graph } from '../features/lineage-graph.ts';
import type { LineageItem, LineageNeighbours as Neighbours } from '../features/lineage-neighbours.ts';
import type { LineageGraph, LineageNeighbours, LineageNode, LineageNodeKind } from '../protocol.ts';
import type { Project } from './project.ts';
import { uriOf } from './uris.ts';

/** A node with its neighbours as the client shows them. */
export function neighbours(project: Project, found: Neighbours): LineageNeighbours {
  return {
    project: uriOf(project.root),
    node: lineageNode(project, found.center),
    parents: found.parents.map(it => lineageNode(project, it)),
    children: found.children.map(it => lineageNode(project, it)),
  };
}

/** A graph as the client draws it. */
export function graph(project: Project, found: Graph): LineageGraph {
  return {
    project: uriOf(project.root),
    nodes: found.items.map(it => lineageNode(project, it)),
    edges: found.edges.map(({ from, to, syntactic }) => ({ from, to, kind: syntactic ? 'syntactic' : 'rendered' })),
  };
}

/** dbt's word for what a node is, as the client knows it. */
export function kindOf(resourceType: string): LineageNodeKind {
  return KINDS[resourceType] ?? 'unknown';
}

/** A node as the client shows it. */
export function lineageNode(project: Project, item: LineageItem): LineageNode {
  const { node } = item;
  const isOwn = node.packageName === project.db.project().name;
  return {
    id: item.uniqueId,
    name: item.name,
    kind: kindOf(node.resourceType),
    materialized: materializedOf(node),
    package: isOwn ? null : node.packageName,
    description: descriptionOf(node),
    place: item.place === undefined ? null : project.placeOf(item.place),
    parentCount: item.parentCount,
    childCount: item.childCount,
  };
}

function materializedOf(node: ManifestNode): string | null {
  if (node.resourceType !== 'model') return null;
  const materialized = node.config.get('materialized');
  return typeof materialized === 'string' ? materialized : 'view';
}

function descriptionOf(node: ManifestNode): string | null {
  return 'description' in node && node.description !== '' ? node.description : null;
}

const KINDS: Readonly<Record<string, LineageNodeKind>> = {
  model: 'model',
  source: 'source',
  seed: 'seed',
  snapshot: 'snapshot',
  test: 'test',
  unit_test: 'unit-test',
  analysis: 'analysis',
  operation: 'operation',
  sql_operation: 'operation',
  exposure: 'exposure',
  metric: 'metric',
  semantic_model: 'semantic-model',
  saved_query: 'saved-query',
};
