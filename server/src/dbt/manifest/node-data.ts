import { columnData, docsData, relationFields } from './node-data-parts.ts';
import { emptyMap, type Data, type DataMap, type DataScalar } from './data.ts';
import type {
  ExecutableNode,
  ExposureNode,
  GroupNode,
  MacroNode,
  DocNode,
  ManifestNode,
  RefCall,
  SemanticNode,
  SourceNode,
  UnitTestNode,
  UnitTestRows,
} from './node.ts';

/** A node in dbt's own shape: what `manifest.json`, the `graph` variable and `model` show. */
export function nodeData(node: ManifestNode): DataMap {
  switch (node.resourceType) {
    case 'source':
      return sourceData(node);
    case 'exposure':
      return exposureData(node);
    case 'unit_test':
      return unitTestData(node);
    case 'macro':
      return macroData(node);
    case 'doc':
      return docData(node);
    case 'group':
      return groupData(node);
    case 'metric':
    case 'semantic_model':
    case 'saved_query':
      return semanticData(node);
    case 'model':
    case 'seed':
    case 'snapshot':
    case 'test':
    case 'analysis':
    case 'operation':
    case 'sql_operation':
      return executableData(node);
  }
}

const map = (...entries: readonly (readonly [string, Data | undefined])[]): Map<DataScalar, Data> =>
  new Map(entries.map(([key, value]) => [key, value ?? null]));

function executableData(node: ExecutableNode): DataMap {
  const contract = node.config.get('contract') ?? null;
  return map(
    ['database', node.database],
    ['schema', node.schema],
    ...identityFields(node),
    ['alias', node.alias],
    ['checksum', map(['name', 'none'], ['checksum', ''])],
    ['config', new Map(node.config)],
    ['tags', node.tags],
    ['description', node.description],
    ['columns', new Map(node.columns.map(column => [column.name, columnData(column)]))],
    ['meta', node.meta],
    ['group', node.group],
    ['docs', docsData(node.docs)],
    ['patch_path', node.patchFile === undefined ? null : `${node.packageName}://${node.patchFile}`],
    ['build_path', null],
    ['unrendered_config', node.configCall],
    ['relation_name', node.relation.relationName],
    ['raw_code', node.rawCode],
    ['language', node.language],
    ['refs', node.refs.map(refData)],
    ['sources', node.sources.map(({ source, table }) => [source, table])],
    ['metrics', node.metrics],
    ['depends_on', map(['macros', node.dependsOn.macros], ['nodes', node.dependsOn.nodes])],
    ['compiled_path', null],
    ['contract', contract],
    ...ownFields(node),
  );
}

function ownFields(node: ExecutableNode): readonly (readonly [string, Data | undefined])[] {
  switch (node.resourceType) {
    case 'model':
      return [
        ['access', node.access],
        ['constraints', node.constraints],
        ['version', node.version],
        ['latest_version', node.latestVersion],
        ['defer_relation', null],
        ['deprecation_date', node.deprecationDate],
      ];
    case 'test': {
      const { testMetadata } = node;
      if (testMetadata === undefined) return [];
      const { name, namespace, kwargs } = testMetadata;
      return [
        ['test_metadata', map(['name', name], ['kwargs', kwargs], ['namespace', namespace])],
        ['column_name', node.columnName],
        ['attached_node', node.attachedNode],
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

const refData = ({ name, package: packageName, version }: RefCall): DataMap =>
  map(['name', name], ['package', packageName], ['version', version]);

function sourceData(node: SourceNode): DataMap {
  return map(
    ...relationFields(node),
    ['unique_id', node.uniqueId],
    ['fqn', node.fqn],
    ['source_name', node.sourceName],
    ['source_description', node.sourceDescription],
    ['loader', node.loader],
    ['identifier', node.identifier],
    ['quoting', node.quoting],
    ['loaded_at_field', node.loadedAtField],
    ['loaded_at_query', node.loadedAtQuery],
    ['freshness', node.freshness],
    ['external', node.external],
    ['description', node.description],
    ['columns', new Map(node.columns.map(column => [column.name, columnData(column)]))],
    ['meta', node.meta],
    ['source_meta', node.sourceMeta],
    ['tags', node.tags],
    ['config', new Map(node.config)],
    ['patch_path', null],
    ['unrendered_config', emptyMap],
    ['relation_name', node.relation.relationName],
  );
}

/** What every resource begins with. */
const fileFields = (node: ManifestNode) =>
  [
    ['name', node.name],
    ['resource_type', node.resourceType],
    ['package_name', node.packageName],
    ['path', node.path],
    ['original_file_path', node.originalPath],
    ['unique_id', node.uniqueId],
  ] as const;

const identityFields = (node: ManifestNode & { readonly fqn: readonly string[] }) =>
  [...fileFields(node), ['fqn', node.fqn]] as const;

function exposureData(node: ExposureNode): DataMap {
  return map(
    ...identityFields(node),
    ['type', node.type],
    ['owner', node.owner],
    ['description', node.description],
    ['label', node.label],
    ['maturity', node.maturity],
    ['meta', node.meta],
    ['tags', node.tags],
    ['config', new Map(node.config)],
    ['unrendered_config', emptyMap],
    ['url', node.url],
    ['depends_on', map(['macros', node.dependsOn.macros], ['nodes', node.dependsOn.nodes])],
    ['refs', node.refs.map(refData)],
    ['sources', node.sources.map(({ source, table }) => [source, table])],
    ['metrics', node.metrics],
  );
}

function unitTestData(node: UnitTestNode): DataMap {
  const { macros, vars, envVars } = node.overrides;
  const overrides = map(['macros', macros], ['vars', vars], ['env_vars', envVars]);
  return map(
    ['model', node.model],
    ['given', node.given.map(given => new Map([['input', given.input], ...rowsData(given)] as const))],
    ['expect', rowsData(node.expect)],
    ...identityFields(node),
    ['description', node.description],
    ['overrides', macros.size + vars.size + envVars.size === 0 ? null : overrides],
    ['depends_on', map(['macros', node.dependsOn.macros], ['nodes', node.dependsOn.nodes])],
    ['config', new Map(node.config)],
    ['version', node.version],
  );
}

const rowsData = (rows: UnitTestRows): DataMap =>
  map(['rows', rows.rows], ['format', rows.format], ['fixture', rows.fixture]);

function macroData(node: MacroNode): DataMap {
  return map(
    ...fileFields(node),
    ['description', node.description],
    ['meta', node.meta],
    ['docs', docsData(node.docs)],
    ['patch_path', node.patchFile === undefined ? null : `${node.packageName}://${node.patchFile}`],
    ['arguments', node.arguments.map(it => map(['name', it.name], ['type', it.type], ['description', it.description]))],
  );
}

function docData(node: DocNode): DataMap {
  return map(...fileFields(node), ['block_contents', node.contents]);
}

function groupData(node: GroupNode): DataMap {
  return map(
    ...fileFields(node),
    ['owner', node.owner],
    ['description', node.description],
    ['config', map(['meta', emptyMap])],
  );
}

function semanticData(node: SemanticNode): DataMap {
  return new Map<DataScalar, Data>([
    ...node.data,
    ...map(
      ...identityFields(node),
      ['description', node.description],
      ['config', new Map(node.config)],
      ['depends_on', map(['macros', node.dependsOn.macros], ['nodes', node.dependsOn.nodes])],
    ),
  ]);
}
