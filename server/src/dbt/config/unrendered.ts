import type { Data, DataMap, DataScalar } from '../manifest/data.ts';
import type { ConfigSubject } from './node-config.ts';
import { canonicalKey } from './merge.ts';
import { unrenderedLevels } from './project-levels.ts';

/**
 * What every level says of a resource's configuration, a later one replacing an earlier one key by key, and the project
 * files' texts with their Jinja as written: dbt compares this to tell whether a configuration was changed.
 */
export function mergedLevels({ type, fqn, project, root, properties, inFile }: ConfigSubject): DataMap {
  const levels = [
    ...unrenderedLevels(project, type, fqn),
    ...(properties === undefined ? [] : [properties]),
    ...(inFile === undefined ? [] : [inFile]),
    ...(project.isRoot ? [] : unrenderedLevels(root, type, fqn)),
  ];
  const merged = new Map<DataScalar, Data>();
  for (const level of levels) {
    for (const [key, value] of level) merged.set(typeof key === 'string' ? canonicalKey(key) : key, value);
  }
  return merged;
}
