import { asList, emptyMap, toJson, type Data, type DataMap, type DataScalar, type Json } from './data.ts';
import { nodeData } from './node-data.ts';
import type { Manifest, ManifestNode, UniqueId } from './node.ts';

/** What an artifact says about the invocation that wrote it. */
export interface ArtifactFacts {
  readonly dbtVersion: string;
  readonly generatedAt: string;
  readonly invocationId: string;
  readonly projectName: string;
  readonly adapterType: string;
  /** Ids of built-in macros and everything else that the project does not hold itself, with their data. */
  readonly builtinMacros?: ReadonlyMap<UniqueId, DataMap>;
}

/** What compiling added to a node. */
export interface CompiledFacts {
  readonly code: string;
  readonly ctes: readonly { readonly id: UniqueId; readonly sql: string }[];
}

/** `manifest.json` in the shape of dbt's version 12, as JSON. Nodes that were compiled carry their code. */
export function manifestJson(
  manifest: Manifest,
  facts: ArtifactFacts,
  compiled: ReadonlyMap<UniqueId, CompiledFacts>,
): Json {
  const metadata = new Map<DataScalar, Data>([
    ['dbt_schema_version', 'https://schemas.getdbt.com/dbt/manifest/v12.json'],
    ['dbt_version', facts.dbtVersion],
    ['generated_at', facts.generatedAt],
    ['invocation_id', facts.invocationId],
    ['env', emptyMap],
    ['project_name', facts.projectName],
    ['adapter_type', facts.adapterType],
  ]);
  const nodes = new Map([...manifest.nodes].map(([id, node]) => [id, withCompiled(nodeData(node), compiled.get(id))]));
  return toJson(
    new Map<DataScalar, Data>([
      ['metadata', metadata],
      ['nodes', nodes],
      ['sources', dataOf(manifest.sources)],
      ['macros', new Map([...(facts.builtinMacros ?? []), ...dataOf(manifest.macros)])],
      ['docs', dataOf(manifest.docs)],
      ['exposures', dataOf(manifest.exposures)],
      ['metrics', dataOf(ofType(manifest.semantic, 'metric'))],
      ['groups', dataOf(manifest.groups)],
      ['selectors', emptyMap],
      ['disabled', new Map([...manifest.disabled].map(([id, node]) => [id, [nodeData(node)]]))],
      ['parent_map', new Map(manifest.parents)],
      ['child_map', new Map(manifest.children)],
      ['group_map', groupMap(manifest)],
      ['saved_queries', dataOf(ofType(manifest.semantic, 'saved_query'))],
      ['semantic_models', dataOf(ofType(manifest.semantic, 'semantic_model'))],
      ['unit_tests', dataOf(manifest.unitTests)],
    ]),
  );
}

/** The `graph` variable of templates: dbt's nodes by kind. */
export function graphData(manifest: Manifest): DataMap {
  return new Map<DataScalar, Data>([
    ['exposures', dataOf(manifest.exposures)],
    ['functions', emptyMap],
    ['groups', dataOf(manifest.groups)],
    ['metrics', dataOf(ofType(manifest.semantic, 'metric'))],
    ['nodes', dataOf(manifest.nodes)],
    ['sources', dataOf(manifest.sources)],
    ['semantic_models', dataOf(ofType(manifest.semantic, 'semantic_model'))],
    ['saved_queries', dataOf(ofType(manifest.semantic, 'saved_query'))],
  ]);
}

function dataOf(nodes: ReadonlyMap<UniqueId, ManifestNode>): DataMap {
  return new Map([...nodes].map(([id, node]) => [id, nodeData(node)]));
}

const ofType = <T extends ManifestNode>(nodes: ReadonlyMap<UniqueId, T>, type: string): ReadonlyMap<UniqueId, T> =>
  new Map([...nodes].filter(([, node]) => node.resourceType === type));

function withCompiled(data: DataMap, compiled: CompiledFacts | undefined): DataMap {
  if (compiled === undefined) return data;
  const ctes = compiled.ctes.map(({ id, sql }) => new Map([['id', id] as const, ['sql', sql] as const]));
  return new Map<DataScalar, Data>([
    ...data,
    ['compiled', true],
    ['compiled_code', compiled.code],
    ['extra_ctes_injected', true],
    ['extra_ctes', ctes],
  ]);
}

function groupMap(manifest: Manifest): DataMap {
  const groups = new Map<DataScalar, Data>([...manifest.groups.values()].map(group => [group.name, []]));
  for (const node of manifest.nodes.values()) {
    const members = node.group === undefined ? undefined : asList(groups.get(node.group));
    if (node.group !== undefined && members !== undefined) groups.set(node.group, [...members, node.uniqueId]);
  }
  return groups;
}
