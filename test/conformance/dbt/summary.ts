import { defaultConfig } from '../../../server/src/dbt/config/defaults.ts';
import { sameData, stringEntries, toJson, type Json } from '../../../server/src/dbt/manifest/data.ts';
import type {
  ColumnInfo,
  ExecutableNode,
  Manifest,
  ManifestNode,
  NodeConfig,
  SourceNode,
  UnitTestNode,
} from '../../../server/src/dbt/manifest/node.ts';
import type { ManifestSummary, NodeSummary, Summaries } from './expected.ts';

/** What a case compares of a manifest. `compiled` gives a node's SQL, or `undefined` for a node that was not compiled. */
export function summarize(manifest: Manifest, compiled: (uniqueId: string) => string | undefined): ManifestSummary {
  return {
    nodes: summaries(manifest.nodes.values(), it => executable(manifest, it, compiled(it.uniqueId))),
    sources: summaries(manifest.sources.values(), source),
    exposures: summaries(manifest.exposures.values(), it => ({ ...common(it), type: it.type, ...dependsOn(manifest, it) })),
    unit_tests: summaries(manifest.unitTests.values(), it => unitTest(manifest, it)),
    groups: summaries(manifest.groups.values(), it => ({ name: it.name, package_name: it.packageName, path: it.originalPath })),
    disabled: [...manifest.disabled.keys()].toSorted(),
    parent_map: parentMap(manifest),
  };
}

function summaries<T extends ManifestNode>(nodes: Iterable<T>, summary: (node: T) => NodeSummary): Summaries {
  return Object.fromEntries([...nodes].map(it => [it.uniqueId, withoutEmpty(summary(it))]));
}

/** dbt's records leave out what is empty; `false`, `0`, the parts of a config and what a seed compiles to (nothing) are kept. */
function withoutEmpty(summary: NodeSummary): NodeSummary {
  return Object.fromEntries(Object.entries(summary).filter(([key, value]) => (key === 'compiled' && value !== null) || !isEmpty(value)));
}

function isEmpty(value: Json): boolean {
  if (value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function common(node: ManifestNode): NodeSummary {
  return {
    unique_id: node.uniqueId,
    resource_type: node.resourceType,
    name: node.name,
    package_name: node.packageName,
    path: node.originalPath,
    description: 'description' in node ? node.description : '',
    ...('fqn' in node ? { fqn: node.fqn } : {}),
    ...('config' in node ? { config: configSummary(node, node.config) } : {}),
  };
}

type Depending = Pick<ExecutableNode, 'dependsOn'>;

/** Of the macros, the records keep those of the project and its packages. */
function dependsOn(manifest: Manifest, { dependsOn: { nodes, macros } }: Depending): NodeSummary {
  const own = macros.filter(it => manifest.macros.has(it)).toSorted();
  return { depends_on: { nodes: nodes.toSorted(), ...(own.length === 0 ? {} : { macros: own }) } };
}

function executable(manifest: Manifest, node: ExecutableNode, compiled: string | undefined): NodeSummary {
  return {
    ...common(node),
    ...(node.resourceType === 'seed' ? {} : dependsOn(manifest, node)),
    database: node.database ?? null,
    schema: node.schema,
    alias: node.alias,
    identifier: node.alias,
    relation_name: node.relation.relationName ?? null,
    compiled: compiled ?? null,
    columns: columns(node.columns),
    group: node.group ?? null,
    ...(node.resourceType === 'model' ? { access: node.access, version: node.version ?? null } : {}),
    ...(node.resourceType === 'test' ? testSummary(node) : {}),
  };
}

function testSummary(node: ExecutableNode & { readonly resourceType: 'test' }): NodeSummary {
  const { testMetadata } = node;
  const metadata = testMetadata && {
    name: testMetadata.name,
    kwargs: toJson(testMetadata.kwargs),
    ...(testMetadata.namespace === undefined ? {} : { namespace: testMetadata.namespace }),
  };
  return {
    column_name: node.columnName ?? null,
    attached_node: node.attachedNode ?? null,
    test_metadata: metadata ?? null,
  };
}

/** Column names, with their descriptions where they have any. */
function columns(infos: readonly ColumnInfo[]): Json {
  return Object.fromEntries(infos.map(it => [it.name, it.description === '' ? {} : { description: it.description }]));
}

function source(node: SourceNode): NodeSummary {
  return {
    ...common(node),
    source_name: node.sourceName,
    database: node.database ?? null,
    schema: node.schema,
    identifier: node.identifier,
    relation_name: node.relation.relationName ?? null,
    columns: columns(node.columns),
  };
}

function unitTest(manifest: Manifest, node: UnitTestNode): NodeSummary {
  return { ...common(node), model: node.model, ...dependsOn(manifest, node) };
}

const ALWAYS = ['enabled', 'materialized', 'tags', 'meta'];
const WHEN_SET = ['schema', 'alias', 'database'];

/** The four keys that every record has, the naming keys where they are set, and whatever differs from dbt's default. */
function configSummary(node: ManifestNode, config: NodeConfig): Json {
  const defaults = defaultConfig(node.resourceType);
  const kept = stringEntries(config).filter(([key, value]) => {
    if (ALWAYS.includes(key)) return true;
    if (WHEN_SET.includes(key)) return value !== null;
    // The records leave out a freshness that is switched off like one that nobody set.
    if (key === 'freshness' && value === null) return false;
    const usual = defaults.get(key);
    return usual === undefined ? !isEmpty(toJson(value)) : !sameData(usual, value);
  });
  return Object.fromEntries(kept.map(([key, value]) => [key, key === 'docs' ? withoutNulls(toJson(value)) : toJson(value)]));
}

/** dbt's records leave out the parts of `docs` that nobody set. */
function withoutNulls(json: Json): Json {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) return json;
  return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== null));
}

function parentMap(manifest: Manifest): Readonly<Record<string, readonly string[]>> {
  const entries = [...manifest.parents].filter(([, parents]) => parents.length > 0);
  return Object.fromEntries(entries.map(([id, parents]) => [id, parents.toSorted()]));
}
