import { err, ok, type Result } from '../../base/result.ts';
import { csvRecords } from './csv.ts';
import { decimalPlaces, readValue, type SeedType } from './column-type.ts';

/** A seed's rows as dbt reads them: every value in the plain text of its column's type, ready to be cast by the warehouse. */
export interface SeedTable {
  readonly columns: readonly SeedColumn[];
  readonly rows: readonly (readonly (string | null)[])[];
}

export interface SeedColumn {
  readonly name: string;
  readonly type: SeedType;
  /** For numbers: the most decimal places of any value; 0 makes the column an integer. */
  readonly decimalPlaces: number;
}

export interface SeedOptions {
  readonly delimiter: string;
  /** Columns with a type of their own in `column_types`: their fields are kept as they are. */
  readonly textColumns: readonly string[];
}

/** Reads a seed file. The failure is dbt's message, for a row with more fields than there are columns. */
export function readSeed(text: string, { delimiter, textColumns }: SeedOptions): Result<SeedTable, string> {
  const [header = [], ...records] = csvRecords(text, delimiter);
  const names = columnNames(header);
  const tooLong = records.findIndex(record => record.length > names.length);
  if (tooLong >= 0) {
    const nValues = records[tooLong]?.length ?? 0;
    return err(`Row ${tooLong} has ${nValues} values, but Table only has ${names.length} columns.`);
  }
  const columns = names.map((name, at) => readColumn(name, fieldsOf(records, at), textColumns.includes(name)));
  const rows = records.map((_, row) => columns.map(column => column.values[row] ?? null));
  return ok({ columns: columns.map(({ name, type, values }) => describe(name, type, values)), rows });
}

/** Empty names become letters, and a name that is taken gets a number, as in agate. */
function columnNames(header: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return header.map((given, at) => {
    const name = given === '' ? letters(at) : given;
    let unique = name;
    for (let number = 2; taken.has(unique); number++) unique = `${name}_${number}`;
    taken.add(unique);
    return unique;
  });
}

/** `a` … `z`, then `aa`, `bb` and so on. */
function letters(at: number): string {
  return String.fromCodePoint(97 + (at % 26)).repeat(Math.floor(at / 26) + 1);
}

/** One column's fields; a row that is too short has none there, which any type accepts. */
function fieldsOf(records: readonly (readonly string[])[], at: number): readonly (string | undefined)[] {
  return records.map(record => record[at]);
}

interface ReadColumn {
  readonly name: string;
  readonly type: SeedType;
  readonly values: readonly (string | null)[];
}

const INFERRED: readonly SeedType[] = ['number', 'date', 'datetime', 'boolean'];

function readColumn(name: string, fields: readonly (string | undefined)[], isText: boolean): ReadColumn {
  for (const type of isText ? [] : INFERRED) {
    const values = valuesOf(fields, type);
    if (values !== undefined) return { name, type, values };
  }
  return { name, type: 'text', values: valuesOf(fields, 'text') ?? [] };
}

/** The values of a type, or `undefined` at the first field that is none. */
function valuesOf(fields: readonly (string | undefined)[], type: SeedType): readonly (string | null)[] | undefined {
  const values: (string | null)[] = [];
  for (const field of fields) {
    const value = field === undefined ? null : readValue(field, type);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

function describe(name: string, type: SeedType, values: readonly (string | null)[]): SeedColumn {
  if (type !== 'number') return { name, type, decimalPlaces: 0 };
  let places = 0;
  for (const value of values) if (value !== null) places = Math.max(places, decimalPlaces(value));
  return { name, type, decimalPlaces: places };
}
