import type { WarehouseFailure } from '../warehouse.ts';
import { HttpRefusal, type TrinoError } from './protocol.ts';

export const cancelled: WarehouseFailure = { kind: 'cancelled', message: 'Cancelled.' };

/** A query that ended with an error of the server. */
export class QueryFailed extends Error {
  override readonly name = 'QueryFailed';
  readonly error: TrinoError;
  constructor(error: TrinoError) {
    super(error.message);
    this.error = error;
  }
}

/** The failure of a statement, with the place in `sql` that the server blames. */
export function statementFailure(error: unknown, sql: string, signal: AbortSignal | undefined): WarehouseFailure {
  if (signal?.aborted === true) return cancelled;
  if (error instanceof QueryFailed) {
    const { message, errorLocation: place } = error.error;
    const failure: WarehouseFailure = { kind: 'statement', message };
    return place === undefined
      ? failure
      : { ...failure, position: offsetOf(sql, place.lineNumber, place.columnNumber) };
  }
  return connectionFailure(error);
}

/** The server counts lines and code points from 1. */
function offsetOf(sql: string, line: number, column: number): number {
  const lines = sql.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, it) => sum + it.length + 1, 0);
  return (
    before +
    Array.from(lines[line - 1] ?? '')
      .slice(0, column - 1)
      .join('').length
  );
}

/** Why the server cannot be spoken to, and what to do about it. */
export function connectionFailure(error: unknown, origin = 'the Trino server'): WarehouseFailure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof HttpRefusal && (error.status === 401 || error.status === 403)) {
    return {
      kind: 'connection',
      message: `${origin} refuses this login (${error.status}). Are \`method\`, \`user\` and the password or token of the profile right?`,
    };
  }
  if (code === 'ECONNREFUSED') {
    return {
      kind: 'connection',
      message: `Nothing answers at ${origin}. Is it running, and are \`host\`, \`port\` and \`http_scheme\` of the profile right?`,
    };
  }
  return { kind: 'connection', message: `The connection to ${origin} failed: ${message}` };
}
