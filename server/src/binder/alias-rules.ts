import type { DialectName } from '../syntax/sql/dialect.ts';
import type { Clause } from './context.ts';

/**
 * Where the names of the select list are seen, by dialect. `select` is the list itself: later items see earlier ones.
 * In ORDER BY the names of the list come before the columns of the relations, everywhere else behind them.
 */
const SEEN: Readonly<Record<DialectName, readonly Clause[]>> = {
  duckdb: ['select', 'where', 'group', 'having', 'qualify', 'order'],
  postgres: ['group', 'order'],
  redshift: ['select', 'where', 'group', 'having', 'qualify', 'order'],
  snowflake: ['select', 'where', 'group', 'having', 'qualify', 'order', 'window'],
  bigquery: ['group', 'having', 'qualify', 'order'],
  databricks: ['select', 'group', 'having', 'qualify', 'order'],
  trino: ['order'],
};

/** Whether a clause sees the names of the select list, and whether before the columns of the relations. */
export function aliasesSeenIn(clause: Clause, dialect: DialectName): 'first' | 'last' | 'never' {
  if (!SEEN[dialect].includes(clause)) return 'never';
  // BigQuery groups by the list's own name where a relation has it too.
  const isFirst = clause === 'order' || (dialect === 'bigquery' && clause === 'group');
  return isFirst ? 'first' : 'last';
}
