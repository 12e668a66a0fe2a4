import type { InsertTarget, StatementResult } from '../../base/statement.ts';
import type { CallSite } from '../../render/rendered.ts';
import type { Spanned } from '../../render/value.ts';
import type { SeedTable } from '../seeds/read-seed.ts';
import { orRefusal, sendStatement } from './sent-statements.ts';
import type { RenderSession } from './render-session.ts';

/** How a statement takes part in the session's transaction. */
export interface StatementOptions {
  /** Opens a transaction first, if none is. */
  readonly autoBegin: boolean;
  /** The call that asks for the statement, where a template does. */
  readonly site?: CallSite;
}

/** The answer to a statement: at once, or the number of one that was sent and is not waited for. */
export type StatementAnswer = StatementResult | { readonly sent: number };

const EMPTY: StatementResult = { columns: [], rows: [], status: '', rowsAffected: undefined };

/** Runs a query as dbt's connections do; an empty answer, marked as a guess, where there is no warehouse. */
export function runQuery(session: RenderSession, code: string | Spanned, options: StatementOptions): StatementResult {
  const { access } = session;
  const text = textOf(code);
  const control = access === undefined ? guess(session) : runControl(session, text);
  if (access === undefined || control !== undefined) return control ?? EMPTY;
  if (needsTransaction(session, options)) beginTransaction(session);
  return orRefusal(session, code, () => access.execute(text, { fetch: true }));
}

/** The same for a statement whose rows nobody wants: it is sent, and the template goes on while the warehouse works. */
export function runStatement(
  session: RenderSession,
  code: string | Spanned,
  options: StatementOptions,
): StatementAnswer {
  const control = session.access === undefined ? guess(session) : runControl(session, textOf(code));
  if (control !== undefined) return control;
  if (needsTransaction(session, options)) beginTransaction(session, options.site);
  return { sent: sendStatement(session, code, { site: options.site }) };
}

/** Loads rows into a table of the session's transaction. */
export function insertRows(session: RenderSession, target: InsertTarget, rows: SeedTable['rows']): number {
  const { access } = session;
  if (access === undefined) return 0;
  if (needsTransaction(session, { autoBegin: true })) beginTransaction(session);
  return orRefusal(session, '', () => access.insertRows(target, rows));
}

const textOf = (code: string | Spanned): string => (typeof code === 'string' ? code : code.text);

function guess(session: RenderSession): StatementResult {
  session.guessed = true;
  return EMPTY;
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

function beginTransaction(session: RenderSession, site?: CallSite): void {
  if (session.access !== undefined) sendStatement(session, 'BEGIN', { site });
  session.transactionOpen = true;
  session.hasBegun = true;
}

/** A template's own `commit` ends what is open; where nothing is, there is nothing to do. */
function runControl(session: RenderSession, sql: string): StatementResult | undefined {
  const control = /^\s*(commit|rollback|begin)\s*;?\s*$/i.exec(sql)?.[1]?.toLowerCase();
  if (control === undefined) return undefined;
  if (control === 'begin') {
    if (!session.transactionOpen) beginTransaction(session);
    return { ...EMPTY, status: 'BEGIN' };
  }
  endTransaction(session, control === 'commit' ? 'COMMIT' : 'ROLLBACK');
  session.hasBegun = true;
  return { ...EMPTY, status: control.toUpperCase() };
}

/**
 * Commits or gives up what is open. A transaction that cannot be rolled back has gone with its connection, and what broke
 * that has been told.
 */
export function endTransaction(session: RenderSession, how: 'COMMIT' | 'ROLLBACK', site?: CallSite): void {
  if (!session.transactionOpen) return;
  session.transactionOpen = false;
  if (session.access !== undefined) sendStatement(session, how, { site, isGivenUp: how === 'ROLLBACK' });
}
