import type { ResourceType } from '../manifest/node.ts';
import { defaultConfig } from './defaults.ts';

/** The configuration keys that dbt and its adapters know for a type of resource. */
export function knownConfigKeys(type: ResourceType): readonly string[] {
  return [...defaultConfig(type).keys(), ...MORE, ...(OF_ADAPTERS.get(type) ?? [])];
}

/** Spellings for Python's keyword arguments, and keys that are read without having a default. */
const MORE: readonly string[] = ['pre_hook', 'post_hook', 'sql_header', 'static_analysis'];

const words = (text: string): readonly string[] => text.split(' ');

const MODEL_KEYS: readonly string[] = words(
  'incremental_predicates merge_update_columns merge_exclude_columns delete_insert_strategy indexes unlogged sort sort_type dist ' +
    'bind backup auto_refresh partition_by cluster_by require_partition_filter partition_expiration_days hours_to_expiration ' +
    'kms_key_name labels resource_tags snowflake_warehouse transient copy_grants automatic_clustering secure query_tag ' +
    'target_lag refresh_mode initialize tmp_relation_type table_format external_volume base_location_root file_format ' +
    'location_root buckets partition_columns tblproperties liquid_clustered_by databricks_tags databricks_compute properties ' +
    'views_enabled on_table_exists view_security format location options delimiter full_refresh version latest_version ' +
    'submission_method packages timeout cluster_id python_version connection_name',
);

const OF_ADAPTERS: ReadonlyMap<ResourceType, readonly string[]> = new Map<ResourceType, readonly string[]>([
  ['model', MODEL_KEYS],
  ['seed', MODEL_KEYS],
  ['snapshot', [...MODEL_KEYS, 'invalidate_hard_deletes', 'hard_deletes', 'target_schema', 'target_database']],
]);
