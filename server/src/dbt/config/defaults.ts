import { emptyMap, type Data, type DataMap } from '../manifest/data.ts';
import type { NodeConfig, ResourceType } from '../manifest/node.ts';

/** The configuration of a resource that nobody configured, in the order dbt writes it; empty for what has none. */
export const defaultConfig = (type: ResourceType): NodeConfig => DEFAULTS.get(type) ?? NOTHING;

const NOTHING: NodeConfig = new Map();
const map = (entries: Readonly<Record<string, Data>>): DataMap => new Map(Object.entries(entries));
const config = (entries: Readonly<Record<string, Data>>): NodeConfig => new Map(Object.entries(entries));

const COMMON = {
  enabled: true,
  alias: null,
  schema: null,
  database: null,
  tags: [],
  meta: emptyMap,
  group: null,
  static_analysis: null,
} satisfies Readonly<Record<string, Data>>;

const NODE = {
  ...COMMON,
  materialized: 'view',
  incremental_strategy: null,
  batch_size: null,
  lookback: 1,
  begin: null,
  persist_docs: emptyMap,
  'post-hook': [],
  'pre-hook': [],
  quoting: emptyMap,
  column_types: emptyMap,
  full_refresh: null,
  unique_key: null,
  on_schema_change: 'ignore',
  on_configuration_change: 'apply',
  grants: emptyMap,
  packages: [],
  docs: map({ show: true, node_color: null }),
  contract: map({ enforced: false, alias_types: true }),
  event_time: null,
  concurrent_batches: null,
} satisfies Readonly<Record<string, Data>>;

const LIGHT = { enabled: true, tags: [], meta: emptyMap } satisfies Readonly<Record<string, Data>>;

const DEFAULTS: ReadonlyMap<ResourceType, NodeConfig> = new Map<ResourceType, NodeConfig>([
  ['model', config({ ...NODE, access: 'protected', freshness: null })],
  ['analysis', config(NODE)],
  ['operation', config(NODE)],
  ['sql_operation', config(NODE)],
  ['seed', config({ ...NODE, materialized: 'seed', delimiter: ',', quote_columns: null })],
  [
    'snapshot',
    config({
      ...NODE,
      materialized: 'snapshot',
      strategy: null,
      target_schema: null,
      target_database: null,
      updated_at: null,
      check_cols: null,
      snapshot_meta_column_names: emptyMap,
      dbt_valid_to_current: null,
    }),
  ],
  [
    'test',
    config({
      ...COMMON,
      schema: 'dbt_test__audit',
      materialized: 'test',
      severity: 'ERROR',
      store_failures: null,
      store_failures_as: null,
      where: null,
      limit: null,
      fail_calc: 'count(*)',
      warn_if: '!= 0',
      error_if: '!= 0',
    }),
  ],
  [
    'source',
    config({
      enabled: true,
      event_time: null,
      freshness: emptyMap,
      loaded_at_field: null,
      loaded_at_query: null,
      meta: emptyMap,
      tags: [],
      static_analysis: null,
    }),
  ],
  ['exposure', config(LIGHT)],
  ['unit_test', config({ tags: [], meta: emptyMap, enabled: true, static_analysis: null })],
  ['metric', config({ enabled: true, group: null, meta: emptyMap })],
  ['semantic_model', config({ enabled: true, group: null, meta: emptyMap })],
  ['saved_query', config({ enabled: true, group: null, meta: emptyMap, export_as: null, schema: null })],
  ['group', config({ meta: emptyMap })],
  ['macro', config({ meta: emptyMap, docs: map({ show: true, node_color: null }) })],
]);
