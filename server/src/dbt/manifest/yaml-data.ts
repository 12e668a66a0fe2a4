import { Float } from '../../render/value.ts';
import { scalarValue } from '../../syntax/yaml/scalar.ts';
import {
  dereferenced,
  entryOf,
  isMerge,
  mergedInto,
  type YamlMapping,
  type YamlNode,
  type YamlScalar,
} from '../../syntax/yaml/tree.ts';
import { textOfKey, Timestamp, type Data, type DataMap, type DataScalar } from './data.ts';
import type { KeyPath } from './mistake.ts';

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

/** What stands at a path of keys and indexes, and the key that leads there. A path that breaks off gives its last good part. */
export function nodeAtPath(root: YamlNode | undefined, path: KeyPath): YamlPlace | undefined {
  let place: YamlPlace | undefined = root === undefined ? undefined : { key: undefined, value: root, complete: true };
  for (const part of path) {
    const next: YamlPlace | undefined = place === undefined ? undefined : stepInto(place.value, part);
    if (next === undefined) return place && { ...place, complete: false };
    place = next;
  }
  return place;
}

/** A place in a YAML tree. */
export interface YamlPlace {
  readonly key: YamlNode | undefined;
  readonly value: YamlNode;
  /** Whether the whole path was there. */
  readonly complete: boolean;
}

function stepInto(node: YamlNode, part: string | number): YamlPlace | undefined {
  const real = dereferenced(node);
  if (real?.kind === 'sequence') {
    const value = typeof part === 'number' ? real.items[part] : undefined;
    return value && { key: undefined, value, complete: true };
  }
  if (real?.kind !== 'mapping') return undefined;
  const entry = entryOf(real, String(part)) ?? real.entries.findLast(({ key }) => meansKey(key, String(part)));
  return entry && { key: entry.key, value: entry.value, complete: true };
}

/** Whether a key that is no text (`off`, `012`) is the one that its data spells so. */
function meansKey(key: YamlNode, text: string): boolean {
  const real = dereferenced(key);
  return real?.kind === 'scalar' && textOfKey(dataOfScalar(real)) === text;
}
