import type { DialectName } from '../syntax/sql/dialect.ts';

/**
 * Whether calling a function does more than read, or runs a text that nobody here has read. A read-only transaction
 * stops only some of these: it lets other sessions be ended, locks be kept, files be written and settings be changed.
 * `name` is lower case, with its schema where the text says one.
 */
export function writesWhenCalled(name: string, dialect: DialectName): boolean {
  const bare = name.slice(name.lastIndexOf('.') + 1);
  return WRITING_FUNCTIONS[dialect].some(it => it.test(bare) || it.test(name));
}

/** Of a real server, every volatile function is either matched here or listed as harmless in the tests. */
const POSTGRES: readonly RegExp[] = [
  // Sequences, settings, large objects, files.
  /^(?:nextval|setval|set_config|currtid2?)$/,
  /^lo_(?:creat|create|export|from_bytea|import|open|put|truncate|truncate64|unlink)$/,
  /^lowrite$/,
  /^pg_file_(?:write|rename|unlink|sync)$/,
  // Other sessions and the server itself.
  /^pg_(?:cancel|terminate)_backend$/,
  /^pg_(?:reload_conf|rotate_logfile(?:_old)?|promote|switch_wal|nextoid|notify|export_snapshot)$/,
  /^pg_(?:backup|start_backup|stop_backup)(?:_start|_stop)?$/,
  /^pg_(?:create|drop|copy)_\w+$/,
  /^pg_(?:import_system_collations|log_backend_memory_contexts|logical_emit_message|stop_making_pinned_objects)$/,
  /^pg_logical_slot_get_\w+$/,
  /^pg_replication_(?:slot_advance|origin_(?:advance|create|drop|session_reset|session_setup|xact_\w+))$/,
  /^pg_stat_(?:reset\w*|force_next_flush|statements_reset)$/,
  /^pg_wal_replay_(?:pause|resume)$/,
  /^binary_upgrade_\w+$/,
  /^(?:brin_(?:de)?summarize_\w+|gin_clean_pending_list|pg_truncate_visibility_map|heap_force_\w+)$/,
  // Locks that outlive the query.
  /^pg_(?:try_)?advisory_\w+$/,
  // Another connection, or a text that is run as SQL.
  /^(?:dblink\w*|postgres_fdw_disconnect\w*)$/,
  /^(?:query_to_xml\w*|ts_stat|ts_rewrite)$/,
];

const WRITING_FUNCTIONS: Readonly<Record<DialectName, readonly RegExp[]>> = {
  postgres: POSTGRES,
  redshift: POSTGRES,
  duckdb: [
    /^(?:nextval|write_log|checkpoint|force_checkpoint|truncate_duckdb_logs|(?:en|dis)able_logging)$/,
    /^(?:postgres|mysql|sqlite|mssql)_(?:execute|query)$/,
  ],
  snowflake: [
    /^system\$(?:abort|add|block|cancel|convert|disable|enable|force|link|migrate|pipe|remove|send|set|start|stop|task|unlink|unset|user_task|wait)\w*$/,
  ],
  bigquery: [],
  databricks: [/^(?:java_method|reflect|try_reflect|http_request)$/],
  trino: [/(?:^|\.)system\.query$/],
};
