import type { TextRange } from '../base/text-range.ts';
import type { Cte, TableName } from '../syntax/sql/nodes.ts';
import type { BindContext } from './context.ts';
import { asWarning } from './mistakes.ts';

/**
 * DuckDB never looks into a CTE that the result does not need, so that what is wrong in one stops nothing: those
 * problems become warnings. Everybody else reads all of a text.
 */
export function sparedUnreadCtes(context: BindContext): void {
  const { dialect, problems, ctes, usedCtes } = context;
  if (dialect !== 'duckdb' || ctes.size === usedCtes.size) return;
  const errors = [...problems].filter(([, it]) => it.severity === 'error');
  if (errors.length === 0) return;
  const unread = unreadCtes(context);
  for (const [key, problem] of errors) {
    if (isInside(problem.range, unread)) problems.set(key, asWarning(problem));
  }
}

/** The CTEs that are named nowhere but in CTEs that are not read themselves. */
function unreadCtes({ ctes, tables }: BindContext): ReadonlySet<Cte> {
  const readers = new Map<Cte, TableName[]>();
  for (const [table, meaning] of tables) {
    if (meaning.kind !== 'cte') continue;
    const known = readers.get(meaning.cte);
    if (known === undefined) readers.set(meaning.cte, [table]);
    else known.push(table);
  }
  const unread = new Set(ctes);
  for (let nBefore = -1; nBefore !== unread.size;) {
    nBefore = unread.size;
    for (const cte of unread) if (readers.get(cte)?.some(it => !isInside(it, unread)) === true) unread.delete(cte);
  }
  return unread;
}

function isInside({ start, end }: TextRange, ctes: ReadonlySet<Cte>): boolean {
  for (const { query } of ctes) if (query.start <= start && end <= query.end) return true;
  return false;
}
