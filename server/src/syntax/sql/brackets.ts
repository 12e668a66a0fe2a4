import type { Cursor } from './cursor.ts';
import type { ErrorNode } from './expression-nodes.ts';
import { beginsClause } from './clause-starts.ts';

export type Closer = ')' | ']' | '}';

const CLOSERS: ReadonlySet<string> = new Set([')', ']', '}']);

/** Consumes the bracket here and answers with what `close` needs to find its end. */
export function open(p: Cursor): { readonly isClosed: boolean } {
  const isClosed = p.distanceToCloser() !== undefined;
  p.advance();
  return { isClosed };
}

/**
 * Consumes the end of a bracket. When something else stands here, says so and skips up to the end, but never over the
 * beginning of a clause: in `select count( from t` the bracket was left open, and FROM is the query's.
 */
export function close(p: Cursor, opened: { readonly isClosed: boolean }, closer: Closer): ErrorNode | undefined {
  if (p.accept(closer)) return undefined;
  p.reportMissing([closer]);
  const skipped = p.skipTo(() => p.isOneOf(CLOSERS) || beginsClause(p) || p.is(';') || (p.is(',') && !opened.isClosed));
  p.accept(closer);
  return skipped;
}
