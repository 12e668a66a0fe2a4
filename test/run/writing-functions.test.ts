import { DuckDBInstance } from '@duckdb/node-api';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { writesWhenCalled } from '../../server/src/features/writing-functions.ts';
import { startPostgres } from '../warehouse/postgres/server.ts';

/** Functions that give another answer each time and change nothing that outlives the query. */
const HARMLESS = new Set(
  `
  amvalidate clock_timestamp current_query currval cursor_to_xml cursor_to_xmlschema gen_random_uuid lastval
  lo_close lo_get lo_lseek lo_lseek64 lo_tell lo_tell64 loread plpgsql_call_handler plpgsql_validator
  random setseed timeofday txid_status
  pg_blocking_pids pg_collation_actual_version pg_control_checkpoint pg_control_init pg_control_recovery
  pg_control_system pg_current_logfile pg_current_wal_flush_lsn pg_current_wal_insert_lsn pg_current_wal_lsn
  pg_database_collation_actual_version pg_database_size pg_extension_config_dump pg_get_backend_memory_contexts
  pg_get_multixact_members pg_get_shmem_allocations pg_get_wal_replay_pause_state pg_get_wal_resource_managers
  pg_hba_file_rules pg_ident_file_mappings pg_indexes_size pg_is_in_recovery pg_is_wal_replay_paused
  pg_isolation_test_session_is_blocked pg_jit_available pg_last_committed_xact pg_last_wal_receive_lsn
  pg_last_wal_replay_lsn pg_last_xact_replay_timestamp pg_lock_status pg_logical_slot_peek_binary_changes
  pg_logical_slot_peek_changes pg_ls_archive_statusdir pg_ls_dir pg_ls_logdir pg_ls_logicalmapdir
  pg_ls_logicalsnapdir pg_ls_replslotdir pg_ls_tmpdir pg_ls_waldir pg_notification_queue_usage
  pg_partition_ancestors pg_partition_tree pg_prepared_xact pg_read_binary_file pg_read_file pg_read_file_old
  pg_relation_size pg_replication_origin_progress pg_replication_origin_session_is_setup
  pg_replication_origin_session_progress pg_safe_snapshot_blocking_pids pg_sequence_last_value
  pg_show_all_file_settings pg_show_replication_origin_status pg_sleep pg_sleep_for pg_sleep_until
  pg_stat_clear_snapshot pg_stat_file pg_stat_get_recovery_prefetch pg_stat_get_xact_blocks_fetched
  pg_stat_get_xact_blocks_hit pg_stat_get_xact_function_calls pg_stat_get_xact_function_self_time
  pg_stat_get_xact_function_total_time pg_stat_get_xact_numscans pg_stat_get_xact_tuples_deleted
  pg_stat_get_xact_tuples_fetched pg_stat_get_xact_tuples_hot_updated pg_stat_get_xact_tuples_inserted
  pg_stat_get_xact_tuples_returned pg_stat_get_xact_tuples_updated pg_stat_have_stats pg_table_size
  pg_tablespace_size pg_total_relation_size pg_xact_commit_timestamp pg_xact_commit_timestamp_origin pg_xact_status
  pg_logdir_ls pg_visibility pg_visibility_map pg_visibility_map_summary pg_check_frozen pg_check_visible
  postgres_fdw_get_connections postgres_fdw_handler postgres_fdw_validator
  current_connection_id current_query_id current_transaction_id error sleep_ms stats uuid uuidv4 uuidv7
  `
    .trim()
    .split(/\s+/),
);

/** Every function that a real server says is more than a value of its arguments. */
const VOLATILE = `
  select distinct proname as name from pg_proc
  where provolatile = 'v' and prokind = 'f'
    and prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
    and not ('internal'::regtype = any (proargtypes::oid[]))`;

test('every volatile function of PostgreSQL is refused by a preview or known to change nothing', async () => {
  const server = await startPostgres();
  const { host, port, user, password, dbname } = server.credentials as Readonly<Record<string, string>>;
  const client = new Client({ host, port: Number(port), user, password, database: dbname });
  try {
    await client.connect();
    for (const it of ['dblink', 'adminpack', 'pg_visibility', 'pg_surgery', 'postgres_fdw']) {
      await client.query(`create extension if not exists ${it}`);
    }
    const { rows } = await client.query<{ name: string }>(VOLATILE);
    const names = rows.map(it => it.name);
    expect(names).toContain('dblink_exec');
    expect(names.filter(it => !writesWhenCalled(it, 'postgres') && !HARMLESS.has(it))).toEqual([]);
    expect(names.filter(it => writesWhenCalled(it, 'postgres') && HARMLESS.has(it))).toEqual([]);
  } finally {
    await client.end();
    await server.stop();
  }
}, 60_000);

test('every function of DuckDB with an effect is refused by a preview or known to change nothing', async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const reader = await connection.runAndReadAll(
    'select distinct function_name from duckdb_functions() where has_side_effects',
  );
  const names = reader.getRows().map(([name]) => String(name));
  connection.closeSync();
  expect(names).toContain('nextval');
  expect(names.filter(it => !writesWhenCalled(it, 'duckdb') && !HARMLESS.has(it))).toEqual([]);
});
