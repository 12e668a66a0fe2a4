import { docData, exposureData, groupData, macroData, sourceData, unitTestData } from './yaml-node-data.ts';
import { semanticData } from './semantic-data.ts';
import { contractData } from './contract.ts';
import {
  columnsData,
  constraintsData,
  docsData,
  identityFields,
  patchPath,
  pathInPackage,
  refData,
  sourceCallData,
} from './node-data-parts.ts';
import { asList, asMap, isMap, type Data, type DataMap, type DataScalar } from './data.ts';
import { fields, onlyFields, optionalFields, withDefaults, type Field } from './data-fields.ts';
import type { NodeExtras } from './node-extras.ts';
import type { ExecutableNode, ManifestNode, ModelNode, RefCall, UniqueId } from './node.ts';
import { primaryKey } from './primary-key.ts';

/** A node in dbt's own shape and order of keys: what `manifest.json` and the `graph` variable show. */
export function nodeData(node: ManifestNode, extras: NodeExtras): DataMap {
  switch (node.resourceType) {
    case 'source':
      return sourceData(node, extras);
    case 'exposure':
      return exposureData(node, extras);
    case 'unit_test':
      return unitTestData(node, extras);
    case 'macro':
      return macroData(node, extras);
    case 'doc':
      return docData(node);
    case 'group':
      return groupData(node);
    case 'metric':
    case 'semantic_model':
    case 'saved_query':
      return semanticData(node, extras);
    case 'model':
    case 'seed':
    case 'snapshot':
    case 'test':
    case 'analysis':
    case 'operation':
    case 'sql_operation':
      return fields(...executableFields(node, extras));
  }
}

/** The same of a node that can be built, as a list: most of a large manifest is these. */
export function executableFields(node: ExecutableNode, extras: NodeExtras): readonly Field[] {
  const { checksum, name } = extras.checksum(node);
  return [
    ['database', node.database],
    ['schema', node.schema],
    ...identityFields(node),
    ['alias', node.alias],
    ['checksum', fields(['name', name], ['checksum', checksum])],
    ['config', configData(node)],
    ['tags', node.tags],
    ['description', node.description],
    ['columns', columnsData(node.columns, node.packageName, extras)],
    ['meta', node.meta],
    ['group', node.group],
    ['docs', docsData(node.docs)],
    ['patch_path', patchPath(node.packageName, pathInPackage(node, node.patchFile))],
    ['build_path', null],
    ['unrendered_config', extras.unrenderedConfig(node)],
    ['created_at', extras.createdAt],
    ['relation_name', node.relation.relationName],
    ['raw_code', node.rawCode],
    ['doc_blocks', extras.docBlocks(node.packageName, node.written)],
    ...(node.resourceType === 'seed' ? seedFields(node, extras) : codeFields(node)),
    ...ownFields(node, extras),
  ];
}

function seedFields(node: ExecutableNode, extras: NodeExtras): readonly Field[] {
  return [
    ['root_path', extras.rootPath(node.packageName)],
    ['depends_on', fields(['macros', node.dependsOn.macros])],
  ];
}

function codeFields(node: ExecutableNode): readonly Field[] {
  return [
    ['language', node.language],
    ['refs', refsOf(node).map(refData)],
    ['sources', node.sources.map(sourceCallData)],
    ['metrics', node.metrics],
    ['functions', []],
    ['depends_on', dependsOnParsed(node)],
    ['compiled_path', null],
    ['contract', contractData(node)],
  ];
}

/** Tests that dbt does not render while it reads the project: what they use is known without. */
const PLAIN_TESTS: ReadonlySet<string> = new Set(['macro.dbt.test_not_null', 'macro.dbt.test_unique']);

const testMacro = (node: ExecutableNode): string | undefined =>
  node.resourceType === 'test' && node.testMetadata !== undefined
    ? node.dependsOn.macros.find(id => id.endsWith(`.test_${node.testMetadata?.name ?? ''}`))
    : undefined;

/** What a node depends on once its template was compiled and called these macros; a test names its own macro first. */
export function dependsOnCompiled(node: ExecutableNode, called: readonly UniqueId[]): DataMap {
  const own = testMacro(node);
  const macros = new Set([...(own === undefined ? [] : [own]), ...node.dependsOn.macros, ...called]);
  return fields(['macros', [...macros]], ['nodes', node.dependsOn.nodes]);
}

/** What a node depends on before that. */
function dependsOnParsed(node: ExecutableNode): DataMap {
  const own = testMacro(node);
  if (own === undefined || !PLAIN_TESTS.has(own)) return dependsOnCompiled(node, []);
  return fields(['macros', [own]], ['nodes', node.dependsOn.nodes]);
}

/** What a rendered `ref` has as a text is a number where dbt takes it from the YAML itself. */
function refsOf(node: ExecutableNode): readonly RefCall[] {
  if (!PLAIN_TESTS.has(testMacro(node) ?? '')) return node.refs;
  return node.refs.map(ref =>
    typeof ref.version === 'string' && /^\d+$/.test(ref.version) ? { ...ref, version: Number(ref.version) } : ref,
  );
}

function ownFields(node: ExecutableNode, extras: NodeExtras): readonly Field[] {
  switch (node.resourceType) {
    case 'model':
      return modelFields(node, extras);
    case 'test': {
      const { testMetadata } = node;
      if (testMetadata === undefined) return [];
      const { name, namespace, kwargs } = testMetadata;
      return [
        ['column_name', node.columnName],
        ['file_key_name', node.fileKeyName],
        ['attached_node', node.attachedNode],
        ['test_metadata', fields(['name', name], ['kwargs', kwargs], ['namespace', namespace])],
      ];
    }
    case 'operation':
    case 'sql_operation':
      return [['index', node.index]];
    case 'seed':
    case 'snapshot':
    case 'analysis':
      return [];
  }
}

function modelFields(node: ModelNode, extras: NodeExtras): readonly Field[] {
  return [
    ['access', node.access],
    ['constraints', constraintsData(node.constraints, 'model')],
    ['version', node.version],
    ['latest_version', node.latestVersion],
    ['deprecation_date', instantOf(node.deprecationDate)],
    ['primary_key', primaryKey(node, extras)],
    ['time_spine', timeSpineData(node.timeSpine)],
  ];
}

/** A day stands for its first moment. */
function instantOf(date: string | undefined): string | undefined {
  if (date === undefined) return undefined;
  const moment = date.includes(':') ? date.replace(' ', 'T') : `${date}T00:00:00`;
  return /(?:Z|[+-]\d\d:\d\d)$/.test(moment) ? moment : `${moment}+00:00`;
}

function timeSpineData(spine: DataMap | undefined): Data {
  if (spine === undefined) return null;
  const custom = spine.get('custom_granularities');
  const granularities = Array.isArray(custom) ? (custom as readonly Data[]) : [];
  return fields(
    ['standard_granularity_column', spine.get('standard_granularity_column')],
    ['custom_granularities', granularities.filter(isMap).map(it => onlyFields(it, { name: null, column_name: null }))],
  );
}

const META_COLUMNS = {
  dbt_valid_to: null,
  dbt_valid_from: null,
  dbt_scd_id: null,
  dbt_updated_at: null,
  dbt_is_deleted: null,
} satisfies Readonly<Record<string, Data>>;

/** The configuration with the parts of its parts that nobody set; the node's own where there are none. */
function configData(node: ExecutableNode): DataMap {
  const hooks = ['post-hook', 'pre-hook'].filter(key => (asList(node.config.get(key)) ?? []).length > 0);
  if (hooks.length === 0 && node.resourceType !== 'snapshot') return node.config as DataMap;
  const config = new Map<DataScalar, Data>(node.config);
  for (const key of hooks) {
    const items = asList(node.config.get(key)) ?? [];
    const complete = items.map(hook => optionalFields(hook, HOOK));
    config.set(key, complete);
  }
  if (node.resourceType === 'snapshot') {
    config.set(
      'snapshot_meta_column_names',
      withDefaults(asMap(config.get('snapshot_meta_column_names')), META_COLUMNS),
    );
  }
  return config;
}

const HOOK = { sql: '', transaction: true, index: null } satisfies Readonly<Record<string, Data>>;
