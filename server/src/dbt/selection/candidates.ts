import type {
  ExecutableNode,
  ExposureNode,
  Manifest,
  ResourceType,
  SemanticNode,
  SourceNode,
  UniqueId,
  UnitTestNode,
} from '../manifest/node.ts';

/** What a selection can name: everything in the graph. */
export type Selectable = ExecutableNode | SourceNode | ExposureNode | UnitTestNode | SemanticNode;

/** All nodes of the graph by id, in the order of their ids. */
export function selectableNodes(manifest: Manifest): ReadonlyMap<UniqueId, Selectable> {
  const nodes: Selectable[] = [
    ...manifest.nodes.values(),
    ...manifest.sources.values(),
    ...manifest.exposures.values(),
    ...manifest.unitTests.values(),
    ...manifest.semantic.values(),
  ];
  // A test of something that is not there is switched off.
  const inGraph = nodes.filter(node => !isDisabled(node));
  return new Map(inGraph.sort((a, b) => (a.uniqueId < b.uniqueId ? -1 : 1)).map(node => [node.uniqueId, node]));
}

const isDisabled = (node: Selectable): boolean => 'enabled' in node && !node.enabled;

/** Everything but sources: what a bare name can mean. */
export const isNamed = (node: Selectable): node is Exclude<Selectable, SourceNode> => node.resourceType !== 'source';

/** What dbt keeps in `nodes`. */
export const isExecutable = (node: Selectable): node is ExecutableNode => EXECUTABLE.has(node.resourceType);

const EXECUTABLE: ReadonlySet<ResourceType> = new Set([
  'model',
  'seed',
  'snapshot',
  'test',
  'analysis',
  'operation',
  'sql_operation',
]);

/** Data tests and unit tests: what may come along with what it tests. */
export const isTest = (node: Selectable): boolean => node.resourceType === 'test' || node.resourceType === 'unit_test';

/** The ids of the nodes it depends on. */
export const dependencies = (node: Selectable): readonly UniqueId[] =>
  'dependsOn' in node ? node.dependsOn.nodes : [];
