import { Float } from '../../render/value.ts';
import { scalarValue } from '../../syntax/yaml/scalar.ts';
import {
  dereferenced,
  isMerge,
  mergedInto,
  type YamlMapping,
  type YamlNode,
  type YamlScalar,
} from '../../syntax/yaml/tree.ts';
import { Timestamp, type Data, type DataMap, type DataScalar } from './data.ts';

/** What Python's safe loader makes of a node: merge keys resolved, the last of equal keys kept, YAML 1.1 scalars. */
export function dataOf(node: YamlNode | undefined): Data {
  const real = dereferenced(node);
  if (real === undefined) return null;
  switch (real.kind) {
    case 'scalar':
      return dataOfScalar(real);
    case 'sequence':
      return real.items.map(dataOf);
    case 'mapping':
      return dataOfMapping(real);
  }
}

/** What a scalar means. */
export function dataOfScalar(scalar: YamlScalar): DataScalar {
  const meaning = scalarValue(scalar);
  switch (meaning.type) {
    case 'null':
      return null;
    case 'bool':
    case 'int':
    case 'str':
      return meaning.value;
    case 'float':
      return new Float(meaning.value);
    case 'date':
    case 'datetime':
      return new Timestamp(meaning.type, meaning.text);
  }
}

// Merged-in entries come first, and the mapping's own replace them in place: the order PyYAML's flattening gives.
function dataOfMapping(mapping: YamlMapping): DataMap {
  const map = new Map<DataScalar, Data>();
  for (const merged of mergedInto(mapping).toReversed()) {
    const data = dataOf(merged);
    if (data instanceof Map) for (const [key, value] of data as DataMap) map.set(key, value);
  }
  for (const entry of mapping.entries) {
    if (isMerge(entry)) continue;
    const key = dereferenced(entry.key);
    if (key?.kind === 'scalar') map.set(dataOfScalar(key), dataOf(entry.value));
  }
  return map;
}
