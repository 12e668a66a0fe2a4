import type { Describe } from '../syntax/sql/nodes.ts';
import { keyOf, type Place } from './context.ts';
import { UNKNOWN_ROWS, type BoundColumn, type Rows } from './rows.ts';
import { INT64, TEXT, type SqlType } from './types.ts';

type Columns = readonly (readonly [name: string, type: SqlType])[];

const DESCRIBED: Columns = ['column_name', 'column_type', 'null', 'key', 'default', 'extra'].map(it => [it, TEXT]);

const SUMMARIZED: Columns = [
  ...['column_name', 'column_type', 'min', 'max'].map((it): [string, SqlType] => [it, TEXT]),
  ['approx_unique', INT64],
  ...['avg', 'std', 'q25', 'q50', 'q75'].map((it): [string, SqlType] => [it, TEXT]),
  ['count', INT64],
  ['null_percentage', { kind: 'decimal', precision: 9, scale: 2 }],
];

/** What DuckDB tells of a query or a table where DESCRIBE or SUMMARIZE is a query itself. */
export function describedRows(place: Place, { start, end }: Describe, target: Rows): Rows {
  const { text, dialect } = place.context;
  const word = /^\w+/.exec(text.slice(start, end))?.[0].toLowerCase();
  const known = word === 'describe' || word === 'desc' ? DESCRIBED : word === 'summarize' ? SUMMARIZED : undefined;
  if (dialect !== 'duckdb' || known === undefined) return UNKNOWN_ROWS;
  // What is told of columns comes from their values, but for their names and types.
  const all = place.context.sources.union([...target.columns.map(it => it.sources), target.rest ?? []]);
  const values = place.context.sources.through('aggregated', all);
  const columns = known.map(([name, type]): BoundColumn => ({
    name,
    key: keyOf(place, { kind: 'name', text: name, quoted: false, start, end }),
    definition: undefined,
    expression: { start, end },
    type,
    nullable: undefined,
    sources: known === DESCRIBED || name.startsWith('column_') ? [] : values,
  }));
  return { columns, isOpen: false, influences: target.influences };
}
