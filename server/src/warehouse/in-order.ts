import type { Result } from '../base/result.ts';
import type { StatementResult } from '../base/statement.ts';
import type { Session, Statement, WarehouseFailure } from './warehouse.ts';

/** What `Session.executeAll` promises, by one statement after the other. */
export async function executeInOrder(
  session: Pick<Session, 'execute'>,
  statements: readonly Statement[],
  signal: AbortSignal | undefined,
): Promise<readonly Result<StatementResult, WarehouseFailure>[]> {
  const answers: Result<StatementResult, WarehouseFailure>[] = [];
  for (const { sql, fetch, isGivenUp = false } of statements) {
    const answer = await session.execute(sql, signal === undefined ? { fetch } : { fetch, signal });
    answers.push(answer);
    if (!answer.ok && !isGivenUp) break;
  }
  return answers;
}
