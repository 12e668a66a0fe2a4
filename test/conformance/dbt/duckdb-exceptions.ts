/**
 * The recorded cases of PostgreSQL that cannot end in the same way on DuckDB, each with what in its SQL does not allow it.
 */
export const duckdbExceptions: ReadonlyMap<string, string> = new Map([
  ['crossdb/arrays', 'The values are the same; DuckDB prints arrays in brackets.'],
  ['generic_tests/fail_fast', '1/0 is NULL in DuckDB, not an error.'],
  ['hooks/dict_in_project_yml', 'DuckDB has no type `serial`, which the hooks of the case create a table with.'],
  ['hooks/on_run_start_end', 'DuckDB has no type `serial`, which the hooks of the case create a table with.'],
  ['hooks/on_run_start_error', '1/0 is NULL in DuckDB, not an error.'],
  ['hooks/pre_hook_error', '1/0 is NULL in DuckDB, not an error.'],
  ['hooks/pre_post_list', 'DuckDB has no type `serial`, which the hooks of the case create a table with.'],
  ['hooks/transaction_false', 'DuckDB has no type `serial`, which the hooks of the case create a table with.'],
  ['hooks/vacuum_inside_fails', 'VACUUM may run inside a transaction in DuckDB.'],
  [
    'incremental/schema_sync',
    'DuckDB changes the type of a column in place. On PostgreSQL a new column takes the place of the old one, at the end; DuckDB commits no transaction that does so.',
  ],
  ['macros/get_columns_in_relation', "The case prints the names of types, which are DuckDB's own."],
  [
    'mat/empty_flag_alias_conflict',
    'A query in parentheses needs no name on DuckDB, so dbt gives it none that the one of the model could clash with.',
  ],
  ['mat/materialized_view', 'DuckDB has no materialized views.'],
  ['mat/mv_change_fail', 'DuckDB has no materialized views.'],
  ['mat/mv_index_change', 'DuckDB has no materialized views.'],
  ['mat/override_table_adapter', 'The project overrides the materialization for PostgreSQL alone.'],
  ['mat/sql_header', 'DuckDB does not know SET LOCAL.'],
  ['schema/too_long', 'DuckDB has no limit of 63 characters for a name.'],
  ['seeds/quote_columns', 'DuckDB keeps the case of a name without quotes; PostgreSQL folds it to lower case.'],
  ['singular_tests/macro_and_var', 'generate_series() and unnest-like calls in a select list give one list in DuckDB, not a row for each value.'],
  ['singular_tests/thresholds', 'generate_series() and unnest-like calls in a select list give one list in DuckDB, not a row for each value.'],
  ['snapshots/hard_deletes_invalidate', 'Where a timestamp meets a bare literal in a union, DuckDB makes text of both; PostgreSQL reads the literal as a timestamp.'],
  ['snapshots/unique_key_list', 'Where a timestamp meets a bare literal in a union, DuckDB makes text of both; PostgreSQL reads the literal as a timestamp.'],
  ['unit_tests/null_and_types', 'DuckDB has no type `jsonb`.'],
  ['unit_tests/null_and_types_plain', 'DuckDB has no type `jsonb`.'],
]);
