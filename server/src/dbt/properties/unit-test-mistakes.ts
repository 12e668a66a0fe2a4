import { asList, asString, isMap, type Data, type DataMap } from '../manifest/data.ts';
import type { KeyPath } from '../manifest/mistake.ts';

/** Something that dbt refuses in a unit test, and the keys that lead to it from the entry. */
export interface UnitTestMistake {
  readonly path: KeyPath;
  readonly message: string;
}

/** Rows that a unit test gives or expects, and the keys that lead to them. */
export interface UnitTestRowsPart {
  readonly path: KeyPath;
  readonly data: DataMap;
  readonly kind: 'input' | 'expected';
}

/** Everything in a unit test that holds rows, in dbt's order. */
export function unitTestRowsParts(entry: DataMap): readonly UnitTestRowsPart[] {
  const given = (asList(entry.get('given')) ?? []).flatMap((data, at): readonly UnitTestRowsPart[] =>
    isMap(data) ? [{ path: ['given', at], data, kind: 'input' }] : [],
  );
  const expect = entry.get('expect');
  return isMap(expect) ? [...given, { path: ['expect'], data: expect, kind: 'expected' }] : given;
}

export type RowsFormat = 'dict' | 'csv' | 'sql';

/** How rows are written; anything unknown counts as dbt's default. */
export function rowsFormat(data: DataMap): RowsFormat {
  const format = asString(data.get('format'));
  return format === 'csv' || format === 'sql' ? format : 'dict';
}

/** Whether nothing gives the rows of an input, which then are those of the seed that it names. */
export const takesRowsOfSeed = (data: DataMap): boolean =>
  rowsFormat(data) === 'dict' && isNothing(data.get('rows')) && isNothing(data.get('fixture'));

const isNothing = (data: Data | undefined): boolean => data === undefined || data === null;

/** Rows that are not written as their format has them. */
export function rowsMistake(name: string, { path, data, kind }: UnitTestRowsPart): UnitTestMistake | undefined {
  const format = rowsFormat(data);
  const rows = data.get('rows');
  if (format === 'dict') {
    if (takesRowsOfSeed(data) || asList(rows) !== undefined) return undefined;
    return { path, message: `Unit test ${name} has ${kind} rows which do not match format dict` };
  }
  if (typeof rows === 'string' || typeof data.get('fixture') === 'string') return undefined;
  const message = `Unit test ${name} has ${kind} rows or fixtures which do not match format ${format}.  Expected string.`;
  return { path, message };
}
