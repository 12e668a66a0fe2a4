import type pg from 'pg';
import type { Described, Schema } from './engine.ts';

/** The tables of the shop as PostgreSQL has them. */
export const POSTGRES_SHOP: Schema = {
  orders: {
    id: 'bigint',
    customer_id: 'integer',
    amount: 'numeric(10,2)',
    quantity: 'smallint',
    discount: 'double precision',
    status: 'text',
    ordered_at: 'timestamp without time zone',
    ordered_on: 'date',
    is_paid: 'boolean',
  },
  customers: {
    id: 'integer',
    name: 'text',
    country: 'text',
    signed_up: 'date',
    score: 'real',
    balance: 'numeric(18,4)',
  },
  events: {
    event_id: 'bigint',
    user_id: 'integer',
    kind: 'text',
    happened: 'timestamp without time zone',
    value: 'double precision',
    level: 'smallint',
  },
};

/** Makes the tables of a schema, empty, for this session alone. */
export async function createTables(client: pg.Client, schema: Schema): Promise<void> {
  for (const [table, columns] of Object.entries(schema)) {
    const list = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`);
    await client.query(`create temporary table ${table} (${list.join(', ')})`);
  }
}

/** What the server says of a query's columns, types without their sizes; or why it does not take it. */
export async function describeInPostgres(client: pg.Client, sql: string): Promise<readonly Described[] | string> {
  try {
    const { fields } = await client.query(`select * from (${sql}) as q limit 0`);
    const { rows } = await client.query<{ readonly type: string }>(
      'select format_type(t, null) as type from unnest($1::oid[]) with ordinality as x(t, i) order by i',
      [fields.map(it => it.dataTypeID)],
    );
    return fields.map(({ name }, at) => ({ name, type: rows[at]?.type }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A type without its size, which a row description does not tell. */
export const withoutSize = (it: Described): Described => ({ ...it, type: it.type?.replace(/\(\d+(?:,\d+)?\)/, '') });
