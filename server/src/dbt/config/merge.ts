import {
  asMap,
  emptyMap,
  isList,
  isMap,
  textOfKey,
  type Data,
  type DataMap,
  type DataScalar,
} from '../manifest/data.ts';
import type { NodeConfig } from '../manifest/node.ts';
import { hooksOf } from './hooks.ts';

/**
 * One level of configuration laid over another. Most keys replace what was there; tags, hooks and packages are
 * appended; `meta`, `docs`, `contract` and the like are merged key by key; in `grants` a key with `+` is appended to.
 */
export function mergeConfig(base: NodeConfig, level: DataMap): NodeConfig {
  if (level.size === 0) return base;
  const merged = new Map(base);
  for (const [key, value] of level) {
    const name = canonicalKey(textOfKey(key));
    merged.set(name, mergedValue(name, merged.get(name), value));
  }
  return merged;
}

/**
 * A further `config()` of a template after earlier ones. It is merged as a level is, but that a grant with `+` keeps it,
 * because it is to be appended to what the levels below say.
 */
export function mergeConfigCall(calls: NodeConfig, call: DataMap): NodeConfig {
  const grants = call.get('grants');
  if (!isMap(grants)) return mergeConfig(calls, call);
  const others = new Map([...call].filter(([key]) => key !== 'grants'));
  return new Map([...mergeConfig(calls, others), ['grants', joinedGrants(asMap(calls.get('grants')), grants)]]);
}

function joinedGrants(old: DataMap = emptyMap, grants: DataMap): DataMap {
  const joined = new Map<DataScalar, Data>([...old].map(([key, value]) => [key, listified(value)]));
  for (const [key, value] of grants) {
    const before = textOfKey(key).startsWith('+') ? listified(joined.get(key)) : [];
    joined.set(key, [...before, ...listified(value)]);
  }
  return joined;
}

/** dbt's own spelling of a config key that Python's keyword arguments cannot spell. */
export const canonicalKey = (key: string): string => KEY_ALIASES.get(key) ?? key;

const KEY_ALIASES: ReadonlyMap<string, string> = new Map([
  ['pre_hook', 'pre-hook'],
  ['post_hook', 'post-hook'],
  ['dataset', 'schema'],
  ['project', 'database'],
  ['data_space', 'database'],
]);

function mergedValue(key: string, old: Data | undefined, value: Data): Data {
  switch (key) {
    case 'tags':
      return [...listified(old), ...(value === null ? [null] : listified(value))];
    case 'packages':
      return [...listified(old), ...listified(value)];
    case 'pre-hook':
    case 'post-hook':
      return [...listified(old), ...hooksOf(value)];
    case 'meta':
    case 'docs':
    case 'quoting':
    case 'column_types':
      return isMap(value) ? new Map([...(asMap(old) ?? emptyMap), ...value]) : value;
    case 'contract':
    case 'snapshot_meta_column_names':
      return isMap(value) ? new Map([...(asMap(old) ?? emptyMap), ...onlyKnown(key, value)]) : value;
    case 'grants':
      return isMap(value) ? mergedGrants(asMap(old) ?? emptyMap, value) : value;
    default:
      return value;
  }
}

/** Of some mappings dbt keeps the keys that it knows, and forgets the others without a word. */
const onlyKnown = (key: keyof typeof KNOWN, value: DataMap): DataMap =>
  new Map([...value].filter(([name]) => (KNOWN[key] as readonly string[]).includes(textOfKey(name))));

const KNOWN = {
  contract: ['enforced', 'alias_types', 'checksum'],
  snapshot_meta_column_names: ['dbt_valid_to', 'dbt_valid_from', 'dbt_scd_id', 'dbt_updated_at', 'dbt_is_deleted'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

function listified(data: Data | undefined): readonly Data[] {
  if (data === undefined || data === null) return [];
  return isList(data) ? data : [data];
}

function mergedGrants(old: DataMap, grants: DataMap): DataMap {
  const merged = new Map<DataScalar, Data>(old);
  for (const [key, value] of grants) {
    const name = textOfKey(key);
    if (name.startsWith('+')) merged.set(name.slice(1), [...listified(merged.get(name.slice(1))), ...listified(value)]);
    else merged.set(name, listified(value));
  }
  return merged;
}
