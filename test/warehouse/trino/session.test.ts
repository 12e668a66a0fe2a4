import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packRows } from '../../../server/src/base/packed-rows.ts';
import { trinoProfile } from '../../../server/src/warehouse/trino/profile.ts';
import { trinoWarehouse } from '../../../server/src/warehouse/trino/warehouse.ts';
import type { Session, Warehouse } from '../../../server/src/warehouse/warehouse.ts';
import { startTrino, type TrinoStandIn } from './stand-in.ts';

let server: TrinoStandIn;
let warehouse: Warehouse;
let session: Session;

beforeEach(async () => {
  server = await startTrino();
  warehouse = trinoWarehouse({ credentials: server.credentials, projectRoot: '/' });
  const opened = await warehouse.session();
  if (!opened.ok) throw new Error(opened.failure.message);
  session = opened.value;
});

afterEach(async () => {
  await warehouse.close();
  await server.stop();
});

describe('a session of Trino', () => {
  test('keeps the types of what it reads', async () => {
    const answer = await session.execute(
      `select 9007199254740993 as big, 7 as small, 1.50::decimal(5,2) as price, true as ok, null as nothing, '' as empty,
         date '2024-02-29' as day, [1, 2] as list, {'a': 1, 'b': 'x'} as pair`,
      { fetch: true },
    );
    if (!answer.ok) throw new Error(answer.failure.message);
    expect(answer.value.columns.map(it => `${it.name} ${it.type}`)).toMatchInlineSnapshot(`
      [
        "big bigint",
        "small integer",
        "price decimal",
        "ok boolean",
        "nothing integer",
        "empty varchar",
        "day date",
        "list array(integer)",
        "pair row(a integer, b varchar)",
      ]
    `);
    expect(answer.value.rows).toEqual([
      [9007199254740993n, 7, '1.50', true, null, '', '2024-02-29', [1, 2], { a: 1, b: 'x' }],
    ]);
  });

  test('follows the answers to the end, and gives pages of the size that was asked for', async () => {
    const opened = await session.query('select i from range(1030) as t(i) order by i', { pageSize: 250 });
    if (!opened.ok) throw new Error(opened.failure.message);
    const sizes: number[] = [];
    for (let page = await opened.value.next(); page.ok && page.value !== undefined; page = await opened.value.next()) {
      sizes.push(page.value.length);
    }
    expect(sizes).toEqual([250, 250, 250, 250, 30]);
  });

  test('reads in a transaction that may only read, and ends it', async () => {
    const opened = await session.query('select 1 as x', { pageSize: 10 });
    if (!opened.ok) throw new Error(opened.failure.message);
    await opened.value.close();
    const posts = server.requests.filter(it => it.method === 'POST').slice(1);
    expect(posts.map(it => it.body)).toEqual(['start transaction read only', 'select 1 as x', 'rollback']);
    expect(posts[1]?.headers['x-trino-transaction-id']).toMatch(/^t\d+$/);
  });

  test('asks the server for no more answers than its pages need, and ends the query when it is closed', async () => {
    const opened = await session.query('select i from range(100000) as t(i)', { pageSize: 100 });
    if (!opened.ok) throw new Error(opened.failure.message);
    await opened.value.next();
    await opened.value.close();
    const methods = server.requests.map(it => it.method);
    expect(methods.filter(it => it === 'GET').length).toBeLessThan(20);
    expect(methods).toContain('DELETE');
  });

  test('ends a statement in the server within a second when it is cancelled', async () => {
    const controller = new AbortController();
    const since = performance.now();
    const running = session.execute('select count(*) from range(100000) a, range(1000000) b', {
      fetch: true,
      signal: controller.signal,
    });
    setTimeout(() => controller.abort(), 200);
    expect(await running).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
    expect(performance.now() - since).toBeLessThan(1200);
    expect(server.requests.map(it => it.method)).toContain('DELETE');
  });

  test('places an error in the statement', async () => {
    const sql = "select '😀' as face,\n  no_such";
    const answer = await session.execute(sql, { fetch: true });
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'statement', position: sql.indexOf('no_such') } });
  });

  test('loads rows, nulls told apart from empty text', async () => {
    await session.execute('create table t (id integer, name varchar)', { fetch: false });
    const target = { relation: 't', columns: ['id', 'name'], types: ['integer', 'varchar'] };
    expect(
      await session.insertRows(
        target,
        packRows([
          ['1', "it's"],
          ['2', ''],
          ['3', null],
        ]),
      ),
    ).toEqual({ ok: true, value: 3 });
    const answer = await session.execute('select * from t order by id;', { fetch: true });
    expect(answer).toMatchObject({
      ok: true,
      value: {
        rows: [
          [1, "it's"],
          [2, ''],
          [3, null],
        ],
      },
    });
  });

  test('tells what the server expects a query to read, and nothing where a table has no statistics', async () => {
    const expected = (sql: string) => session.estimate(sql, {});
    expect(await expected('select * from t union all select * from u')).toEqual({
      ok: true,
      value: { rows: 2000, bytes: 54_000 },
    });
    expect(await expected('select * from t union all select * from unknown_table')).toEqual({
      ok: true,
      value: undefined,
    });
  });

  test('tells what a statement did', async () => {
    await session.execute('create table t (id integer)', { fetch: false });
    const answer = await session.execute('insert into t values (1), (2), (3)', { fetch: false });
    expect(answer).toMatchObject({ ok: true, value: { status: 'INSERT (3 rows)', rowsAffected: 3 } });
  });

  test('keeps what it sets, and sends it with every statement after', async () => {
    await session.execute("set session task_concurrency = '8'", { fetch: false });
    await session.execute('select 1', { fetch: true });
    const last = server.requests.filter(it => it.method === 'POST').at(-1);
    expect(last?.headers['x-trino-session']).toBe('query_max_run_time=5m,task_concurrency=8');
    expect(last?.headers).toMatchObject({
      'x-trino-user': 'ada',
      'x-trino-catalog': 'memory',
      'x-trino-schema': 'main',
    });
  });

  test('asks again when the server is too busy', async () => {
    server.refuse(503, 2);
    expect(await session.execute('select 1 as x', { fetch: true })).toMatchObject({ ok: true });
  });
});

test('a login that is refused says which keys of the profile to look at, and not the password', async () => {
  const credentials = { ...server.credentials, password: 'wrong-canary' };
  const opened = await trinoWarehouse({ credentials, projectRoot: '/' }).session();
  expect(opened).toMatchObject({ ok: false, failure: { kind: 'connection' } });
  expect(JSON.stringify(opened)).toMatch(/refuses this login \(401\)/);
  expect(JSON.stringify(opened)).not.toContain('wrong-canary');
});

test('a server that is not there is named with its address', async () => {
  const credentials = { ...server.credentials, port: 1 };
  const opened = await trinoWarehouse({ credentials, projectRoot: '/' }).session();
  expect(JSON.stringify(opened)).toContain('Nothing answers at http://127.0.0.1:1.');
});

test('a profile gives the defaults of dbt-trino', () => {
  const { origin, headers } = trinoProfile({
    type: 'trino',
    method: 'jwt',
    host: 'trino.example.com',
    user: 'ada',
    jwt_token: 'x.y',
    roles: { hive: 'admin' },
  });
  expect(origin).toBe('https://trino.example.com:443');
  expect(headers).toMatchObject({
    Authorization: 'Bearer x.y',
    'X-Trino-Role': 'hive=ROLE%7Badmin%7D',
    'X-Trino-User': 'ada',
  });
});
