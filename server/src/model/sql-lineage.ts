import { same } from '../base/same.ts';
import { outputOf } from '../binder/bind.ts';
import type { ColumnSource } from '../binder/rows.ts';
import { NO_LINEAGE, type BoundStatement, type ColumnInput, type ColumnLineage } from './sql-facts.ts';

/** What the columns of a statement are made from, one step up and without places. */
export function lineageOf(statement: BoundStatement): ColumnLineage {
  const rows = outputOf(statement.binding);
  if (rows === undefined) return NO_LINEAGE;
  const columns = rows.columns.map(({ name, sources }) => ({
    name,
    inputs: distinct(sources.map(it => ({ ...relationOf(statement, it), column: it.column, kind: it.kind }))),
  }));
  const influences = distinct(
    rows.influences.map(({ kind, source }) => ({ ...relationOf(statement, source), column: source.column, kind })),
  );
  return { columns, influences };
}

function relationOf(statement: BoundStatement, source: ColumnSource): Pick<ColumnInput, 'uniqueId' | 'relation'> {
  const { table } = source;
  const uniqueId = statement.tables.get(table);
  return { uniqueId, relation: uniqueId === undefined ? statement.text.slice(table.start, table.end) : '' };
}

/** A table that is joined twice is one relation. */
function distinct<T>(items: readonly T[]): readonly T[] {
  return items.filter((item, at) => items.findIndex(it => same(it, item)) === at);
}
