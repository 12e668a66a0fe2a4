import { strOf } from '../../render/python/strings.ts';
import { dictGet } from '../../render/python/hash.ts';
import { Dict, HostObject, List, Tuple, type Value } from '../../render/value.ts';
import { readSeed, type SeedColumn, type SeedTable } from '../seeds/read-seed.ts';
import type { NodeView } from '../compile/manifest-view.ts';
import { asMap, asString } from '../manifest/data.ts';
import { Row } from './agate.ts';
import { compilationError } from './dbt-error.ts';

/** A seed's rows, as `load_agate_table` gives them. */
export class SeedRows extends HostObject {
  readonly typeName = 'Table';
  readonly columns: readonly SeedColumn[];
  readonly rows: SeedTable['rows'];
  constructor({ columns, rows }: SeedTable) {
    super();
    this.columns = columns;
    this.rows = rows;
  }

  columnNames(): readonly string[] {
    return this.columns.map(column => column.name);
  }

  /** What the warehouse calls the type that a column's values look like. */
  warehouseType(index: number, adapterType: string): string {
    const column = this.columns[index];
    if (column === undefined) return 'text';
    const names = TYPE_NAMES.get(adapterType) ?? STANDARD_TYPES;
    if (column.type === 'number') return column.decimalPlaces === 0 ? names.integer : names.decimal;
    if (column.type === 'text' && adapterType === 'redshift') return `varchar(${this.#longest(index)})`;
    return names[column.type];
  }

  /** The most bytes that a text of the column takes. */
  #longest(index: number): number {
    const lengths = this.rows.flatMap(row => {
      const text = strOf(row[index] ?? null);
      return text === undefined ? [] : [encoder.encode(text).length];
    });
    return lengths.length === 0 ? LENGTH_OF_NOTHING : lengths.reduce((a, b) => Math.max(a, b));
  }

  /** The types of the table's columns: the configured ones, else what their values look like. */
  types(configured: Value, adapterType: string): readonly string[] {
    return this.columns.map(({ name }, index) => {
      const own = configured instanceof Dict ? strOf(dictGet(configured, name) ?? null) : undefined;
      return own ?? this.warehouseType(index, adapterType);
    });
  }

  override attribute(name: string): Value | undefined {
    const names = this.columnNames();
    switch (name) {
      case 'column_names':
        return new Tuple(names);
      case 'rows':
        return new List(this.rows.map(row => new Row(names, row)));
      default:
        return undefined;
    }
  }

  override length(): number {
    return this.rows.length;
  }

  override truthy(): boolean {
    return true;
  }

  repr(): string {
    return '<agate.table.Table object>';
  }
}

const encoder = new TextEncoder();

/** What dbt gives a column of text without a single one, on warehouses that ask for a length. */
const LENGTH_OF_NOTHING = 64;

type TypeNames = Readonly<Record<'integer' | 'decimal' | 'date' | 'datetime' | 'boolean' | 'text', string>>;

const STANDARD_TYPES: TypeNames = {
  integer: 'integer',
  decimal: 'float8',
  date: 'date',
  datetime: 'timestamp without time zone',
  boolean: 'boolean',
  text: 'text',
};

const TYPE_NAMES: ReadonlyMap<string, TypeNames> = new Map([
  [
    'bigquery',
    { integer: 'int64', decimal: 'float64', date: 'date', datetime: 'datetime', boolean: 'bool', text: 'string' },
  ],
  ['snowflake', { ...STANDARD_TYPES, datetime: 'timestamp_ntz' }],
  ['databricks', { ...STANDARD_TYPES, integer: 'bigint', decimal: 'double', datetime: 'timestamp', text: 'string' }],
  ['spark', { ...STANDARD_TYPES, integer: 'bigint', decimal: 'double', datetime: 'timestamp', text: 'string' }],
  ['trino', { ...STANDARD_TYPES, decimal: 'double', datetime: 'timestamp', text: 'varchar' }],
]);

/** Reads a seed's file with the delimiter and types of its config. */
export function seedRows(node: NodeView, text: string): SeedRows {
  const delimiter = asString(node.config.get('delimiter')) ?? ',';
  const configured = asMap(node.config.get('column_types'));
  const textColumns = [...(configured?.keys() ?? [])].filter(name => typeof name === 'string');
  const table = readSeed(text, { delimiter, textColumns });
  return table.ok ? new SeedRows(table.value) : compilationError(table.failure, 'seed-invalid');
}
