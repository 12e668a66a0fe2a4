import type { InsertTarget, StatementResult } from '../../base/statement.ts';
import type { Spanned } from '../../render/value.ts';
import type { SeedTable } from '../seeds/read-seed.ts';
import { WarehouseError, type WarehouseAccess } from '../warehouse-access.ts';
import { StatementRefused } from './dbt-error.ts';
import type { Refusal, RenderSession } from './render-session.ts';

/** How a statement takes part in the session's transaction. */
export interface StatementOptions {
  readonly fetch: boolean;
  /** Opens a transaction first, if none is. */
  readonly autoBegin: boolean;
}

const EMPTY: StatementResult = { columns: [], rows: [], status: '', rowsAffected: undefined };

/** Runs a statement as dbt's connections do; an empty answer, marked as a guess, where there is no warehouse. */
export function runStatement(
  session: RenderSession,
  code: string | Spanned,
  options: StatementOptions,
): StatementResult {
  const sql = typeof code === 'string' ? code : code.text;
  const { access } = session;
  if (access === undefined) {
    session.guessed = true;
    return EMPTY;
  }
  const control = /^\s*(commit|rollback|begin)\s*;?\s*$/i.exec(sql)?.[1]?.toLowerCase();
  if (control !== undefined) return runControl(session, control);
  if (needsTransaction(session, options)) beginTransaction(session);
  const result = orRefusal(session, code, () => access.execute(sql, { fetch: options.fetch }));
  if (result.cascaded === true) session.relations.forget();
  return result;
}

/** Loads rows into a table of the session's transaction. */
export function insertRows(session: RenderSession, target: InsertTarget, rows: SeedTable['rows']): number {
  const { access } = session;
  if (access === undefined) return 0;
  if (needsTransaction(session, { fetch: false, autoBegin: true })) beginTransaction(session);
  return orRefusal(session, '', () => access.insertRows(target, rows));
}

/** What the warehouse says no to is an error of the template, and the session remembers the statement. */
function orRefusal<T>(session: RenderSession, code: string | Spanned, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
    const { message, position } = error;
    session.refusal = { message, sql: error.sql, position, ...placeOf(code, position) };
    throw new StatementRefused(message, error.sql, position);
  }
}

/** Where the text around a position of a statement came from. */
function placeOf(code: string | Spanned, position: number | undefined): Pick<Refusal, 'origin' | 'frame'> {
  let end = 0;
  for (const { length, origin, kind, frame } of typeof code === 'string' || position === undefined ? [] : code.pieces) {
    const start = end;
    end += length;
    if (position === undefined || position >= end) continue;
    const offset = kind === 'verbatim' && origin !== undefined ? origin.start + position - start : undefined;
    const exact =
      offset === undefined || origin === undefined ? origin : { file: origin.file, start: offset, end: offset + 1 };
    return { origin: exact, frame };
  }
  return { origin: undefined, frame: undefined };
}

// A Python driver for postgres opens a transaction before the first statement of a connection, and leaves it to the
// statements after that to end it and to open others.
function needsTransaction(session: RenderSession, options: StatementOptions): boolean {
  if (session.transactionOpen) return false;
  const opensByItself = !session.hasBegun && IMPLICIT.has(session.view.adapterType);
  return options.autoBegin ? TRANSACTIONAL.has(session.view.adapterType) : opensByItself;
}

const IMPLICIT: ReadonlySet<string> = new Set(['postgres', 'redshift']);
const TRANSACTIONAL: ReadonlySet<string> = new Set(['postgres', 'redshift', 'duckdb']);

function beginTransaction(session: RenderSession): void {
  const { access } = session;
  if (access !== undefined) orRefusal(session, '', () => access.execute('BEGIN', { fetch: false }));
  session.transactionOpen = true;
  session.hasBegun = true;
}

/** A template's own `commit` ends what is open; where nothing is, there is nothing to do. */
function runControl(session: RenderSession, control: string): StatementResult {
  if (control === 'begin') {
    if (!session.transactionOpen) beginTransaction(session);
    return { ...EMPTY, status: 'BEGIN' };
  }
  endTransaction(session, control === 'commit' ? 'COMMIT' : 'ROLLBACK');
  session.hasBegun = true;
  return { ...EMPTY, status: control.toUpperCase() };
}

/** Commits or gives up what is open. */
export function endTransaction(session: RenderSession, how: 'COMMIT' | 'ROLLBACK'): void {
  if (!session.transactionOpen) return;
  session.transactionOpen = false;
  const { access } = session;
  if (access === undefined) return;
  if (how === 'COMMIT') orRefusal(session, '', () => access.execute(how, { fetch: false }));
  else giveUp(access);
}

/** A transaction that cannot be rolled back has gone with its connection, and what broke that has been told. */
function giveUp(access: WarehouseAccess): void {
  try {
    access.execute('ROLLBACK', { fetch: false });
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
  }
}
