import type { StatementResult } from '../../server/src/base/statement.ts';
import { refusedStatement } from '../../server/src/dbt/compile/open-run.ts';
import type { NodeRun } from '../../server/src/dbt/compile/run-node.ts';
import { WarehouseError, type WarehouseAccess } from '../../server/src/dbt/warehouse-access.ts';

interface Pretended {
  /** Throws `WarehouseError` for what it refuses. */
  readonly execute: (sql: string) => StatementResult;
  readonly insertRows?: WarehouseAccess['insertRows'];
}

/** A warehouse that answers at once, and tells of a refusal only to those who wait, as the real one does. */
export function pretendedAccess({ execute, insertRows = (_, rows) => rows.length }: Pretended): WarehouseAccess {
  const answers: StatementResult[] = [];
  let refused: WarehouseError | undefined;
  const run = (sql: string, isGivenUp: boolean): number => {
    const number = answers.length + 1;
    let answer = NOTHING;
    try {
      if (refused === undefined) answer = execute(sql);
    } catch (error) {
      if (!(error instanceof WarehouseError)) throw error;
      if (!isGivenUp) refused = new WarehouseError(error.message, error.sql, error.position, number);
    }
    return answers.push(answer);
  };
  const told = (number: number): StatementResult => {
    const error = refused;
    refused = undefined;
    if (error !== undefined) throw error;
    return answers[number - 1]!;
  };
  return {
    execute: sql => told(run(sql, false)),
    send: (sql, { isGivenUp }) => run(sql, isGivenUp),
    answerTo: told,
    insertRows(target, rows) {
      if (refused !== undefined) told(0);
      answers.push(NOTHING);
      return insertRows(target, rows);
    },
  };
}

const NOTHING: StatementResult = { columns: [], rows: [], status: '', rowsAffected: undefined };

/** A run as it is once the warehouse has answered all that was open. */
export function closedRun(run: NodeRun, access: WarehouseAccess): NodeRun {
  try {
    const main = run.main !== undefined && 'sent' in run.main ? access.answerTo(run.main.sent) : run.main;
    for (const { number } of run.open) access.answerTo(number);
    return { ...run, main, open: [] };
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
    const statement = run.open.find(it => it.number === error.sent);
    if (statement === undefined) throw error;
    if (statement.isInTransaction) access.send('ROLLBACK', { isGivenUp: true });
    return { ...run, ...refusedStatement(statement, error), main: undefined, open: [], sql: statement.written };
  }
}
