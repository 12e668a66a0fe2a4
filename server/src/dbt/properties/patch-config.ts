import { asMap, emptyMap, stringList, type Data, type DataMap, type DataScalar } from '../manifest/data.ts';

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

const MOVED: readonly string[] = ['meta', 'docs', 'access', 'group', 'tags', 'freshness', 'materialized', 'enabled'];

/** The configuration of what a properties file declares itself. */
export function entryConfig({ kind }: { readonly kind: string }, data: DataMap): DataMap {
  if (kind === 'snapshot') return patchConfig(data).config;
  const config = asMap(data.get('config')) ?? emptyMap;
  if (kind !== 'exposure') return config;
  const meta = new Map([...(asMap(data.get('meta')) ?? []), ...(asMap(config.get('meta')) ?? [])]);
  const tags = [...new Set([...stringList(data.get('tags')), ...stringList(config.get('tags'))])].toSorted();
  return new Map<DataScalar, Data>([...config, ['tags', tags], ['meta', meta]]);
}

/** dbt's complaint about an attribute that is given twice. */
export const doubledAttribute = (attribute: string, file: string): string =>
  `In ${file}: found ${attribute} dictionary in 'config' dictionary and as top-level key. Remove the top-level key and define it under 'config' dictionary only.`;
