import type { DuckDBConnection } from '@duckdb/node-api';
import { err, ok, type Result } from '../../base/result.ts';
import type { WarehouseFailure } from '../warehouse.ts';
import { statementFailure, wasInterrupted } from './failure.ts';

export const cancelled: WarehouseFailure = { kind: 'cancelled', message: 'Cancelled.' };

/**
 * Does work of the driver and interrupts the connection when `signal` is aborted. What the driver throws becomes a
 * failure of `sql`.
 */
export async function interruptible<T>(
  connection: DuckDBConnection,
  sql: string,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<Result<T, WarehouseFailure>> {
  if (isAborted(signal)) return err(cancelled);
  const stop = interruptOnAbort(connection, signal);
  try {
    return ok(await work());
  } catch (error) {
    return err(isAborted(signal) && wasInterrupted(error) ? cancelled : statementFailure(error, sql));
  } finally {
    stop();
  }
}

// A function, because the compiler takes the property for unchanged across an await.
const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

const AGAIN_MS = 50;

function interruptOnAbort(connection: DuckDBConnection, signal: AbortSignal | undefined): () => void {
  let again: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    connection.interrupt();
    // An interrupt between two statements of one text is forgotten, so it is repeated until the work has ended.
    again = setTimeout(interrupt, AGAIN_MS);
  };
  signal?.addEventListener('abort', interrupt, { once: true });
  return () => {
    clearTimeout(again);
    signal?.removeEventListener('abort', interrupt);
  };
}
