import { ok, type Result } from '../base/result.ts';
import type { Cell, ResultColumn } from '../base/statement.ts';
import type { RowStream, Session, WarehouseFailure } from '../warehouse/warehouse.ts';

/** The first rows of a query. */
export interface QueryResult {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /** Whether the query has more rows than were fetched. */
  readonly truncated: boolean;
}

/**
 * The first `limit` rows of a query that only reads. The statement is sent as it is and its result read no further
 * than that, so that neither its order nor its own LIMIT changes.
 */
export async function queryRows(
  session: Session,
  sql: string,
  { limit, signal }: { readonly limit: number; readonly signal: AbortSignal },
): Promise<Result<QueryResult, WarehouseFailure>> {
  const pageSize = Math.max(Math.min(limit + 1, MAX_PAGE), 1);
  const stream = await session.query(sql, { pageSize, signal });
  if (!stream.ok) return stream;
  try {
    return await firstRows(stream.value, limit);
  } finally {
    await stream.value.close();
  }
}

const MAX_PAGE = 2000;

async function firstRows(stream: RowStream, limit: number): Promise<Result<QueryResult, WarehouseFailure>> {
  const rows: (readonly Cell[])[] = [];
  while (rows.length <= limit) {
    const page = await stream.next();
    if (!page.ok) return page;
    if (page.value === undefined) return ok({ columns: stream.columns, rows, truncated: false });
    for (const row of page.value) rows.push(row);
  }
  return ok({ columns: stream.columns, rows: rows.slice(0, limit), truncated: true });
}
