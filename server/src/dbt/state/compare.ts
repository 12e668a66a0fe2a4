import { canonicalKey } from '../config/merge.ts';
import type { Json } from '../manifest/data.ts';
import { objectOf, textOf, type JsonObject } from './previous-state.ts';

/** One way of asking whether a node is what it was. `undefined`: it does not apply to this kind of node. */
export type Comparison = (now: JsonObject, before: JsonObject) => boolean;

/** Everything that makes a node another one than it was; labels, tags and descriptions mostly do not. */
export const sameContents: Comparison = (now, before) => {
  switch (textOf(now['resource_type']) ?? '') {
    case 'source':
      return (
        samePlace(now, before) &&
        sameKeys(now, before, ['fqn', 'quoting', 'freshness', 'loaded_at_field', 'external']) &&
        sameConfig(now, before)
      );
    case 'exposure':
      return (
        sameKeys(now, before, ['fqn', 'type', 'owner', 'maturity', 'url', 'description', 'label']) &&
        sameSet(parentsOf(now), parentsOf(before)) &&
        sameConfig(now, before)
      );
    case 'metric':
      return sameKeys(now, before, ['type', 'description', 'label']) && sameConfig(now, before);
    case 'semantic_model':
      return sameKeys(now, before, SEMANTIC_MODEL) && sameConfig(now, before);
    case 'saved_query':
      return sameSavedQuery(now, before);
    case 'unit_test':
      return sameKeys(now, before, ['checksum']);
    case 'test':
      return sameTest(now, before);
    case 'model':
      return sameNode(now, before) && sameKeys(now, before, ['latest_version', 'access', 'deprecation_date']);
    default:
      return sameNode(now, before);
  }
};

const SEMANTIC_MODEL = 'model description defaults entities dimensions measures primary_entity group'.split(' ');

function sameNode(now: JsonObject, before: JsonObject): boolean {
  return (
    sameBody(now, before) &&
    sameConfig(now, before) &&
    samePersistedDescription(now, before) &&
    sameKeys(now, before, ['fqn']) &&
    samePlace(now, before)
  );
}

/** A generic test is what it is configured to be: its text is its macro's. */
function sameTest(now: JsonObject, before: JsonObject): boolean {
  if (objectOf(now['test_metadata']) === undefined) return sameNode(now, before);
  return sameConfig(now, before) && sameKeys(now, before, ['fqn']);
}

function sameSavedQuery(now: JsonObject, before: JsonObject): boolean {
  const [params, old] = [objectOf(now['query_params']) ?? {}, objectOf(before['query_params']) ?? {}];
  return (
    sameKeys(params, old, ['metrics', 'group_by', 'where']) &&
    sameKeys(now, before, ['description', 'label', 'group', 'tags', 'exports']) &&
    sameConfig(now, before)
  );
}

/** The same text; a seed's rows by their checksum. */
export const sameBody: Comparison = (now, before) => {
  if (now['resource_type'] !== 'seed') return sameKeys(now, before, ['raw_code']);
  const [checksum, old] = [objectOf(now['checksum']), objectOf(before['checksum'])];
  return checksum?.['name'] !== 'none' && sameJson(checksum, old);
};

/** The same configuration as it is written; what decides where a node lies or how it is grouped is not part of it. */
export const sameConfig: Comparison = (now, before) => {
  const type = textOf(now['resource_type']) ?? '';
  const isRendered = type === 'semantic_model' || type === 'saved_query';
  const key = isRendered ? 'config' : 'unrendered_config';
  const [config, old] = [canonical(objectOf(now[key])), canonical(objectOf(before[key]))];
  const keys = type === 'test' ? TEST_CONFIG : new Set([...config.keys(), ...old.keys()]);
  const ignored = IGNORED.get(type) ?? NODE_IGNORED;
  return [...keys].every(it => ignored.has(it) || sameJson(config.get(it), old.get(it)));
};

const canonical = (config: JsonObject | undefined): ReadonlyMap<string, Json> =>
  new Map(Object.entries(config ?? {}).map(([key, value]) => [canonicalKey(key), value]));

const NODE_IGNORED: ReadonlySet<string> = new Set(['alias', 'schema', 'database', 'tags', 'group']);
const NOTHING: ReadonlySet<string> = new Set();
const IGNORED: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['source', NOTHING],
  ['exposure', NOTHING],
  ['semantic_model', NOTHING],
  ['test', NOTHING],
  ['metric', new Set(['group'])],
  ['saved_query', NOTHING],
]);
const TEST_CONFIG: ReadonlySet<string> = new Set(
  'severity where limit fail_calc warn_if error_if store_failures store_failures_as'.split(' '),
);

/** The same place in the warehouse: as it is configured for nodes, as it turns out for sources. */
export const samePlace: Comparison = (now, before) => {
  if (now['resource_type'] === 'source') return sameKeys(now, before, ['database', 'schema', 'identifier']);
  const [config, old] = [objectOf(now['unrendered_config']), objectOf(before['unrendered_config'])];
  return sameKeys(config ?? {}, old ?? {}, ['database', 'schema', 'alias']);
};

/** The same descriptions, where they are written into the warehouse. */
export const samePersistedDescription: Comparison = (now, before) => {
  const persisted = objectOf(objectOf(now['config'])?.['persist_docs']);
  if (persisted?.['relation'] === true && !sameKeys(now, before, ['description'])) return false;
  return persisted?.['columns'] !== true || sameJson(columnDescriptions(now), columnDescriptions(before));
};

function columnDescriptions(node: JsonObject): JsonObject {
  const columns = Object.entries(objectOf(node['columns']) ?? {});
  return Object.fromEntries(columns.map(([name, column]) => [name, objectOf(column)?.['description'] ?? null]));
}

function parentsOf(node: JsonObject): readonly Json[] {
  const nodes = objectOf(node['depends_on'])?.['nodes'];
  return Array.isArray(nodes) ? (nodes as readonly Json[]) : [];
}

const sameSet = (a: readonly Json[], b: readonly Json[]): boolean =>
  a.every(it => b.includes(it)) && b.every(it => a.includes(it));

const sameKeys = (a: JsonObject, b: JsonObject, keys: readonly string[]): boolean =>
  keys.every(key => sameJson(a[key], b[key]));

/** Whether two pieces of JSON say the same; what is absent and what is null are one, and so is any order of keys. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  const [left, right] = [a ?? null, b ?? null];
  if (left === right) return true;
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((it, at) => sameJson(it as Json, right[at] as Json))
    );
  }
  const [object, other] = [objectOf(left), objectOf(right)];
  if (object === undefined || other === undefined) return false;
  return [...new Set([...Object.keys(object), ...Object.keys(other)])].every(key => sameJson(object[key], other[key]));
}
