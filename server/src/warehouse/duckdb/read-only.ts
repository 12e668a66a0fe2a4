import {
  type DuckDBConnection,
  type DuckDBPreparedStatement,
  type DuckDBResult,
  StatementType,
} from '@duckdb/node-api';
import { err, ok, type Result } from '../../base/result.ts';
import type { WarehouseFailure } from '../warehouse.ts';
import { interruptible } from './interruptible.ts';
import { shownZone } from './result-rows.ts';
import type { ZoneOffset } from './zone-offset.ts';

/** A running query that can change nothing. `finish` ends the transaction it runs in. */
export interface ReadOnlyQuery {
  readonly result: DuckDBResult;
  readonly zone: ZoneOffset;
  readonly finish: () => Promise<void>;
}

/**
 * Starts a query that only reads: its statement must be of a kind that reads, and it runs in a read-only transaction,
 * unless the session is inside a transaction of its own already, which it cannot be before it has run a statement.
 */
export async function openReadOnly(
  connection: DuckDBConnection,
  sql: string,
  { signal, hasRun }: { readonly signal: AbortSignal | undefined; readonly hasRun: boolean },
): Promise<Result<ReadOnlyQuery, WarehouseFailure>> {
  const begun = await interruptible(connection, sql, signal, async () => {
    if (hasRun && (await isInTransaction(connection))) return false;
    await connection.run('BEGIN TRANSACTION READ ONLY');
    return true;
  });
  if (!begun.ok) return begun;
  const isGuarded = begun.value;
  const finish = async (): Promise<void> => {
    if (isGuarded) await connection.run('ROLLBACK');
  };
  const started = await interruptible(connection, sql, signal, () => start(connection, sql, isGuarded));
  if (started.ok && started.value !== undefined) return ok({ ...started.value, finish });
  await finish();
  return started.ok ? err(notReading) : started;
}

const notReading: WarehouseFailure = {
  kind: 'statement',
  message: 'Only a query that reads can be shown: one SELECT, or an EXPLAIN.',
};

/**
 * Whether the session is inside a transaction of its own: only there do two statements have one transaction id. To try
 * a BEGIN would not do, because its failure aborts the transaction that is there.
 */
async function isInTransaction(connection: DuckDBConnection): Promise<boolean> {
  const id = async (): Promise<string> => String(await (await connection.run('SELECT txid_current()')).getRows());
  return (await id()) === (await id());
}

/** Starts the query, or answers `undefined` when the text is none. */
async function start(
  connection: DuckDBConnection,
  sql: string,
  isGuarded: boolean,
): Promise<Omit<ReadOnlyQuery, 'finish'> | undefined> {
  const statements = await connection.extractStatements(sql);
  // One PIVOT is several statements: it first creates the type of its columns, which the transaction allows for it alone.
  if (statements.count === 0 || (statements.count > 1 && !isGuarded)) return undefined;
  for (let at = 0; at < statements.count - 1; at++) {
    const prepared = await statements.prepare(at);
    if (prepared.statementType !== StatementType.CREATE) return undefined;
    await withStatement(prepared, () => prepared.run());
  }
  const last = await statements.prepare(statements.count - 1);
  return withStatement(last, async () => {
    if (!READING.has(last.statementType)) return undefined;
    const types = Array.from({ length: last.columnCount }, (_, at) => last.columnType(at));
    const zone = await shownZone(connection, types);
    return { result: await last.stream(), zone };
  });
}

const READING: ReadonlySet<StatementType> = new Set([StatementType.SELECT, StatementType.EXPLAIN]);

async function withStatement<T>(statement: DuckDBPreparedStatement, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    statement.destroySync();
  }
}
