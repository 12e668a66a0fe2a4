import { csvRecords } from '../seeds/csv.ts';
import type { Data, DataMap, DataScalar } from './data.ts';
import type { UnitTestRows } from './node.ts';

/**
 * The rows of a unit test's input or expectation by the names of their columns, or `undefined` where a query gives
 * them. As in dbt, the first row without a null changes places with the first row, because some databases take the
 * type of a column from its first value; and an empty field of a CSV is null.
 */
export function unitTestRows({ format, rows }: UnitTestRows): readonly Data[] | undefined {
  if (typeof rows !== 'string') return fullRowFirst(rows);
  return format === 'csv' ? fullRowFirst(csvRows(rows)) : undefined;
}

function fullRowFirst(rows: readonly Data[]): readonly Data[] {
  const at = rows.findIndex(row => row instanceof Map && [...row.values()].every(value => value !== null));
  const [first] = rows;
  const full = rows[at];
  return first === undefined || full === undefined || at === 0 ? rows : rows.with(0, full).with(at, first);
}

function csvRows(text: string): readonly DataMap[] {
  return seedRows(text).map(row => new Map([...row].map(([name, value]) => [name, value === '' ? null : value])));
}

/**
 * The rows of a CSV text with a header as Python's `csv.DictReader` gives them: every value is a text, a row that is too
 * short has nulls at its end, and what a row has too much is listed without a name.
 */
export function seedRows(text: string): readonly DataMap[] {
  const [header = [], ...records] = csvRecords(text, ',');
  return records
    .filter(record => record.length > 0)
    .map(record => {
      const row = new Map<DataScalar, Data>(header.map((name, at) => [name, record[at] ?? null]));
      return record.length > header.length ? row.set(null, record.slice(header.length)) : row;
    });
}
