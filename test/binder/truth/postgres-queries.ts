import type { Column, Family, Generated, Maker, Relation } from './grammar.ts';
import { groupedBySets, joinedByName } from './shared-queries.ts';

type Named = readonly (readonly [string, Family])[];

const columnsOf = (alias: string, list: Named): readonly Column[] =>
  list.map(([name, family]) => ({ text: `${alias}.${name}`, name, family }));

/** A relation of a known text behind which its alias and columns stand. */
const aliased =
  (prefix: string, sql: (alias: string) => string, list: Named) =>
  (it: Maker): Relation => {
    const alias = it.name(prefix);
    return { sql: sql(alias), columns: columnsOf(alias, list) };
  };

/** Relations that stand on their own in PostgreSQL. */
export const POSTGRES_RELATIONS: readonly ((it: Maker) => Relation | undefined)[] = [
  aliased('g', it => `generate_series(1, 3) ${it}(n)`, [['n', 'number']]),
  aliased('g', it => `generate_series(date '2024-01-01', date '2024-01-05', interval '1 day') ${it}(d)`, [
    ['d', 'zoned'],
  ]),
  aliased('u', it => `unnest(array['a', 'b'], array[1.5, 2]) with ordinality ${it}(t, n, o)`, [
    ['t', 'text'],
    ['n', 'number'],
    ['o', 'number'],
  ]),
  aliased('v', it => `(values (1, 'a', date '2024-01-01'), (2.5, 'b', null)) ${it}(n, t, d)`, [
    ['n', 'number'],
    ['t', 'text'],
    ['d', 'date'],
  ]),
  aliased('j', it => `jsonb_each('{"a": 1}'::jsonb) ${it}`, [
    ['key', 'text'],
    ['value', 'json'],
  ]),
  aliased('j', it => `jsonb_each_text('{"a": 1}'::jsonb) ${it}`, [
    ['key', 'text'],
    ['value', 'text'],
  ]),
  aliased('j', it => `jsonb_array_elements('[1]'::jsonb) ${it}(e)`, [['e', 'json']]),
  aliased('j', it => `jsonb_to_recordset('[]'::jsonb) as ${it}(a integer, b text, c timestamp)`, [
    ['a', 'number'],
    ['b', 'text'],
    ['c', 'moment'],
  ]),
  aliased('r', it => `rows from (generate_series(1, 2), unnest(array['a'])) as ${it}(n, t)`, [
    ['n', 'number'],
    ['t', 'text'],
  ]),
  aliased('s', it => `orders ${it} tablesample bernoulli (50)`, [
    ['id', 'number'],
    ['status', 'text'],
  ]),
  aliased('s', it => `regexp_split_to_table('a,b', ',') ${it}(p)`, [['p', 'text']]),
];

/** What can stand behind other relations in PostgreSQL. */
export const POSTGRES_JOINS: readonly ((it: Maker, outer: Relation) => Relation | undefined)[] = [
  (it, outer) => {
    const alias = it.name('u');
    const list = it.column('texts', outer.columns);
    if (list === undefined) return undefined;
    return {
      sql: `${outer.sql} cross join lateral unnest(${list}) ${alias}(v)`,
      columns: [...outer.columns, ...columnsOf(alias, [['v', 'text']])],
    };
  },
  (it, outer) => {
    const alias = it.name('l');
    const inner = it.relation();
    const [a, b] = [it.column('number', outer.columns), it.column('number', inner.columns)];
    if (a === undefined || b === undefined) return undefined;
    const query = `(select max(${it.value('number', inner.columns, 1)}) as m, count(*) as n from ${inner.sql} where ${b} = ${a})`;
    const sql = it.dice.pick([`, lateral ${query} ${alias}`, ` left join lateral ${query} ${alias} on true`]);
    return {
      sql: `${outer.sql}${sql}`,
      columns: [
        ...outer.columns,
        ...columnsOf(alias, [
          ['m', 'number'],
          ['n', 'number'],
        ]),
      ],
    };
  },
  joinedByName,
];

/** Queries of a shape of their own. */
export const POSTGRES_QUERIES: readonly ((it: Maker) => Generated | undefined)[] = [
  it => {
    const inner = it.query();
    const alias = it.name('s');
    return { sql: `select ${alias}.* from (${inner.sql}) ${alias}`, columns: inner.columns };
  },
  it => {
    const [name, label] = [it.name('r'), it.name('l')];
    const start = it.dice.pick(['1', '1::bigint', '1.5']);
    const rec = `with recursive ${name}(n, p) as (select ${start}, 'x'::text union all select n + 1, p || 'y' from ${name} where n < 4)`;
    return {
      sql: `select n as ${label}, p from (${rec} select * from ${name}) q`,
      columns: [
        { name: label, family: 'number' },
        { name: 'p', family: 'text' },
      ],
    };
  },
  it => {
    const from = it.from();
    const [w, a, b] = [it.name('w'), it.name('a'), it.name('b')];
    const values = [it.value('number', from.columns, 1), it.value('text', from.columns, 1)];
    const order = it.value('number', from.columns, 0);
    const sql = `select sum(${values[0]}) over ${w} as ${a}, lag(${values[1]}) over (${w}) as ${b} from ${from.sql} window ${w} as (order by ${order} rows between 1 preceding and current row)`;
    return {
      sql: sql.replace(`over (${w})`, `over ${w}`),
      columns: [
        { name: a, family: 'number' },
        { name: b, family: 'text' },
      ],
    };
  },
  groupedBySets,
  it => {
    const from = it.from();
    const [a, b] = [it.name('d'), it.name('d')];
    const key = it.column('text', from.columns);
    if (key === undefined) return undefined;
    return {
      sql: `select distinct on (${key}) ${key} as ${a}, ${it.value('date', from.columns, 2)} as ${b} from ${from.sql} order by ${key}`,
      columns: [
        { name: a, family: 'text' },
        { name: b, family: 'date' },
      ],
    };
  },
  it => {
    const inner = it.query();
    return { sql: `(${inner.sql}) limit 5 offset 1`, columns: inner.columns };
  },
  it => {
    const from = it.from();
    const a = it.name('e');
    const list = it.value('texts', from.columns, 1);
    return { sql: `select unnest(${list}) as ${a} from ${from.sql}`, columns: [{ name: a, family: 'text' }] };
  },
];

/** Queries whose columns have the names that PostgreSQL makes up for them. */
export const POSTGRES_FINALS: readonly string[] = [
  "select count(*), max(status), id + 1, status || 'x', -id, (id), id::text, cast(id as bigint), 1, 'a' from orders group by id, status",
  'select case when is_paid then 1 else id end, coalesce(id, 1), status is null, extract(year from ordered_on), upper(status), (select 1), (select max(id) from orders) from orders',
  'select Id, "id", orders.status as "Status", ORDERED_ON from orders',
  'select array[1, 2], array(select id from orders), row(1, 2), (1, 2), exists (select 1), id in (1, 2), id between 1 and 2, not is_paid, nullif(id, 1), greatest(id, 2) from orders',
  "select date '2024-01-01', timestamp '2024-01-01', interval '1 day', time '10:00', current_date, current_timestamp, now(), localtime, current_user, session_user, ordered_at at time zone 'UTC' from orders",
  "select trim(status), trim(both 'x' from status), substring(status from 1 for 2), position('a' in status), overlay(status placing 'x' from 1), btrim(status), left(status, 2) from orders",
  'select sum(amount) over (), row_number() over (order by id), lag(id) over w, percent_rank() over w from orders window w as (order by id)',
  "select array_agg(id), string_agg(status, ','), percentile_cont(0.5) within group (order by amount), mode() within group (order by status), count(*) filter (where is_paid), bool_or(is_paid), json_agg(id) from orders",
  'select orders from orders',
  'select o.*, c.name from orders o left join customers c on c.id = o.customer_id',
  'select * from orders join customers using (id)',
  'select * from orders natural join (select id, name from customers) c',
  'select * from generate_series(1, 2), unnest(array[1.5]) as x',
  'select * from generate_series(1, 2) as n, generate_series(1, 2) as m(k)',
  'select generate_series(1, 2), unnest(array[1, 2]), regexp_split_to_table(status, $$,$$) from orders',
  'values (1, $$a$$), (2.5, null)',
  'select * from (values (1, 2.5), (2, null)) v',
  "select (array[1, 2])[1], (array[1, 2])[1:1], ('{\"a\": 1}'::jsonb)->'a', ('{\"a\": 1}'::json)->>'a', '{\"a\": 1}'::jsonb from orders",
  'select grouping(status), status from orders group by rollup (status)',
  'select status collate "C", (status), ((status)), status::varchar(3), id::int4, id::float8, \'a\'::char(3), 1.5::numeric(3,1), true::int from orders',
  'select 1 as a union all select 2.5 union all select null',
  'select null as a, null as b union all select id, ordered_on from orders',
  'select (select id from orders limit 1), (select status as s from orders limit 1), (select max(id) as m from orders)',
  'select any_value from (select max(id) as any_value from orders) x',
  'with t(a, b) as (select 1, 2) select *, a + b, t.a from t',
  'with recursive t(n, p) as (select 1, $$x$$::text union all select n + 1, p || $$y$$ from t where n < 3) select * from t',
  'select id, row_to_json(orders), to_jsonb(orders) from orders',
  'table orders',
  'select * from jsonb_each($${"a": 1}$$::jsonb), json_object_keys($${"a": 1}$$) k',
  'select make_interval(days => 3), date_part($$year$$, ordered_on), age(ordered_at), to_char(id, $$999$$), concat(id, status), format($$%s$$, id) from orders',
];
