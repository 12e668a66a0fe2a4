import type { RenderProblem } from '../../render/rendered.ts';
import { StatementRefused } from '../context/dbt-error.ts';
import type { Refusal, RenderSession } from '../context/render-session.ts';
import { refusalOf, refusedProblem, waitForSent, type OpenStatement } from '../context/sent-statements.ts';

/** The warehouse's no to a statement, and the problem it is to the node. */
export interface Refused {
  readonly problem: RenderProblem;
  readonly refusal: Refusal;
}

/**
 * Waits for what a render sent. A statement that was refused goes before whatever went wrong after it, and without one
 * the render's own problem stands.
 */
export function settledProblem(session: RenderSession, problem: RenderProblem | undefined): RenderProblem | undefined {
  try {
    waitForSent(session);
  } catch (error) {
    if (!(error instanceof StatementRefused) || session.refusal === undefined) throw error;
    return refusedProblem(session.refusal);
  }
  // One that came to light while the template went on is placed where it was sent.
  const { refusal } = session;
  return refusal?.site === undefined ? problem : refusedProblem(refusal);
}

/** What of the statements under way matters to those who wait for them instead of the session. */
export const openStatements = ({ sent }: RenderSession): readonly OpenStatement[] =>
  sent.map(({ number, pieces, site, isInTransaction, nLog, written }) => {
    return { number, pieces, site, isInTransaction, nLog, written };
  });

/** What it means to a node that a statement under way has been refused. */
export function refusedStatement(
  statement: OpenStatement,
  why: { readonly message: string; readonly position: number | undefined },
): Refused {
  const refusal = refusalOf(why, statement);
  return { refusal, problem: refusedProblem(refusal) };
}
