import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packRows } from '../../../server/src/base/packed-rows.ts';
import { postgresWarehouse } from '../../../server/src/warehouse/postgres/warehouse.ts';
import type { Session, Warehouse } from '../../../server/src/warehouse/warehouse.ts';
import { startPostgres, type TestServer } from './server.ts';

let server: TestServer;
let warehouse: Warehouse | undefined;

beforeAll(async () => {
  server = await startPostgres();
  warehouse = postgresWarehouse({ credentials: server.credentials, projectRoot: '/' });
}, 60_000);

afterAll(async () => {
  await warehouse?.close();
  await server.stop();
});

async function open(): Promise<Session> {
  const session = await warehouse!.session();
  if (!session.ok) throw new Error(session.failure.message);
  return session.value;
}

async function withSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
  const session = await open();
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

const fetch = { fetch: true };

describe('a session on PostgreSQL', () => {
  test('answers with exact values and the names of their types', () =>
    withSession(async session => {
      const sql = `select 1 as i, 9007199254740993::bigint as big, 1.50::numeric(10,2) as dec, 'a'::varchar(3) as s,
        true as b, null::text as n, date '2024-02-29' as d, '{"a": [1]}'::jsonb as j, array[1, 2] as l, 1.5::float8 as f`;
      const answer = await session.execute(sql, fetch);
      if (!answer.ok) throw new Error(answer.failure.message);
      expect(answer.value.columns.map(it => `${it.name} ${it.type}`).join('\n')).toBe(
        'i integer\nbig bigint\ndec numeric(10,2)\ns character varying(3)\nb boolean\nn text\nd date\nj jsonb\nl integer[]\nf double precision',
      );
      expect(answer.value.rows).toEqual([
        [1, 9007199254740993n, '1.50', 'a', true, null, '2024-02-29', { a: [1] }, '{1,2}', 1.5],
      ]);
      expect(answer.value.status).toBe('SELECT 1');
    }));

  test('tells of a drop that may have taken more along, not of one that found nothing', () =>
    withSession(async session => {
      const told = async (sql: string): Promise<unknown> => {
        const answer = await session.execute(sql, { fetch: false });
        return answer.ok ? answer.value.cascaded : answer.failure.message;
      };
      await session.execute('create table dropped (n int); create view over_dropped as select n from dropped', fetch);
      expect(await told('drop table if exists dropped cascade')).toBe(true);
      expect(await told('drop table if exists dropped cascade')).toBeUndefined();
    }));

  test('runs several statements up to one that is refused, and past one whose refusal is of no matter', () =>
    withSession(async session => {
      const refused = { sql: 'select nope', fetch: false };
      const known = { sql: 'select 1', fetch: true };
      const answers = await session.executeAll([{ ...refused, isGivenUp: true }, known, refused, known], {});
      expect(answers.map(it => it.ok)).toEqual([false, true, false]);
    }));

  test.each([
    ['create table status_of (n int)', 'CREATE TABLE', undefined],
    ['insert into status_of values (1), (2)', 'INSERT 0 2', 2],
    ['insert into status_of values (3); update status_of set n = n + 1', 'UPDATE 3', 3],
    ['drop table status_of', 'DROP TABLE', undefined],
  ])('says of `%s` what the server says', (sql, status, rowsAffected) =>
    withSession(async session => {
      expect(await session.execute(sql, { fetch: false })).toEqual({
        ok: true,
        value: { columns: [], rows: [], status, rowsAffected },
      });
    }),
  );

  test('a mistake has the place in the text, in UTF-16 units', () =>
    withSession(async session => {
      const sql = "select '🙂', nope from (select 1) t";
      const answer = await session.execute(sql, fetch);
      expect(answer).toMatchObject({ ok: false, failure: { kind: 'statement', position: sql.indexOf('nope') } });
    }));

  test('an abort cancels the statement in the server, and the session works on', () =>
    withSession(async session => {
      const stop = new AbortController();
      const slow = session.execute('select pg_sleep(60)', { ...fetch, signal: stop.signal });
      setTimeout(() => stop.abort(), 100);
      expect(await slow).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
      expect(await session.execute('select 1', fetch)).toMatchObject({ ok: true });
    }));

  test('a query comes in pages and can change nothing', () =>
    withSession(async session => {
      const stream = await session.query('select n from generate_series(1, 5) n', { pageSize: 2 });
      if (!stream.ok) throw new Error(stream.failure.message);
      expect(stream.value.columns).toEqual([{ name: 'n', type: 'integer' }]);
      const pages = [];
      for (
        let page = await stream.value.next();
        page.ok && page.value !== undefined;
        page = await stream.value.next()
      ) {
        pages.push(page.value);
      }
      expect(pages).toEqual([[[1], [2]], [[3], [4]], [[5]]]);
      await stream.value.close();
      const writing = await session.query('create table must_not_be as select 1 as n', { pageSize: 2 });
      expect(writing).toMatchObject({ ok: false });
      expect(await session.execute('select * from must_not_be', fetch)).toMatchObject({ ok: false });
    }));

  test('rows of text are loaded as the columns are typed', () =>
    withSession(async session => {
      await session.execute('create table loaded (n integer, s text, d date)', { fetch: false });
      const target = { relation: 'loaded', columns: ['n', 's', 'd'], types: ['integer', 'text', 'date'] };
      const rows = Array.from({ length: 25_000 }, (_, n) => [String(n), n % 2 === 0 ? null : 'x', '2024-01-01']);
      expect(await session.insertRows(target, packRows(rows))).toEqual({ ok: true, value: 25_000 });
      const counted = await session.execute('select count(*), count(s), max(n), min(d) from loaded', fetch);
      expect(counted).toMatchObject({ ok: true, value: { rows: [[25_000, 12_500, 24_999, '2024-01-01']] } });
    }));
});

describe('a connection that cannot be made says what to do', () => {
  test.each([
    [{ port: 1 }, 'Nothing answers at the server at 127.0.0.1:1.'],
    [{ dbname: 'nowhere' }, "has no database 'nowhere'"],
    [{ user: 'nobody' }, "refuses the user 'nobody'"],
    [{ sslmode: 'require' }, 'does not support SSL'],
    [{ sslrootcert: 'no-such-file.pem' }, 'The profile cannot be used: ENOENT'],
  ])('%o', async (change, message) => {
    const credentials = { ...server.credentials, ...change };
    const session = await postgresWarehouse({ credentials, projectRoot: '/' }).session();
    expect(session).toMatchObject({ ok: false, failure: { kind: 'connection' } });
    expect(!session.ok && session.failure.message).toContain(message);
  });
});
