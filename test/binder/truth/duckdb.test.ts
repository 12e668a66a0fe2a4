import { describe, expect, test } from 'vitest';
import { catalogOf, compared, describeInDuckdb, described, duckdbWith, NESTED, SHOP } from './engine.ts';
import { truthOfQueries } from './corpus.ts';
import { Dice } from './dice.ts';
import { DUCKDB_FINALS } from './duckdb-finals.ts';
import { DUCKDB } from './duckdb-grammar.ts';
import { Generator } from './generate.ts';
import { truthOfMistakes } from './mistakes.ts';
import { mutatedDuckdb, mutations } from './mutate.ts';

const TABLES = { ...SHOP, ...NESTED };
const catalog = catalogOf(TABLES, 'duckdb');

describe('the columns of a query are those that DuckDB describes', () => {
  test('for 2,000 generated queries', async () => {
    const connection = await duckdbWith(TABLES);
    const found = await truthOfQueries(
      new Generator(1, TABLES, DUCKDB),
      2000,
      sql => describeInDuckdb(connection, sql),
      {
        catalog,
        dialect: 'duckdb',
      },
    );
    expect(found.wrong).toEqual([]);
    expect(found.nQueries).toBe(2000);
    expect(found.nRefused / found.nQueries).toBeLessThan(0.1);
    expect(found.unknown.length / found.nColumns, found.unknown.join('\n')).toBeLessThanOrEqual(0.01);
  }, 120_000);

  test.each(DUCKDB_FINALS)('with its names for %s', async sql => {
    const connection = await duckdbWith(TABLES);
    const real = await describeInDuckdb(connection, sql);
    const { columns, isOpen } = described(sql, catalog, 'duckdb');
    if (typeof real === 'string') throw new Error(`${real}: ${sql}`);
    const { names, wrongTypes } = compared(columns, isOpen, real);
    expect([...names, ...wrongTypes]).toEqual([]);
  });

  test.each([
    'select id, tags[1] as tag, numbers[1:2] as some, place.city, items[1].price as price, attributes[$$a$$] as a from nested',
    'select *, took * 2 as longer, seen - seen as gap from nested',
    'select id, unnest(items) as item from nested',
    'select n.id, t.tag from nested n, unnest(n.tags) as t(tag)',
    'select list_transform(numbers, x -> x * 1.5) as l, list_filter(tags, t -> t like $$a%$$) as f, [x + 1 for x in numbers] as c from nested',
    "select {'a': id, 'b': tags} as s, map(['k'], [id]) as m, [id, huge] as l, row(id, key) as r from nested",
    "select payload->'a' as j, payload->>'a' as t, json_extract(payload, '$.x') as x from nested",
    'select * from nested pivot (sum(id) as s, count(*) as n for small in (1, 2) group by clock)',
    'select * from (select id as a, id + 1 as b, key from nested) unpivot (v for n in (a, b))',
    'select * from customers join orders using (id)',
    'select * from customers natural join (select id, status from orders)',
    'select * from (select * from orders, customers)',
    'select * exclude (bytes) replace (id + 1 as id) rename (key as k) from nested',
    "select columns('^t') from nested",
    'with recursive t as (select 1 as n, $$x$$ as p union all select n + 1, p || $$y$$ from t where n < 3) select * from t',
    "select count(*), sum(amount), max(status), status || 'x', id + 1, -id, id in (1), id::bigint, status is null from orders group by all",
    'from orders select id, status where is_paid',
    'select * from generate_series(1, 3) g(n), range(2)',
    'select quantile_cont(amount, 0.5) as a, median(quantity) as b, mode(status) as c, arg_max(status, amount) as d from orders',
    'select id from orders union all by name select name, id from customers',
    'select orders from orders',
    'select row_number() over w as r, lag(amount, 1, 0) over w as l from orders window w as (partition by status order by id)',
    'values (1, $$a$$), (2.5, null)',
  ])('for %s', async sql => {
    const connection = await duckdbWith(TABLES);
    const real = await describeInDuckdb(connection, sql);
    const { columns } = described(sql, catalog, 'duckdb');
    expect(columns).toEqual(real);
  });
});

test('what is called wrong in 2,000 spoilt queries is refused by DuckDB', async () => {
  const connection = await duckdbWith(TABLES);
  const generator = new Generator(9, TABLES, DUCKDB);
  const { nRefused, nReported, wrong } = await truthOfMistakes(
    generator,
    2000,
    sql => describeInDuckdb(connection, sql),
    { catalog, dialect: 'duckdb', schema: TABLES, dice: new Dice(9) },
  );
  expect(wrong).toEqual([]);
  expect(nReported / nRefused).toBeGreaterThan(0.75);
}, 120_000);

test('a change of a source column shows only in columns that are predicted to depend on it', async () => {
  const connection = await mutatedDuckdb(TABLES, 6);
  const { trials, changed, misses } = await mutations(connection, TABLES, { seed: 5, nTrials: 5000 });
  expect(misses).toEqual([]);
  expect(trials).toBeGreaterThanOrEqual(5000);
  expect(changed).toBeGreaterThan(300);
}, 120_000);
