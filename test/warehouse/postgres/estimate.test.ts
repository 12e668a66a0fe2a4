import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planEstimate } from '../../../server/src/warehouse/postgres/estimate.ts';
import { postgresWarehouse } from '../../../server/src/warehouse/postgres/warehouse.ts';
import type { CostEstimate, Session, Warehouse } from '../../../server/src/warehouse/warehouse.ts';
import { startPostgres, type TestServer } from './server.ts';

let server: TestServer;
let warehouse: Warehouse;
let session: Session;

beforeAll(async () => {
  server = await startPostgres();
  warehouse = postgresWarehouse({ credentials: server.credentials, projectRoot: '/' });
  const opened = await warehouse.session();
  if (!opened.ok) throw new Error(opened.failure.message);
  session = opened.value;
  await session.execute(
    `create table many as select n, n % 7 as k from generate_series(1, 20000) n;
     create table few as select n from generate_series(1, 3) n;
     analyze many; analyze few`,
    { fetch: false },
  );
}, 60_000);

afterAll(async () => {
  await warehouse.close();
  await server.stop();
});

async function estimate(sql: string): Promise<CostEstimate | undefined> {
  const answer = await session.estimate(sql, {});
  if (!answer.ok) throw new Error(answer.failure.message);
  return answer.value;
}

describe('what PostgreSQL expects of a query', () => {
  test('is the rows of all tables it reads, and the cost of the whole plan', async () => {
    const both = await estimate('select few.n, count(*) from many join few on few.n = many.k group by 1');
    expect(both?.rows).toBe(20_003);
    expect(both?.cost).toBeGreaterThan((await estimate('select * from few'))?.cost ?? Infinity);
  });

  test('counts a table once that is read again from a CTE', async () => {
    const sql = 'with m as materialized (select * from many) select * from m union all select * from m';
    expect((await estimate(sql))?.rows).toBe(20_000);
  });

  test('is nothing when nothing is read', async () => expect((await estimate('select 1'))?.rows).toBe(0));

  test('runs nothing, neither behind the query nor in its place', async () => {
    for (const sql of ['select 1; create table sneaked (n int)', 'analyze create table sneaked as select 1 as n']) {
      expect(await session.estimate(sql, {})).toMatchObject({ ok: false, failure: { kind: 'statement' } });
    }
    expect(await session.execute('select * from sneaked', { fetch: true })).toMatchObject({ ok: false });
    expect(await session.execute('create table may_write (n int)', { fetch: false })).toMatchObject({ ok: true });
  });

  test('is a failure with its place where the query is wrong', async () => {
    const sql = 'select nope from many';
    expect(await session.estimate(sql, {})).toMatchObject({ ok: false, failure: { position: sql.indexOf('nope') } });
  });
});

test('a plan in the words of Redshift is read alike', () => {
  const plan = `XN HashAggregate  (cost=131.97..133.41 rows=576 width=17)
  ->  XN Hash Join DS_BCAST_INNER  (cost=112.50..3272334142.59 rows=170771 width=84)
        Hash Cond: ("outer".venueid = "inner".venueid)
        ->  XN Seq Scan on event  (cost=0.00..87.98 rows=8798 width=21)
              Filter: (eventid > 1)
        ->  XN Subquery Scan v  (cost=2.02..2.02 rows=202 width=22)
              ->  XN Seq Scan on venue  (cost=0.00..2.02 rows=202 width=22)`;
  expect(planEstimate(plan.split('\n'))).toEqual({ cost: 133.41, rows: 9000 });
});
