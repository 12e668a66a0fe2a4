import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { packRows } from '../../../server/src/base/packed-rows.ts';
import type { Cell } from '../../../server/src/base/statement.ts';
import type { Session, Warehouse, WarehouseFailure } from '../../../server/src/warehouse/warehouse.ts';
import { duckdbWarehouse } from '../../../server/src/warehouse/duckdb/warehouse.ts';

let folder: string;
let warehouse: Warehouse;
let session: Session;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sluice-duckdb-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(async () => {
  warehouse = duckdbWarehouse({ credentials: { type: 'duckdb', path: ':memory:' }, projectRoot: folder });
  session = await opened(warehouse);
});

afterEach(() => warehouse.close());

async function opened(from: Warehouse): Promise<Session> {
  const result = await from.session();
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

async function run(sql: string): Promise<void> {
  const result = await session.execute(sql, { fetch: false });
  if (!result.ok) throw new Error(result.failure.message);
}

async function fetched(sql: string): Promise<readonly (readonly Cell[])[]> {
  const result = await session.execute(sql, { fetch: true });
  if (!result.ok) throw new Error(result.failure.message);
  return result.value.rows;
}

async function failureOf(sql: string): Promise<WarehouseFailure> {
  const result = await session.execute(sql, { fetch: true });
  if (result.ok) throw new Error('the statement succeeded');
  return result.failure;
}

describe('cells and types', () => {
  const cases: readonly (readonly [sql: string, type: string, cell: Cell])[] = [
    ['1', 'INTEGER', 1],
    ['count(*)', 'BIGINT', 1],
    ['9007199254740993', 'BIGINT', 9007199254740993n],
    ['sum(1)', 'HUGEINT', 1],
    ['170141183460469231731687303715884105727::hugeint', 'HUGEINT', 170141183460469231731687303715884105727n],
    ['1.50::decimal(5,2)', 'DECIMAL(5,2)', '1.50'],
    ['0.1::float', 'FLOAT', 0.1],
    ['0.1::double', 'DOUBLE', 0.1],
    ["'infinity'::double", 'DOUBLE', Infinity],
    ['true', 'BOOLEAN', true],
    ["'é🦆'", 'VARCHAR', 'é🦆'],
    ['null', 'INTEGER', null],
    ["date '2020-01-31'", 'DATE', '2020-01-31'],
    ["date 'infinity'", 'DATE', 'infinity'],
    ["time '01:02:03.5'", 'TIME', '01:02:03.5'],
    ["timestamp '2020-01-02 03:04:05.678'", 'TIMESTAMP', '2020-01-02 03:04:05.678'],
    ["timestamp_ns '2020-01-01 00:00:00.123456789'", 'TIMESTAMP_NS', '2020-01-01 00:00:00.123456789'],
    ["interval '1 year 2 days 3 hours'", 'INTERVAL', '1 year 2 days 03:00:00'],
    ["'00000000-0000-0000-0000-00000000000a'::uuid", 'UUID', '00000000-0000-0000-0000-00000000000a'],
    [String.raw`'\xAA'::blob`, 'BLOB', String.raw`\xAA`],
    ["'{}'::json", 'JSON', '{}'],
    ["'b'::enum('a', 'b')", "ENUM('a', 'b')", 'b'],
    ['[1.5::decimal(3,1), null]', 'DECIMAL(3,1)[]', ['1.5', null]],
    ['[1, 2]::int[2]', 'INTEGER[2]', [1, 2]],
    ["{a: 1, 'b c': ['x']}", 'STRUCT(a INTEGER, "b c" VARCHAR[])', { a: 1, 'b c': ['x'] }],
    ["map {'k': 1}", 'MAP(VARCHAR, INTEGER)', [{ key: 'k', value: 1 }]],
    ["union_value(n := date '2020-01-01')", 'UNION(n DATE)', '2020-01-01'],
  ];

  test.each(cases)('%s is a %s', async (sql, type, cell) => {
    const result = await session.execute(`select ${sql} as x`, { fetch: true });
    expect(result).toMatchObject({ ok: true, value: { columns: [{ name: 'x', type }], rows: [[cell]] } });
  });

  test('types are spelled as typeof spells them', async () => {
    const sql = `select {a: 1, "b c": [1.5], d: map {1: date '2020-01-01'}, e: timetz '01:00:00+02'} as x`;
    const result = await session.execute(sql, { fetch: true });
    const [[own] = []] = await fetched(`select typeof(x) from (${sql})`);
    expect(result.ok && result.value.columns[0]!.type).toBe(own);
  });

  test('timestamps with a zone are shown in the zone of the session, as DuckDB shows them', async () => {
    await run("set TimeZone = 'America/New_York'");
    const sql =
      "select t, t::varchar from (values (timestamptz '2020-07-01 00:00:00+00'), (timestamptz '2020-01-01 00:00:00+00')) v(t)";
    const rows = await fetched(sql);
    expect(rows.map(([shown]) => shown)).toEqual(['2020-06-30 20:00:00-04', '2019-12-31 19:00:00-05']);
    expect(rows.map(([shown]) => shown)).toEqual(rows.map(([, own]) => own));
  });

  test('columns of one name stay apart', async () => {
    const result = await session.execute('select 1 as a, 2 as a', { fetch: true });
    expect(result.ok && result.value).toMatchObject({ columns: [{ name: 'a' }, { name: 'a' }], rows: [[1, 2]] });
  });
});

describe('statements', () => {
  test('several statements in one text run in order and the last one answers', async () => {
    expect(await fetched('create table t as select 7 as n; insert into t values (8); select sum(n) from t')).toEqual([
      [15],
    ]);
  });

  test('a text of comments alone is done at once', async () => {
    expect(await fetched('-- nothing\n;')).toEqual([]);
  });

  test('nothing is fetched when nothing was asked for', async () => {
    const result = await session.execute('select 1', { fetch: false });
    expect(result.ok && result.value).toEqual({ columns: [], rows: [], status: 'OK', rowsAffected: undefined });
  });

  test('changed rows are counted', async () => {
    await run('create table t (n int)');
    const result = await session.execute('insert into t select * from range(5)', { fetch: false });
    expect(result.ok && result.value.rowsAffected).toBe(5);
  });

  test.each([
    ["select 'é🦆', foo from t", 'foo'],
    ['select 1;\nselect\n  bar\nfrom t', 'bar'],
    ["select n, 'x'::int as y from t", '::int'],
    ['select n frm t', 't'],
  ])('the failure of %j points at %j', async (sql, blamed) => {
    await run('create table t as select 1 as n');
    const failure = await failureOf(sql);
    expect(failure.kind).toBe('statement');
    expect(sql.slice(failure.position).startsWith(blamed)).toBe(true);
  });

  test("the message is DuckDB's, without its excerpt", async () => {
    await run('create table t as select 1 as n');
    expect((await failureOf('select m from t')).message).toMatch(
      /^Binder Error: Referenced column "m" not found in FROM clause!\nCandidate bindings: "n"$/,
    );
  });

  test('a failed statement leaves the session usable', async () => {
    await failureOf('select nope');
    expect(await fetched('select 1')).toEqual([[1]]);
  });

  test("sessions of one database see each other's tables", async () => {
    await run('create table t as select 1 as n');
    const other = await opened(warehouse);
    expect(await other.execute('select n from t', { fetch: true })).toMatchObject({ ok: true, value: { rows: [[1]] } });
  });

  test('cancelling ends a statement that would run for hours', async () => {
    const controller = new AbortController();
    const result = session.execute('select count(*) from range(100000000000) a, range(1000) b', {
      fetch: true,
      signal: controller.signal,
    });
    setTimeout(() => controller.abort(), 100);
    expect(await result).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
    expect(await fetched('select 1')).toEqual([[1]]);
  });

  test('cancelling reaches the statement that runs when there are several', async () => {
    const controller = new AbortController();
    const long = 'select count(*) from range(100000000000) a, range(1000) b;';
    const result = session.execute(`${long}${long}`, { fetch: true, signal: controller.signal });
    setTimeout(() => controller.abort(), 100);
    expect(await result).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  });
});

describe('queries', () => {
  const options = { pageSize: 10 };

  test('rows come in pages, and after the last one there is nothing', async () => {
    const stream = await session.query('select * from range(25) order by 1 desc', options);
    if (!stream.ok) throw new Error(stream.failure.message);
    const lengths: (number | undefined)[] = [];
    for (let at = 0; at < 4; at++) {
      const page = await stream.value.next();
      lengths.push(page.ok ? page.value?.length : NaN);
    }
    expect(lengths).toEqual([10, 10, 5, undefined]);
    expect(stream.value.columns).toEqual([{ name: 'range', type: 'BIGINT' }]);
  });

  test('the first page of an endless result comes at once, and a cancel ends the rest', async () => {
    const controller = new AbortController();
    const stream = await session.query('select a.range from range(100000000000) a', {
      ...options,
      signal: controller.signal,
    });
    if (!stream.ok) throw new Error(stream.failure.message);
    expect(await stream.value.next()).toMatchObject({ ok: true });
    controller.abort();
    expect(await stream.value.next()).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
    await stream.value.close();
    expect(await fetched('select 1')).toEqual([[1]]);
  });

  test('the first page waits for no more rows than it shows', async () => {
    const stream = await session.query(
      "select if(range = 20000, error('late'), range) as n from range(1000000)",
      options,
    );
    expect(stream).toMatchObject({ ok: true });
    if (stream.ok) expect(await stream.value.next()).toMatchObject({ ok: true });
  });

  test.each([
    'from range(3)',
    'explain select 1',
    'with a as (select 1) select * from a',
    'show tables',
    'values (1)',
    'pivot (select 1 as a, 2 as b) on a using sum(b)',
  ])('%s may be shown', async sql => {
    const stream = await session.query(sql, options);
    expect(stream).toMatchObject({ ok: true });
    if (stream.ok) expect(await stream.value.next()).toMatchObject({ ok: true });
  });

  test.each([
    'insert into t values (1)',
    'create table u (n int)',
    'drop table t',
    "copy t to 'x.csv'",
    'explain analyze insert into t values (1)',
    'create table u (n int); select 1',
    'select 1; drop table t',
    "attach ':memory:' as other",
    'commit',
    '-- nothing',
  ])('%s changes nothing and is refused', async sql => {
    await run('create table t (n int)');
    expect(await session.query(sql, options)).toMatchObject({ ok: false, failure: { kind: 'statement' } });
    expect(await fetched('select table_name from duckdb_tables() order by 1')).toEqual([['t']]);
    expect(await fetched('select count(*) from t')).toEqual([[0]]);
  });

  test('a statement closes the result that is being read, which says so', async () => {
    const stream = await session.query('select * from range(100000)', options);
    if (!stream.ok) throw new Error(stream.failure.message);
    await stream.value.next();
    await run('create table t (n int)');
    expect(await stream.value.next()).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  });

  test('inside a transaction of the session a query sees its changes', async () => {
    await run('begin; create table t as select 1 as n');
    const stream = await session.query('select n from t', options);
    expect(stream.ok && (await stream.value.next())).toEqual({ ok: true, value: [[1]] });
    if (stream.ok) await stream.value.close();
    await run('commit');
    expect(await fetched('select n from t')).toEqual([[1]]);
  });
});

describe('loading rows', () => {
  const target = { relation: '"memory"."main"."t"', columns: ['a', '"b c"'], types: ['integer', 'text'] };

  test('text becomes the type of its column, and null stays null', async () => {
    await run('create table t (a integer, "b c" text, d date default date \'2020-01-01\')');
    const loaded = await session.insertRows(
      target,
      packRows([
        ['1', 'x'],
        [null, "it's"],
        ['3', null],
      ]),
    );
    expect(loaded).toEqual({ ok: true, value: 3 });
    expect(await fetched('select * from t order by a')).toEqual([
      [1, 'x', '2020-01-01'],
      [3, null, '2020-01-01'],
      [null, "it's", '2020-01-01'],
    ]);
  });

  test('a value that does not fit loads no row at all', async () => {
    await run('create table t (a integer, "b c" text)');
    const loaded = await session.insertRows(
      target,
      packRows([
        ['1', 'x'],
        ['one', 'y'],
      ]),
    );
    expect(loaded).toMatchObject({ ok: false, failure: { message: expect.stringContaining("'one'") } });
    expect(await fetched('select count(*) from t')).toEqual([[0]]);
  });

  test('loading takes part in the transaction of the session', async () => {
    await run('create table t (a integer, "b c" text); begin');
    await session.insertRows(target, packRows([['1', 'x']]));
    await run('rollback');
    expect(await fetched('select count(*) from t')).toEqual([[0]]);
  });

  test('nothing is left behind', async () => {
    await run('create table t (a integer, "b c" text)');
    await session.insertRows(target, packRows([['1', 'x']]));
    expect(await fetched('select table_name from duckdb_tables()')).toEqual([['t']]);
  });
});

test('a named database is found by the stem of its file', async () => {
  const file = duckdbWarehouse({ credentials: { type: 'duckdb', path: 'dev.duckdb' }, projectRoot: folder });
  const result = await (await opened(file)).execute('select current_database()', { fetch: true });
  expect(result.ok && result.value.rows).toEqual([['dev']]);
  await file.close();
});

describe('what DuckDB expects of a query', () => {
  test('is the rows of all that it reads', async () => {
    await run('create table many as select range as n from range(5000)');
    expect(await session.estimate('select count(*) from many m join range(3) r on r.range = m.n', {})).toEqual({
      ok: true,
      value: { rows: 5003 },
    });
    expect(await session.estimate('select 1', {})).toEqual({ ok: true, value: { rows: 0 } });
  });

  test('runs nothing that stands behind the query, and does not guess at several statements', async () => {
    expect(await session.estimate('select 1; create table sneaked (n int)', {})).toEqual({
      ok: true,
      value: undefined,
    });
    expect((await failureOf('from sneaked')).message).toContain('sneaked');
  });

  test('is a failure with its place where the query is wrong', async () => {
    const sql = 'select nope from range(3)';
    expect(await session.estimate(sql, {})).toMatchObject({ ok: false, failure: { position: sql.indexOf('nope') } });
  });
});
