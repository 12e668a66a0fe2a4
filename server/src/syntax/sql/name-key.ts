import type { DialectName } from './dialect.ts';
import type { Name } from './expression-nodes.ts';

/** How a dialect compares names: what becomes of unquoted ones, and whether quotes keep the case. */
interface Folding {
  readonly to: 'lower' | 'upper';
  readonly quotesKeepCase: boolean;
}

const insensitive: Folding = { to: 'lower', quotesKeepCase: false };

/**
 * Redshift folds quoted names as well unless it is told otherwise; BigQuery compares columns without case and tables
 * with it, of which only the former matters inside a query.
 */
const foldings: Readonly<Record<DialectName, Folding>> = {
  duckdb: insensitive,
  postgres: { to: 'lower', quotesKeepCase: true },
  redshift: insensitive,
  snowflake: { to: 'upper', quotesKeepCase: true },
  bigquery: insensitive,
  databricks: insensitive,
  trino: insensitive,
};

/** Two names of a dialect mean the same thing exactly if their keys are equal. */
export function nameKey(name: Pick<Name, 'text' | 'quoted'>, dialect: DialectName): string {
  const { to, quotesKeepCase } = foldings[dialect];
  if (name.quoted && quotesKeepCase) return name.text;
  return to === 'upper' ? name.text.toUpperCase() : name.text.toLowerCase();
}
