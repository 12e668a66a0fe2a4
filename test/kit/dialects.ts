import type { DialectName } from '../../server/src/syntax/sql/dialect.ts';

/** Every dialect of SQL that is read. */
export const DIALECTS: readonly DialectName[] = [
  'duckdb',
  'postgres',
  'redshift',
  'snowflake',
  'bigquery',
  'databricks',
  'trino',
];
