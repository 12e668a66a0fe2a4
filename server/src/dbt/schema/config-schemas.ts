import type { ResourceType } from '../manifest/node.ts';
import { anyOf, boolean, listOf, mapping, optional, recordOf, text, type Schema } from './schema.ts';

const maybeText = optional(text);
const texts = listOf(text);

const common = {
  enabled: boolean,
  alias: maybeText,
  schema: maybeText,
  database: maybeText,
  tags: anyOf(texts, text),
  meta: mapping,
  group: maybeText,
  static_analysis: maybeText,
  materialized: text,
};

const node = {
  ...common,
  incremental_strategy: maybeText,
  persist_docs: mapping,
  quoting: mapping,
  column_types: mapping,
  full_refresh: optional(boolean),
  unique_key: optional(text, texts),
  on_schema_change: maybeText,
  grants: mapping,
  packages: texts,
  docs: recordOf({ show: boolean, node_color: maybeText }),
  contract: recordOf({ enforced: boolean, alias_types: boolean }, true),
};

const test = recordOf(
  {
    ...common,
    store_failures: optional(boolean),
    store_failures_as: maybeText,
    where: maybeText,
    fail_calc: text,
    warn_if: text,
    error_if: text,
  },
  true,
);

const snapshot = {
  ...node,
  strategy: maybeText,
  target_schema: maybeText,
  target_database: maybeText,
  updated_at: maybeText,
  check_cols: optional(text, texts),
  dbt_valid_to_current: maybeText,
};

const schemas: ReadonlyMap<ResourceType, Schema> = new Map<ResourceType, Schema>([
  ['test', test],
  ['seed', recordOf({ ...node, delimiter: text, quote_columns: optional(boolean) }, true)],
  ['snapshot', recordOf(snapshot, true)],
]);

const ofNodes = recordOf(node, true);

/** What dbt accepts as the final configuration of a resource. */
export const configSchema = (type: ResourceType): Schema => schemas.get(type) ?? ofNodes;
