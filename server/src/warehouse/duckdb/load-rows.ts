import type { DuckDBConnection } from '@duckdb/node-api';
import { unpackRows, type PackedRows } from '../../base/packed-rows.ts';
import type { Result } from '../../base/result.ts';
import type { InsertTarget } from '../../base/statement.ts';
import type { WarehouseFailure } from '../warehouse.ts';
import { interruptible } from './interruptible.ts';

/**
 * Loads rows of text into an existing table: appended as they are to a temporary table, then cast and inserted by one
 * statement, so that DuckDB itself reads the values and all rows arrive or none.
 */
export async function loadRows(
  connection: DuckDBConnection,
  target: InsertTarget,
  rows: PackedRows,
): Promise<Result<number, WarehouseFailure>> {
  const insert = insertStatement(target);
  return interruptible(connection, insert, undefined, async () => {
    await connection.run(
      `CREATE OR REPLACE TEMP TABLE ${STAGE} (${target.columns.map((_, at) => `c${at} VARCHAR`).join(', ')})`,
    );
    try {
      await appendAll(connection, rows);
      return (await connection.run(insert)).rowsChanged;
    } finally {
      // A failed insert has aborted a transaction of the session; its rollback takes the table away.
      await connection.run(`DROP TABLE IF EXISTS ${STAGE}`).catch(() => undefined);
    }
  });
}

const STAGE = '__sluice_rows';

function insertStatement(target: InsertTarget): string {
  const columns = target.columns.join(', ');
  const values = target.types.map((type, at) => `CAST(c${at} AS ${type})`).join(', ');
  return `INSERT INTO ${target.relation} (${columns}) SELECT ${values} FROM ${STAGE}`;
}

async function appendAll(connection: DuckDBConnection, rows: PackedRows): Promise<void> {
  const appender = await connection.createAppender(STAGE, null, 'temp');
  try {
    for (const row of unpackRows(rows)) {
      for (const value of row) {
        if (value === null) appender.appendNull();
        else appender.appendVarchar(value);
      }
      appender.endRow();
    }
  } finally {
    appender.closeSync();
  }
}
