import type { ManifestView, NodeView } from './manifest-view.ts';
import { emptyMap } from '../manifest/data.ts';
import { relationStyle } from '../manifest/relation.ts';

/** A node for what runs without one: a macro called from the command line, the making of schemas. */
export function operationNode(view: ManifestView, name: string): NodeView {
  const { quote } = relationStyle(view.adapterType);
  const text = (key: string): string | undefined => {
    const value = view.target.get(key);
    return typeof value === 'string' ? value : undefined;
  };
  const database = text('database') ?? text('dbname');
  const schema = text('schema') ?? '';
  return {
    uniqueId: `operation.${view.projectName}.${name}`,
    resourceType: 'operation',
    name,
    packageName: view.projectName,
    originalPath: '',
    rawCode: '',
    language: 'sql',
    config: emptyMap as NodeView['config'],
    database,
    schema,
    alias: name,
    relation: { database, schema, identifier: name, quote, relationName: undefined },
    dependsOn: { nodes: [], macros: [] },
    columns: [],
    description: '',
  };
}
