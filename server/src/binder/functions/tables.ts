import type { DialectName } from '../../syntax/sql/dialect.ts';
import { BIGQUERY } from './bigquery.ts';
import { SHARED } from './shared.ts';
import { DATABRICKS } from './databricks.ts';
import { DUCKDB_FUNCTIONS } from './duckdb-signatures.ts';
import { DUCKDB } from './duckdb.ts';
import { POSTGRES_FUNCTIONS } from './postgres-signatures.ts';
import { POSTGRES } from './postgres.ts';
import { REDSHIFT } from './redshift.ts';
import { SNOWFLAKE } from './snowflake.ts';
import { TRINO } from './trino.ts';

/**
 * Functions as text, one a line: `kind name, other name: parameter type, … > result; another signature`. The kind is
 * `s`calar, `a`ggregate, `w`indow, `t`able or `m`acro. `T`, `K` and `V` stand for a type that the arguments
 * choose, ANY for one that does not matter; a result that begins with `@` is a rule of result-rules.ts.
 */
export interface FunctionTable {
  readonly text: string;
  /** The vocabulary of its types. */
  readonly types: DialectName | 'own';
  readonly isComplete: boolean;
}

const own = (text: string): FunctionTable => ({ text, types: 'own', isComplete: false });

const tables: Readonly<Record<DialectName, readonly FunctionTable[]>> = {
  duckdb: [own(DUCKDB), { text: DUCKDB_FUNCTIONS, types: 'duckdb', isComplete: true }],
  postgres: [own(POSTGRES), { text: POSTGRES_FUNCTIONS, types: 'postgres', isComplete: true }],
  redshift: [own(REDSHIFT), own(SHARED)],
  snowflake: [own(SNOWFLAKE), own(SHARED)],
  bigquery: [own(BIGQUERY), own(SHARED)],
  databricks: [own(DATABRICKS), own(SHARED)],
  trino: [own(TRINO), own(SHARED)],
};

/** The tables of a dialect, the first to be believed first. */
export const tablesOf = (dialect: DialectName): readonly FunctionTable[] => tables[dialect];
