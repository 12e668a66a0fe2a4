import { asMap, isMap, type Data, type DataMap, type DataScalar } from './data.ts';
import { nodeData } from './node-data.ts';
import type { NodeExtras } from './node-extras.ts';
import type { ManifestNode } from './node.ts';

/** A node as the variable `model` shows it: as the manifest has it, without the keys that hold nothing. */
export function templateData(node: ManifestNode, extras: NodeExtras): DataMap {
  const data = new Map(withoutNulls(nodeData(node, extras)));
  for (const key of PARTS) {
    const part = asMap(data.get(key));
    if (part !== undefined) data.set(key, withoutNulls(part));
  }
  const columns = asMap(data.get('columns'));
  if (columns !== undefined) {
    data.set('columns', new Map([...columns].map(([name, it]) => [name, isMap(it) ? withoutNulls(it) : it])));
  }
  return data;
}

const PARTS: readonly string[] = ['config', 'docs', 'contract'];

const withoutNulls = (data: DataMap): DataMap =>
  new Map<DataScalar, Data>([...data].filter(([, value]) => value !== null));
