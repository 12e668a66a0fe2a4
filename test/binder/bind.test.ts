import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bind } from '../../server/src/binder/bind.ts';
import type { Catalog } from '../../server/src/binder/catalog.ts';
import { scalarName } from '../../server/src/binder/types.ts';
import { dialectOfAdapter, type DialectName } from '../../server/src/syntax/sql/dialect.ts';
import type { TableName } from '../../server/src/syntax/sql/nodes.ts';
import { parseSql } from '../../server/src/syntax/sql/parse.ts';

const TABLES: Readonly<Record<string, readonly string[]>> = {
  orders: ['id', 'customer_id', 'amount', 'status'],
  customers: ['id', 'name', 'country'],
  payments: ['id', 'order_id', 'amount'],
  wide: Array.from({ length: 40 }, (_, at) => `c${at}`),
};

const textOf = (table: TableName): string => table.parts.flatMap(it => (it.kind === 'name' ? [it.text] : [])).join('.');

const catalog: Catalog = table => {
  const name = textOf(table).split('.').at(-1)!.toLowerCase();
  const columns = TABLES[name]?.map(it => ({ name: it, type: undefined, nullable: undefined }));
  return columns === undefined ? undefined : { id: name, columns, isOpen: false };
};

/** Each output column as `name <- table.column …`, a `…` at the end when there may be more. */
function columnsOf(sql: string, dialect: DialectName): string {
  const { outputs } = bind(parseSql(sql, dialect), catalog);
  const [rows] = outputs.values();
  const lines = rows!.columns.map(({ name, sources }) => {
    const from = sources.map(it => `${textOf(it.table)}.${it.column}`).sort();
    return `${name === '' ? '?' : name} <- ${from.join(' ')}`.trimEnd();
  });
  return [...lines, ...(rows!.isOpen ? ['…'] : [])].join('\n');
}

function checkColumns(sql: string, expected: readonly string[], dialect: DialectName = 'duckdb'): void {
  expect(columnsOf(sql, dialect)).toBe(expected.join('\n'));
}

/** What the references of a text are that are no columns: `text kind`. */
function checkUnresolved(sql: string, expected: readonly string[], dialect: DialectName = 'duckdb'): void {
  const { references } = bind(parseSql(sql, dialect), catalog);
  const found = [...references].filter(([, it]) => it.kind !== 'column');
  expect(found.map(([ref, it]) => `${sql.slice(ref.start, ref.end)} ${it.kind}`)).toEqual(expected);
}

/** What PIVOT leaves of orders when the new columns depend on the data. */
const PIVOTED = ['id <- orders.id', 'customer_id <- orders.customer_id', '…'];

describe('output columns and what they are made from', () => {
  test('items take the name of their alias, their column or none', () =>
    checkColumns('select o.id, amount * 2 as twice, upper(status), status::text from orders o', [
      'id <- orders.id',
      'twice <- orders.amount',
      'upper(status) <- orders.status',
      'CAST(status AS VARCHAR) <- orders.status',
    ]));

  test('a value of many columns has each of them once, in its strongest kind', () => {
    const all = TABLES['wide']!.map(it => `wide.${it}`);
    checkColumns(`select ${TABLES['wide']!.join(' + ')} + sum(c0) over () as total, w.C39 from wide w`, [
      `total <- ${all.toSorted().join(' ')}`,
      'c39 <- wide.c39',
    ]);
    const { outputs } = bind(parseSql(`select c0 + c1 + sum(c1) as x from wide`, 'duckdb'), catalog);
    const [rows] = outputs.values();
    expect(rows!.columns[0]!.sources.map(it => `${it.column} ${it.kind}`)).toEqual(['c0 transformed', 'c1 aggregated']);
  });

  test('a table joined twice on the same condition is told, on another it is not', () => {
    const twice = (second: string): number => {
      const joins = `join customers a on o.customer_id = a.id join customers b on ${second}`;
      const { problems } = bind(parseSql(`select o.id from orders o ${joins}`, 'duckdb'), catalog);
      return problems.filter(it => it.code === 'sql-duplicate-join').length;
    };
    expect(twice('o.customer_id = b.id')).toBe(1);
    expect(twice('o.id = b.id')).toBe(0);
  });

  test('a star is all columns of all relations, or of the one it names', () => {
    checkColumns('select * from customers', [
      'id <- customers.id',
      'name <- customers.name',
      'country <- customers.country',
    ]);
    checkColumns('select c.*, o.id as order_id from orders o join customers c on o.customer_id = c.id', [
      'id <- customers.id',
      'name <- customers.name',
      'country <- customers.country',
      'order_id <- orders.id',
    ]);
  });

  test('a star without, with other and with renamed columns', () =>
    checkColumns(
      'select * exclude (id) replace (upper(name) || country as name) rename (country as land) from customers',
      ['name <- customers.country customers.name', 'land <- customers.country'],
    ));

  test('columns that USING merges come once', () =>
    checkColumns('select * exclude (status, name, country, customer_id) from orders join customers using (id)', [
      'id <- customers.id orders.id',
      'amount <- orders.amount',
    ]));

  test('beside USING Snowflake takes any column of several of a name', () => {
    const sql = 'select amount, id from orders left join payments using (id)';
    checkColumns(sql, ['amount <- orders.amount payments.amount', 'id <- orders.id payments.id'], 'snowflake');
    checkUnresolved(sql, [], 'snowflake');
    checkUnresolved(sql, ['amount ambiguous'], 'postgres');
    checkUnresolved('select amount from orders o join payments p on o.id = p.id', ['amount ambiguous'], 'snowflake');
  });

  test('Trino looks for a column among all relations of a name', () => {
    const sql = 'select j.name, j.amount from orders j join customers j on true';
    checkColumns(sql, ['name <- customers.name', 'amount <- orders.amount'], 'trino');
    const found = (dialect: DialectName) =>
      bind(parseSql(sql, dialect), catalog).problems.map(it => `${it.severity} ${it.code}`);
    expect(found('trino')).toEqual(['warning sql-duplicate-alias']);
    expect(found('postgres')).toContain('error sql-duplicate-alias');
  });

  test('Snowflake takes a second CTE of a name', () => {
    const sql = 'with a as (select 1 as x), a as (select x from a) select x from a';
    const severityIn = (dialect: DialectName): readonly string[] =>
      bind(parseSql(sql, dialect), catalog).problems.map(it => `${it.severity} ${it.code}`);
    expect(severityIn('snowflake')).toEqual(['warning sql-duplicate-cte']);
    expect(severityIn('postgres')).toEqual(['error sql-duplicate-cte']);
  });

  test('CTEs hand their columns on, under new names too', () =>
    checkColumns(
      'with a(x, y) as (select id, amount from orders), b as (select x, y + 1 as z from a) select * from b',
      ['x <- orders.id', 'z <- orders.amount'],
    ));

  test('set operations join values by position, or by name', () => {
    checkColumns('select id, amount from orders union all select order_id, amount from payments', [
      'id <- orders.id payments.order_id',
      'amount <- orders.amount payments.amount',
    ]);
    checkColumns('select id, amount from orders union all by name select amount, order_id as id from payments', [
      'id <- orders.id payments.order_id',
      'amount <- orders.amount payments.amount',
    ]);
  });

  test('a scalar subquery gives its value, also where it looks outwards', () =>
    checkColumns('select (select max(p.amount) from payments p where p.order_id = o.id) as paid from orders o', [
      'paid <- payments.amount',
    ]));

  test('a query that begins with FROM is a star', () =>
    checkColumns('from payments', ['id <- payments.id', 'order_id <- payments.order_id', 'amount <- payments.amount']));

  test('what is not known stays open, and what is known is kept', () => {
    checkColumns('select *, o.id as oid from orders o join elsewhere e on e.x = o.id', [
      'id <- orders.id',
      'customer_id <- orders.customer_id',
      'amount <- orders.amount',
      'status <- orders.status',
      'oid <- orders.id',
      '…',
    ]);
    checkColumns('select * from orders pivot (sum(amount) for status in (any))', PIVOTED, 'snowflake');
  });

  test('half-typed text keeps what it has', () =>
    checkColumns('select o.id, o. from orders o join customers c on ', ['id <- orders.id', '? <-']));
});

describe('the rows of BigQuery that are values', () => {
  const typeOf = (sql: string): string => {
    const { outputs, problems } = bind(parseSql(sql, 'bigquery'), catalog);
    expect(problems.filter(it => it.severity === 'error')).toEqual([]);
    return [...outputs.values()][0]!.columns.map(it => `${it.name} ${it.type?.kind ?? 'unknown'}`).join(', ');
  };

  test('have the fields of their struct for columns', () => {
    const sql =
      'with v as (select as struct id, status as s from orders) select id, upper(v.s) as s from v where id > 1';
    checkColumns(sql, ['id <- orders.id', 's <- orders.status'], 'bigquery');
    expect(typeOf("select v.a, b, v as all_of_it from (select as struct 1 as a, 'x' as b) v")).toBe(
      'a scalar, b scalar, all_of_it struct',
    );
  });

  test('have columns that nobody knows where the value is not known', () =>
    checkColumns(
      'select r.major, minor, r from (select as value s.version(status) from orders) r',
      ['major <- orders.status', 'minor <- orders.status', 'r <- orders.status'],
      'bigquery',
    ));

  test('are one value where a query is', () => {
    expect(typeOf('select array(select as struct 1 as a, 2 as b) as x')).toBe('x list');
    expect(typeOf('select (select as struct 1 as a, 2 as b).b as x')).toBe('x scalar');
    expect(typeOf('select v as x from (select as value 1) v')).toBe('x scalar');
  });

  test('miss a column that no field is', () => {
    const { problems } = bind(parseSql('select c from (select as struct 1 as a)', 'bigquery'), catalog);
    expect(problems.map(it => it.code)).toEqual(['sql-unknown-column']);
  });
});

describe('references', () => {
  test('a name in no relation is not found, unless one of them is unknown', () => {
    checkUnresolved('select id, nope, orders.nope from orders', ['nope not-found', 'orders.nope not-found']);
    checkUnresolved('select nope from orders, elsewhere, nowhere', ['nope unknown']);
    checkColumns('select nope from orders, elsewhere', ['nope <- elsewhere.nope']);
  });

  test('a name in two relations is ambiguous, unless it is qualified or merged', () => {
    checkUnresolved('select id from orders, customers', ['id ambiguous']);
    checkUnresolved('select orders.id from orders, customers', []);
    checkUnresolved('select id from orders join customers using (id)', []);
    checkUnresolved('select id from orders natural join customers', []);
  });

  test('aliases of the select list, lambdas, fields of values and tables with a schema', () => {
    checkUnresolved('select amount as a, a + 1 as b from orders where a > 1 group by b order by b', []);
    checkUnresolved('select list_transform([1], x -> x + amount) from orders', ['x local']);
    checkUnresolved('select raw.orders.id, orders.id, o.id from raw.orders, orders o', []);
    checkUnresolved('select customer_id.part.of from orders', []);
  });

  test('ORDER BY looks at the outputs first, the other clauses at the relations', () => {
    checkUnresolved('select orders.id from orders, customers order by id', []);
    checkUnresolved('select orders.id from orders, customers group by id', ['id ambiguous']);
  });

  test('names fold as the dialect folds them', () => {
    checkUnresolved('select "ID", Id from orders', ['"ID" not-found'], 'postgres');
    checkUnresolved('select "ID", Id from orders', []);
  });

  test('chains of any length need no stack', () => {
    const sum = 'amount + '.repeat(20_000);
    const unions = 'select id from orders union all '.repeat(3000);
    const joins = ' cross join orders'.repeat(1000);
    checkColumns(`select ${sum} 1 as total from orders`, ['total <- orders.amount']);
    checkUnresolved(`${unions} select id from orders`, []);
    checkUnresolved(`select 1 from orders ${joins}`, []);
    const pivots = 'pivot (sum(amount) for status in (any)) '.repeat(3000);
    checkColumns(`select * from orders ${pivots}`, PIVOTED, 'snowflake');
    checkColumns(
      `select x from orders ${'lateral view explode(status) '.repeat(1000)} v as x`,
      ['x <- orders.status'],
      'databricks',
    );
  });
});

describe('any text', () => {
  const word = fc.constantFrom(
    ...'select from where ( ) , . * a b orders id customers with as union all join on using left lateral values'.split(
      ' ',
    ),
    ...'pivot unpivot for in exclude replace rename case when end over order by group x -> [ ] { } ; natural'.split(
      ' ',
    ),
  );

  test('has a meaning, if only that nothing is known', () => {
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 40 }),
        fc.constantFrom('duckdb', 'bigquery', 'snowflake'),
        (words, name) => {
          const tree = parseSql(`select ${words.join(' ')}`, dialectOfAdapter(name));
          expect(bind(tree, catalog).outputs.size).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('types of values', () => {
  test.each<[DialectName, string, string]>([
    ['bigquery', 'extract(date from timestamp(amount))', 'date'],
    ['bigquery', 'extract(time from datetime(amount))', 'time'],
    ['bigquery', "extract(datetime from timestamp(amount) at time zone 'UTC')", 'timestamp'],
    ['bigquery', 'extract(week(monday) from date(amount))', 'int64'],
    ['bigquery', 'extract(YEAR from date(amount))', 'int64'],
  ])('%s: %s is %s', (dialect, value, type) => {
    const { outputs } = bind(parseSql(`select ${value} as x from orders`, dialect), catalog);
    const [rows] = outputs.values();
    expect(scalarName(rows!.columns[0]!.type)).toBe(type);
  });
});

describe('recorded queries', () => {
  const lines = readFileSync('test/conformance/sql/queries.jsonl', 'utf8').trim().split('\n');
  const queries = lines.map(it => JSON.parse(it) as { readonly dialect: string; readonly sql: string });

  /** Two of them name what their FROM, which is a CTE alone, does not have: good syntax without a meaning. */
  const MEANINGLESS: Readonly<Record<string, readonly string[]>> = {
    "json_value(j, '$.a.b') as jb": ['j', 'j.a.b'],
    'is_array(s.x) from mgr': ['s.x'],
  };
  const meaninglessIn = (sql: string): readonly string[] =>
    Object.entries(MEANINGLESS).find(([part]) => sql.includes(part))?.[1] ?? [];

  test.each(queries)('without a catalog nothing is called wrong: $dialect $sql', ({ dialect, sql }) => {
    const { references } = bind(parseSql(sql, dialectOfAdapter(dialect)), () => undefined);
    const wrong = [...references].filter(([, it]) => it.kind === 'not-found' || it.kind === 'ambiguous');
    expect(wrong.map(([ref]) => sql.slice(ref.start, ref.end))).toEqual(meaninglessIn(sql));
  });
});
