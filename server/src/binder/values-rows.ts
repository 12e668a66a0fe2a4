import type { DialectName } from '../syntax/sql/dialect.ts';
import type { Expression } from '../syntax/sql/expression-nodes.ts';
import type { Values } from '../syntax/sql/nodes.ts';
import type { Place } from './context.ts';
import type { BoundColumn, Rows } from './rows.ts';
import { decided, unify } from './type-rules.ts';
import { bindValue, type Value } from './evaluate.ts';

/** The rows of VALUES, under the names that the dialect gives their columns. */
export function valuesRows(place: Place, node: Values): Rows {
  const { context } = place;
  const rows = node.rows.map(row => cells(row).map(it => bindValue(place, it)));
  const [first = []] = rows;
  const columns = first.map((_, at): BoundColumn => {
    const values = rows.flatMap((row): readonly Value[] => (row[at] === undefined ? [] : [row[at]]));
    const type = values.map(it => it.type).reduce((a, b) => unify(a, b, context.dialect));
    const name = valueName(at, context.dialect);
    return {
      name,
      key: context.dialect === 'snowflake' ? name.toUpperCase() : name,
      definition: { start: node.start, end: node.end },
      expression: undefined,
      type: decided(type, context.dialect),
      nullable: values.every(it => it.nullable === false) ? false : undefined,
      sources: context.sources.union(values.map(it => it.sources)),
    };
  });
  return { columns, isOpen: false, influences: [] };
}

function cells(row: Expression): readonly Parameters<typeof bindValue>[1][] {
  if (row.kind === 'row') return row.elements;
  return row.kind === 'parentheses' ? [row.value] : [row];
}

function valueName(at: number, dialect: DialectName): string {
  if (dialect === 'duckdb') return `col${at}`;
  if (dialect === 'trino') return `_col${at}`;
  return dialect === 'databricks' ? `col${at + 1}` : `column${at + 1}`;
}
