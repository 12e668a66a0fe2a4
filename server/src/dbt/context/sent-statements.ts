import type { CallSite, RenderProblem } from '../../render/rendered.ts';
import type { Piece, Spanned, Value } from '../../render/value.ts';
import { WarehouseError } from '../warehouse-access.ts';
import { StatementRefused } from './dbt-error.ts';
import type { Refusal, RenderSession } from './render-session.ts';

/**
 * A statement that was sent and not waited for, and what the session was at that moment: should the warehouse refuse it,
 * the session is what it would have been, had it waited.
 */
export interface SentStatement extends OpenStatement {
  readonly hasBegun: boolean;
  readonly results: ReadonlyMap<string, Value>;
  /** Whether its answer may be that relations are gone which it does not name. */
  readonly mayCascade: boolean;
}

/** What is told of a statement that is still under way when its node has been rendered. Plain data: it crosses threads. */
export interface OpenStatement {
  readonly number: number;
  readonly pieces: readonly Piece[];
  readonly site: CallSite | undefined;
  readonly isInTransaction: boolean;
  /** How much had been said until then. */
  readonly nLog: number;
  readonly written: string | undefined;
}

interface SendOptions {
  readonly site: CallSite | undefined;
  readonly isGivenUp?: boolean;
}

/** Sends a statement; `waitForSent` tells whether it was refused. Answers its number. */
export function sendStatement(session: RenderSession, code: string | Spanned, options: SendOptions): number {
  const { access, sent } = session;
  const sql = typeof code === 'string' ? code : code.text;
  const number = access?.send(sql, { isGivenUp: options.isGivenUp === true }) ?? 0;
  sent.push({
    number,
    pieces: typeof code === 'string' ? [] : code.pieces,
    site: options.site,
    isInTransaction: session.transactionOpen,
    nLog: session.log.length,
    written: session.written,
    hasBegun: session.hasBegun,
    results: new Map(session.results),
    mayCascade: CASCADE.test(sql),
  });
  return number;
}

const CASCADE = /\bdrop\b[^]*\bcascade\b/i;

/** Waits for what was sent. Throws `StatementRefused` when one was refused; then the session is as it was at that one. */
export function waitForSent(session: RenderSession): void {
  const last = session.sent.at(-1);
  if (last !== undefined) orRefusal(session, '', () => session.access?.answerTo(last.number));
}

/** Waits for statements that may have dropped more than they name, before what is known of relations is used. */
export function waitForCascades(session: RenderSession): void {
  if (session.sent.some(it => it.mayCascade)) waitForSent(session);
}

/**
 * Does what waits for the warehouse, and so for all that was sent before. What it says no to is an error of the template,
 * and the session remembers the statement.
 */
export function orRefusal<T>(session: RenderSession, code: string | Spanned, work: () => T): T {
  const sent = session.sent.splice(0);
  try {
    const answer = work();
    if (sent.some(it => it.mayCascade && session.access?.answerTo(it.number).cascaded === true)) {
      session.relations.forget();
    }
    return answer;
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
    const earlier = sent.find(it => it.number === error.sent);
    if (earlier !== undefined) restore(session, earlier);
    session.refusal = refusalOf(error, earlier ?? { pieces: typeof code === 'string' ? [] : code.pieces });
    throw new StatementRefused(error.message, error.sql, error.position);
  }
}

/** Takes back what a template did after a statement that was refused. */
function restore(session: RenderSession, { isInTransaction, hasBegun, nLog, written, results }: SentStatement): void {
  session.transactionOpen = isInTransaction;
  session.hasBegun = hasBegun;
  session.log.length = nLog;
  session.written = written;
  session.results.clear();
  for (const [name, value] of results) session.results.set(name, value);
}

/** What is remembered of a refusal: where the text around its position came from, and where the statement was sent. */
export function refusalOf(
  { message, position }: { readonly message: string; readonly position: number | undefined },
  { pieces, site }: { readonly pieces: readonly Piece[]; readonly site?: CallSite | undefined },
): Refusal {
  return { message, site, ...placeOf(pieces, position) };
}

function placeOf(pieces: readonly Piece[], position: number | undefined): Pick<Refusal, 'origin' | 'frame'> {
  let end = 0;
  for (const { length, origin, kind, frame } of position === undefined ? [] : pieces) {
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

/** A refusal that came to light after its statement was sent, as the problem it would have been there. */
export function refusedProblem({ message, site }: Refusal): RenderProblem {
  const { file, range, frame } = site ?? { file: '', range: { start: 0, end: 0 }, frame: undefined };
  return { errorClass: 'DbtDatabaseError', message, file, range, frame, line: undefined, code: 'statement-refused' };
}
