import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { bind, outputOf, type Binding } from '../../../server/src/binder/bind.ts';
import type { Catalog, KnownRelation } from '../../../server/src/binder/catalog.ts';
import { parseType, typeText } from '../../../server/src/binder/type-names.ts';
import type { DialectName } from '../../../server/src/syntax/sql/dialect.ts';
import type { TableName } from '../../../server/src/syntax/sql/nodes.ts';
import { parseSql } from '../../../server/src/syntax/sql/parse.ts';

/** Columns with their types as a dialect writes them, by table. */
export type Schema = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The tables that the generated queries read. */
export const SHOP: Schema = {
  orders: {
    id: 'BIGINT',
    customer_id: 'INTEGER',
    amount: 'DECIMAL(10,2)',
    quantity: 'SMALLINT',
    discount: 'DOUBLE',
    status: 'VARCHAR',
    ordered_at: 'TIMESTAMP',
    ordered_on: 'DATE',
    is_paid: 'BOOLEAN',
  },
  customers: {
    id: 'INTEGER',
    name: 'VARCHAR',
    country: 'VARCHAR',
    signed_up: 'DATE',
    score: 'FLOAT',
    balance: 'DECIMAL(18,4)',
  },
  events: {
    event_id: 'BIGINT',
    user_id: 'INTEGER',
    kind: 'VARCHAR',
    at: 'TIMESTAMP',
    value: 'DOUBLE',
    level: 'TINYINT',
  },
};

/** Columns only DuckDB has. */
export const NESTED: Schema = {
  nested: {
    id: 'INTEGER',
    tags: 'VARCHAR[]',
    numbers: 'INTEGER[]',
    place: 'STRUCT(city VARCHAR, lat DOUBLE, lon DOUBLE)',
    items: 'STRUCT(sku VARCHAR, price DECIMAL(8,2))[]',
    attributes: 'MAP(VARCHAR, INTEGER)',
    seen: 'TIMESTAMP WITH TIME ZONE',
    took: 'INTERVAL',
    payload: 'JSON',
    huge: 'HUGEINT',
    small: 'UTINYINT',
    clock: 'TIME',
    key: 'UUID',
    bytes: 'BLOB',
  },
};

/** A table's name as the text has it. */
export const nameOf = (table: TableName): string =>
  table.parts.flatMap(it => (it.kind === 'name' ? [it.text] : [])).join('.');

/** A catalog of tables by the last part of their names. */
export function catalogOf(schema: Schema, dialect: DialectName): Catalog {
  const relations = new Map(
    Object.entries(schema).map(([name, columns]): [string, KnownRelation] => [
      name,
      {
        id: name,
        isOpen: false,
        columns: Object.entries(columns).map(([column, type]) => ({
          name: column,
          type: parseType(type, dialect),
          nullable: undefined,
        })),
      },
    ]),
  );
  return table => relations.get(nameOf(table).split('.').at(-1)!.toLowerCase());
}

/** One output column: its name, and its type as the dialect writes it. */
export interface Described {
  readonly name: string;
  readonly type: string | undefined;
}

/** What the binder says of a query. */
export function described(
  sql: string,
  catalog: Catalog,
  dialect: DialectName,
): { readonly binding: Binding; readonly columns: readonly Described[]; readonly isOpen: boolean } {
  const binding = bind(parseSql(sql, dialect), catalog);
  const rows = outputOf(binding);
  const columns = (rows?.columns ?? []).map(it => ({ name: it.name, type: typeText(it.type, dialect) }));
  return { binding, columns, isOpen: rows?.isOpen ?? true };
}

/** A DuckDB in memory with empty tables. */
export async function duckdbWith(schema: Schema): Promise<DuckDBConnection> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  for (const [table, columns] of Object.entries(schema)) {
    const list = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`);
    await connection.run(`create table ${table} (${list.join(', ')})`);
  }
  return connection;
}

/** What DuckDB says of a query, or why it does not take it. */
export async function describeInDuckdb(
  connection: DuckDBConnection,
  sql: string,
): Promise<readonly Described[] | string> {
  try {
    const result = await connection.runAndReadAll(`describe ${sql}`);
    const rows = result.getRowsJson() as unknown as readonly (readonly string[])[];
    return rows.map(([name = '', type]) => ({ name, type }));
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
}

/** How two descriptions of a query differ. */
export interface Verdict {
  readonly names: readonly string[];
  readonly wrongTypes: readonly string[];
  readonly unknownTypes: readonly string[];
  readonly nColumns: number;
}

/** Compares what the binder says with what the engine says. */
export function compared(own: readonly Described[], isOpen: boolean, real: readonly Described[]): Verdict {
  const names: string[] = [];
  const wrongTypes: string[] = [];
  const unknownTypes: string[] = [];
  if (isOpen || own.length !== real.length) names.push(`${own.length}${isOpen ? '…' : ''} columns for ${real.length}`);
  for (const [at, { name, type }] of real.entries()) {
    const it = own[at];
    if (it === undefined) continue;
    if (it.name !== name) names.push(`${it.name} for ${name}`);
    if (it.type === undefined || it.type.includes('?')) unknownTypes.push(`${name}: ${type}`);
    else if (it.type !== type) wrongTypes.push(`${name}: ${it.type} for ${type}`);
  }
  return { names, wrongTypes, unknownTypes, nColumns: real.length };
}
