import {
  asMap,
  emptyMap,
  isList,
  isMap,
  stringList,
  type Data,
  type DataMap,
  type DataScalar,
} from '../manifest/data.ts';
import type { NodeConfig } from '../manifest/node.ts';

/** The configuration that an entry carries: its `config:`, and the attributes that dbt moves into it. */
export function patchConfig(data: DataMap): PatchConfig {
  const config = new Map<DataScalar, Data>(asMap(data.get('config')) ?? emptyMap);
  const doubled: string[] = [];
  for (const attribute of MOVED) {
    if (!data.has(attribute)) continue;
    if (config.has(attribute)) doubled.push(attribute);
    else config.set(attribute, data.get(attribute) ?? null);
  }
  return { config, doubled };
}

/** An entry's configuration. */
export interface PatchConfig {
  readonly config: DataMap;
  /** Attributes that stand both at the top and in `config`, which dbt refuses. */
  readonly doubled: readonly string[];
}

const MOVED: readonly string[] = ['meta', 'docs', 'group', 'contract', 'access'];

/**
 * The configuration of one version of a model: what the version says is laid over what the model says, mapping by
 * mapping; of a list the version's items come first and the model's follow. Only `config` counts for a version.
 */
export function versionConfig(model: DataMap, version: DataMap): PatchConfig {
  const { config, doubled } = patchConfig(model);
  return { config: deepMerge(config, asMap(version.get('config')) ?? emptyMap), doubled };
}

function deepMerge(base: DataMap, over: DataMap): DataMap {
  const merged = new Map<DataScalar, Data>(base);
  for (const [key, value] of over) {
    const old = merged.get(key);
    if (isMap(value)) merged.set(key, deepMerge(asMap(old) ?? emptyMap, value));
    else if (isList(value) && old !== undefined) merged.set(key, [...value, ...listed(old)]);
    else merged.set(key, value);
  }
  return merged;
}

/** What Python's `list()` makes of a value: of a text its characters. */
const listed = (data: Data): readonly Data[] =>
  isList(data) ? data : typeof data === 'string' ? Array.from(data) : [data];

/** The configuration of what a properties file declares itself. */
export const entryConfig = ({ kind }: { readonly kind: string }, data: DataMap): DataMap =>
  kind === 'snapshot' ? patchConfig(data).config : (asMap(data.get('config')) ?? emptyMap);

/** The final configuration of an exposure, with the tags and the meta that stand at the top of its entry. */
export function exposureConfig(config: NodeConfig, data: DataMap): NodeConfig {
  const meta = new Map([...(asMap(data.get('meta')) ?? []), ...(asMap(config.get('meta')) ?? [])]);
  const tags = [...new Set([...stringList(data.get('tags')), ...stringList(config.get('tags'))])].toSorted();
  return new Map([...config, ['tags', tags], ['meta', meta]]);
}

/** dbt's complaint about an attribute that is given twice. */
export const doubledAttribute = (attribute: string, file: string): string =>
  `In ${file}: found ${attribute} dictionary in 'config' dictionary and as top-level key. Remove the top-level key and define it under 'config' dictionary only.`;
