import { asList, asMap, asString, emptyMap, isMap, type Data, type DataMap } from './data.ts';
import { fields, onlyFields, withDefaults } from './data-fields.ts';
import type { NodeExtras } from './node-extras.ts';
import type { ColumnInfo, DependsOn, ManifestNode, RefCall, SourceCall, SourceNode } from './node.ts';

/** Columns by name in dbt's shape. */
export function columnsData(columns: readonly ColumnInfo[], packageName: string, extras: NodeExtras): DataMap {
  return new Map(
    columns.map(column => [column.name, columnData(column, extras.docBlocks(packageName, column.written))]),
  );
}

function columnData(column: ColumnInfo, docBlocks: readonly string[]): DataMap {
  const data = fields(
    ['name', column.name],
    ['description', column.description],
    ['meta', column.meta],
    ['data_type', column.dataType],
    ['constraints', constraintsData(column.constraints, 'column')],
    ['quote', column.quote],
    ['config', new Map(column.config).set('meta', column.meta).set('tags', column.tags)],
    ['tags', column.tags],
    ['granularity', column.granularity],
    ['doc_blocks', docBlocks],
  );
  for (const [key, value] of column.extra) data.set(key, value);
  return data;
}

const CONSTRAINT = {
  type: '',
  name: null,
  expression: null,
  warn_unenforced: true,
  warn_unsupported: true,
  to: null,
  to_columns: [],
} satisfies Readonly<Record<string, Data>>;

/** Constraints with everything that dbt knows of one. */
export function constraintsData(constraints: readonly Data[], level: 'column' | 'model'): readonly DataMap[] {
  const shape = level === 'model' ? { ...CONSTRAINT, columns: [] } : CONSTRAINT;
  return constraints.filter(isMap).map(constraint => onlyFields(constraint, shape));
}

/** The `docs` of a node in dbt's shape. */
export const docsData = (docs: { readonly show: boolean; readonly nodeColor: string | undefined }): DataMap =>
  fields(['show', docs.show], ['node_color', docs.nodeColor]);

/** A `ref` in dbt's shape. */
export const refData = ({ name, package: packageName, version }: RefCall): DataMap =>
  fields(['name', name], ['package', packageName], ['version', version]);

/** A `source` in dbt's shape. */
export const sourceCallData = ({ source, table }: SourceCall): readonly string[] => [source, table];

/** What a node depends on in dbt's shape. */
export const dependsOnData = ({ macros, nodes }: DependsOn): DataMap => fields(['macros', macros], ['nodes', nodes]);

/** An owner: its e-mail and name first, then whatever else the YAML says. */
export const ownerData = (owner: DataMap): DataMap => withDefaults(owner, { email: null, name: null });

/** What every resource begins with. */
export const fileFields = (node: ManifestNode) =>
  [
    ['name', node.name],
    ['resource_type', node.resourceType],
    ['package_name', node.packageName],
    ['path', node.path],
    ['original_file_path', node.originalPath],
    ['unique_id', node.uniqueId],
  ] as const;

/** What every resource of the graph begins with. */
export const identityFields = (node: ManifestNode & { readonly fqn: readonly string[] }) =>
  [...fileFields(node), ['fqn', node.fqn]] as const;

const TIME = { count: null, period: null } satisfies Readonly<Record<string, Data>>;

/** When a source counts as stale; null when that is switched off. */
export function freshnessData(freshness: DataMap | null): Data {
  if (freshness === null) return null;
  return fields(
    ['warn_after', onlyFields(asMap(freshness.get('warn_after')), TIME)],
    ['error_after', onlyFields(asMap(freshness.get('error_after')), TIME)],
    ['filter', asString(freshness.get('filter'))],
  );
}

/** A source's `external` in dbt's shape. */
export function externalData({ external }: SourceNode): Data {
  if (external === undefined) return null;
  const shape = { location: null, file_format: null, row_format: null, tbl_properties: null, partitions: null };
  return withDefaults(external, shape);
}

/** A name of a package and a file that describes something: `shop://models/s.yml`. */
export const patchPath = (packageName: string, path: string | undefined): string | null =>
  path === undefined ? null : `${packageName}://${path}`;

/** Where in its package a file lies, given a node of the package. */
export function pathInPackage(node: ManifestNode, file: string | undefined): string | undefined {
  const nFolder = node.file.endsWith(node.originalPath) ? node.file.length - node.originalPath.length : 0;
  return file?.startsWith(node.file.slice(0, nFolder)) === true ? file.slice(nFolder) : file;
}

/** The filters that a metric's `filter` or a saved query's `where` says, or null for none. */
export function whereData(data: Data | undefined): Data {
  const written = typeof data === 'string' ? [data] : (asList(data) ?? []).filter(it => typeof it === 'string');
  if (written.length === 0) return null;
  return fields(['where_filters', written.map(text => fields(['where_sql_template', text]))]);
}

export const metaOf = (data: DataMap | undefined): DataMap => asMap(data?.get('meta')) ?? emptyMap;
