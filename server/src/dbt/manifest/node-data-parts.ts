import type { Data, DataMap } from './data.ts';
import type { ColumnInfo, SourceNode } from './node.ts';

/** A column in dbt's shape. */
export function columnData(column: ColumnInfo): DataMap {
  const config = new Map<string, Data>([
    ['meta', column.meta],
    ['tags', column.tags],
  ]);
  return new Map<string, Data>([
    ['name', column.name],
    ['description', column.description],
    ['meta', column.meta],
    ['data_type', column.dataType ?? null],
    ['constraints', column.constraints],
    ['quote', column.quote ?? null],
    ['config', config],
    ['tags', column.tags],
    ['granularity', column.granularity ?? null],
    ...([...column.extra] as [string, Data][]),
  ]);
}

/** The `docs` of a node in dbt's shape. */
export const docsData = (docs: { readonly show: boolean; readonly nodeColor: string | undefined }): DataMap =>
  new Map<string, Data>([
    ['show', docs.show],
    ['node_color', docs.nodeColor ?? null],
  ]);

/** What a source shares with nodes that are built. */
export const relationFields = (node: SourceNode) =>
  [
    ['database', node.database],
    ['schema', node.schema],
    ['name', node.name],
    ['resource_type', node.resourceType],
    ['package_name', node.packageName],
    ['path', node.path],
    ['original_file_path', node.originalPath],
  ] as const;
