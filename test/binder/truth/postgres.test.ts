import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres, type TestServer } from '../../warehouse/postgres/server.ts';
import { truthOfQueries } from './corpus.ts';
import { catalogOf, compared, described } from './engine.ts';
import { Dice } from './dice.ts';
import { Generator } from './generate.ts';
import { truthOfMistakes } from './mistakes.ts';
import { POSTGRES } from './postgres-grammar.ts';
import { POSTGRES_FINALS } from './postgres-queries.ts';
import { createTables, describeInPostgres, POSTGRES_SHOP, withoutSize } from './postgres-engine.ts';

let server: TestServer;
let client: pg.Client;

beforeAll(async () => {
  server = await startPostgres();
  const { host, port, user, password, dbname } = server.credentials as unknown as pg.ClientConfig & {
    readonly dbname: string;
  };
  client = new pg.Client({ host, port, user, password, database: dbname });
  await client.connect();
  await createTables(client, POSTGRES_SHOP);
}, 120_000);

afterAll(async () => {
  await client?.end();
  await server?.stop();
});

const catalog = catalogOf(POSTGRES_SHOP, 'postgres');

async function check(sql: string): Promise<void> {
  const real = await describeInPostgres(client, sql);
  if (typeof real === 'string') throw new Error(`${real}: ${sql}`);
  const { columns, isOpen, binding } = described(sql, catalog, 'postgres');
  const { names, wrongTypes, unknownTypes } = compared(columns.map(withoutSize), isOpen, real);
  expect({ sql, names, wrongTypes, unknownTypes }).toEqual({ sql, names: [], wrongTypes: [], unknownTypes: [] });
  expect(binding.problems.filter(it => it.severity === 'error')).toEqual([]);
}

test('the columns of 2,000 generated queries are those that PostgreSQL describes', async () => {
  const generator = new Generator(1, POSTGRES_SHOP, POSTGRES);
  const settings = { catalog, dialect: 'postgres', shown: withoutSize } as const;
  const found = await truthOfQueries(generator, 2000, sql => describeInPostgres(client, sql), settings);
  expect(found.wrong).toEqual([]);
  expect(found.nQueries).toBe(2000);
  expect(found.nRefused / found.nQueries).toBeLessThan(0.25);
  expect(found.unknown.length / found.nColumns, found.unknown.join('\n')).toBeLessThanOrEqual(0.01);
}, 120_000);

test('what is called wrong in 2,000 spoilt queries is refused by PostgreSQL', async () => {
  const generator = new Generator(9, POSTGRES_SHOP, POSTGRES);
  const settings = { catalog, dialect: 'postgres', schema: POSTGRES_SHOP, dice: new Dice(9) } as const;
  const describe = (sql: string) => describeInPostgres(client, sql);
  const { nRefused, nReported, wrong } = await truthOfMistakes(generator, 2000, describe, settings);
  expect(wrong).toEqual([]);
  expect(nReported / nRefused).toBeGreaterThan(0.75);
}, 120_000);

test.each(POSTGRES_FINALS)('the columns of %s have the names and types that PostgreSQL gives them', async sql => {
  const real = await describeInPostgres(client, sql);
  if (typeof real === 'string') throw new Error(`${real}: ${sql}`);
  const { columns, isOpen, binding } = described(sql, catalog, 'postgres');
  const { names, wrongTypes } = compared(columns.map(withoutSize), isOpen, real);
  expect([...names, ...wrongTypes]).toEqual([]);
  expect(binding.problems.filter(it => it.severity === 'error')).toEqual([]);
});

test('values without an alias have the name that PostgreSQL gives them', async () => {
  await check(
    "select count(*), max(status), id + 1, status || 'x', -id, (id), id::text, cast(id as bigint), 1, 'a' from orders group by id, status",
  );
  await check(
    'select case when is_paid then 1 else id end, coalesce(id, 1), status is null, extract(year from ordered_on), upper(status), (select 1), (select max(id) from orders) from orders',
  );
  await check('select Id, "id", orders.status as "Status", ORDERED_ON from orders');
});

test('stars, joins and set operations have the columns that PostgreSQL gives them', async () => {
  await check('select * from orders join customers using (id)');
  await check('select * from orders natural join (select id, name from customers) c');
  await check('select * from (values (1, 2.5), (2, null)) v');
  await check(
    "with recursive t(n, p) as (select 1, 'x'::text union all select n + 1, p || 'y' from t where n < 3) select * from t",
  );
  await check('select 1 as a union all select 2 union all select null');
  await check('select null as a, null as b union all select id, ordered_on from orders');
  await check("select ordered_on, 'x' as b from orders union all select '2024-01-01', null");
  await check("select date_part('year', ordered_on) - date_part('day', ordered_at) as d from orders");
  await check('select s, n from generate_series(1, 3) s, unnest(array[1.5, 2]) n');
});
