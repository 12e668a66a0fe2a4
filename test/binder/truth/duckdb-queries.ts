import type { Column, Family, Generated, Maker, Relation } from './grammar.ts';
import { groupedBySets, joinedByName } from './shared-queries.ts';

/** Columns of an alias by their names and families. */
const columnsOf = (alias: string, list: readonly (readonly [string, Family])[]): readonly Column[] =>
  list.map(([name, family]) => ({ text: `${alias}.${name}`, name, family }));

/** A query of values with names, and those names. */
function named(
  it: Maker,
  families: readonly Family[],
): Generated & { readonly list: readonly (readonly [string, Family])[] } {
  const from = it.from();
  const list = families.map((family): readonly [string, Family] => [it.name('n'), family]);
  const items = list.map(([name, family]) => `${it.value(family, from.columns, 1)} as ${name}`);
  return {
    sql: `select ${items.join(', ')} from ${from.sql}`,
    columns: list.map(([name, family]) => ({ name, family })),
    list,
  };
}

/** Relations that stand on their own in DuckDB. */
export const DUCKDB_RELATIONS: readonly ((it: Maker) => Relation | undefined)[] = [
  it => {
    const alias = it.name('g');
    const call = it.dice.pick(['range(4)', 'generate_series(1, 3)', 'range(1, 10, 3)', 'repeat(7, 3)']);
    return { sql: `${call} ${alias}(n)`, columns: columnsOf(alias, [['n', 'number']]) };
  },
  it => {
    const alias = it.name('g');
    const sql = `generate_series(date '2024-01-01', date '2024-01-05', interval '1 day') ${alias}(d)`;
    return { sql, columns: columnsOf(alias, [['d', 'moment']]) };
  },
  it => {
    const alias = it.name('u');
    return { sql: `unnest([1, 2, 3]) ${alias}(v)`, columns: columnsOf(alias, [['v', 'number']]) };
  },
  it => {
    const alias = it.name('u');
    const sql = `unnest(['a', 'b']) with ordinality ${alias}(t, o)`;
    return {
      sql,
      columns: columnsOf(alias, [
        ['t', 'text'],
        ['o', 'number'],
      ]),
    };
  },
  it => {
    const alias = it.name('v');
    const sql = `(values (1, 'a', date '2024-01-01'), (2.5, 'b', null)) ${alias}(n, t, d)`;
    return {
      sql,
      columns: columnsOf(alias, [
        ['n', 'number'],
        ['t', 'text'],
        ['d', 'date'],
      ]),
    };
  },
  it => {
    const alias = it.name('p');
    const sql = `(select kind, level, value from events) pivot (sum(value) as s, count(*) as n for kind in ('web' as w, 'app' as a) group by level) ${alias}`;
    return {
      sql,
      columns: columnsOf(alias, [
        ['level', 'number'],
        ['w_s', 'number'],
        ['a_n', 'number'],
      ]),
    };
  },
  it => {
    const alias = it.name('p');
    const sql = `(select id, amount, discount from orders) unpivot${it.dice.pick(['', ' include nulls'])} (v for k in (amount, discount)) ${alias}`;
    return {
      sql,
      columns: columnsOf(alias, [
        ['id', 'number'],
        ['k', 'text'],
        ['v', 'number'],
      ]),
    };
  },
  it => {
    const alias = it.name('j');
    const sql = `json_each('{"a": 1}'::json) ${alias}`;
    return {
      sql,
      columns: columnsOf(alias, [
        ['key', 'text'],
        ['value', 'json'],
        ['id', 'number'],
        ['fullkey', 'text'],
      ]),
    };
  },
  it => {
    const alias = it.name('s');
    if (it.isOrdered) return undefined;
    const how = it.dice.pick(['tablesample 50%', 'tablesample reservoir(3)', 'tablesample bernoulli(10 percent)']);
    return {
      sql: `orders ${alias} ${how}`,
      columns: columnsOf(alias, [
        ['id', 'number'],
        ['status', 'text'],
      ]),
    };
  },
  it => {
    const alias = it.name('f');
    return {
      sql: `(from orders select id, status as s) ${alias}`,
      columns: columnsOf(alias, [
        ['id', 'number'],
        ['s', 'text'],
      ]),
    };
  },
  it => {
    const alias = it.name('f');
    return {
      sql: `(from customers) ${alias}(a, b)`,
      columns: columnsOf(alias, [
        ['a', 'number'],
        ['b', 'text'],
        ['country', 'text'],
      ]),
    };
  },
];

/** What can stand behind other relations in DuckDB. */
export const DUCKDB_JOINS: readonly ((it: Maker, outer: Relation) => Relation | undefined)[] = [
  (it, outer) => {
    const alias = it.name('u');
    const list = it.column('texts', outer.columns);
    if (list === undefined) return undefined;
    const sql = it.dice.pick([
      `, unnest(${list}) ${alias}(v)`,
      ` cross join unnest(${list}) as ${alias}(v)`,
      `, lateral (select unnest(${list}) as v) ${alias}`,
    ]);
    return { sql: `${outer.sql}${sql}`, columns: [...outer.columns, ...columnsOf(alias, [['v', 'text']])] };
  },
  (it, outer) => {
    const alias = it.name('u');
    const list = it.column('structs', outer.columns);
    if (list === undefined) return undefined;
    const sql = `${outer.sql}, lateral (select unnest(${list}, recursive := true)) ${alias}`;
    return {
      sql,
      columns: [
        ...outer.columns,
        ...columnsOf(alias, [
          ['sku', 'text'],
          ['price', 'number'],
        ]),
      ],
    };
  },
  (it, outer) => {
    const alias = it.name('l');
    const inner = it.relation();
    const [a, b] = [it.column('number', outer.columns), it.column('number', inner.columns)];
    if (a === undefined || b === undefined) return undefined;
    const value = it.value('number', inner.columns, 1);
    const query = `(select max(${value}) as m, count(*) as n from ${inner.sql} where ${b} = ${a})`;
    const sql = it.dice.pick([
      `, lateral ${query} ${alias}`,
      `, ${query} ${alias}`,
      ` left join lateral ${query} ${alias} on true`,
    ]);
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
  (it, outer) => {
    const other = it.relation();
    const [a, b] = [it.column('number', outer.columns), it.column('number', other.columns)];
    const [x, y] = [it.column('moment', outer.columns), it.column('moment', other.columns)];
    if (a === undefined || b === undefined || x === undefined || y === undefined || it.isOrdered) return undefined;
    const join = it.dice.pick(['asof join', 'asof left join']);
    return {
      sql: `${outer.sql} ${join} ${other.sql} on ${a} = ${b} and ${x} >= ${y}`,
      columns: [...outer.columns, ...other.columns],
    };
  },
  (it, outer) => {
    const other = it.relation();
    if (it.isOrdered) return undefined;
    return { sql: `${outer.sql} positional join ${other.sql}`, columns: [...outer.columns, ...other.columns] };
  },
  (it, outer) => {
    const other = it.relation();
    const [a, b] = [it.column('number', outer.columns), it.column('number', other.columns)];
    if (a === undefined || b === undefined) return undefined;
    return {
      sql: `${outer.sql} ${it.dice.pick(['semi join', 'anti join'])} ${other.sql} on ${a} = ${b}`,
      columns: outer.columns,
    };
  },
  joinedByName,
];

/** A list of names under a star: what it leaves out, puts in its place, and calls otherwise. */
function starOf(it: Maker, { columns }: Generated): Generated | undefined {
  const [gone, replaced, renamed, ...rest] = columns;
  if (gone === undefined || replaced === undefined) return undefined;
  const value = it.value(
    replaced.family,
    [
      { text: replaced.name, ...replaced },
      { text: gone.name, ...gone },
    ],
    1,
  );
  const star = `* exclude (${gone.name}) replace (${value} as ${replaced.name})`;
  if (renamed === undefined) return { sql: star, columns: [replaced] };
  const name = it.name('r');
  return { sql: `${star} rename (${renamed.name} as ${name})`, columns: [replaced, { ...renamed, name }, ...rest] };
}

/** Queries of a shape of their own. */
export const DUCKDB_QUERIES: readonly ((it: Maker) => Generated | undefined)[] = [
  it => {
    const inner = it.query();
    const star = starOf(it, inner);
    const alias = it.name('s');
    return (
      star && {
        sql: `select ${it.dice.once(2) ? '' : `${alias}.`}${star.sql} from (${inner.sql}) ${alias}`,
        columns: star.columns,
      }
    );
  },
  it => {
    const from = it.from();
    const [value, name] = [it.value('number', from.columns, 2), it.name('q')];
    const over = `over (partition by ${it.value('text', from.columns, 0)} order by ${it.value('number', from.columns, 0)})`;
    const call = it.isOrdered ? 'rank()' : it.dice.pick(['row_number()', 'rank()', 'count(*)']);
    return {
      sql: `select ${value} as ${name} from ${from.sql} qualify ${call} ${over} = 1`,
      columns: [{ name, family: 'number' }],
    };
  },
  it => {
    const from = it.from();
    const [key, sum] = [it.name('k'), it.name('a')];
    const family = it.dice.pick<Family>(['text', 'date', 'number']);
    const keyText = it.value(family, from.columns, 1);
    const sql = `select ${keyText} as ${key}, sum(${it.value('number', from.columns, 2)}) + count(*) as ${sum} from ${from.sql} group by all`;
    return {
      sql,
      columns: [
        { name: key, family },
        { name: sum, family: 'number' },
      ],
    };
  },
  it => {
    const from = it.from();
    const name = it.name('f');
    const sql = `from ${from.sql} select ${it.value('text', from.columns, 2)} as ${name} where ${it.value('boolean', from.columns, 1)}`;
    return { sql, columns: [{ name, family: 'text' }] };
  },
  it => {
    const from = it.from();
    const [a, b, c] = [it.name('a'), it.name('b'), it.name('c')];
    const own = { text: a, name: a, family: 'number' as const };
    const items = `${it.value('number', from.columns, 2)} as ${a}, ${it.value('number', [own], 1)} as ${b}, ${c}: ${a} * 2`;
    return { sql: `select ${items} from ${from.sql}`, columns: [a, b, c].map(name => ({ name, family: 'number' })) };
  },
  it => {
    const [name, label] = [it.name('r'), it.name('l')];
    const step = it.dice.pick(['n + 1', 'n * 2 + 1', 'n + length(p)']);
    const start = it.dice.pick(['1', '1::bigint', '1::smallint', 'id']);
    const first = `select ${start} as n, 'x' as p${start === 'id' ? ' from customers' : ''}`;
    const rec = `with recursive ${name} as (${first} union all select ${step}, p || 'y' from ${name} where n < 4 and length(p) < 4)`;
    return {
      sql: `select n as ${label}, p from (${rec} select * from ${name})`,
      columns: [
        { name: label, family: 'number' },
        { name: 'p', family: 'text' },
      ],
    };
  },
  it => {
    const name = it.name('r');
    const rec = `with recursive ${name}(id, boss, depth) as (select id, id - 1, 0 from customers union select c.id, ${name}.boss, depth + 1 from customers c join ${name} on c.id = ${name}.boss where depth < 3)`;
    return {
      sql: `${rec} select id, boss, depth from ${name}`,
      columns: ['id', 'boss', 'depth'].map(column => ({ name: column, family: 'number' })),
    };
  },
  it => {
    const left = named(it, ['number', 'text']);
    const from = it.from();
    const extra = it.name('x');
    const [[first], [second]] = left.list as readonly [readonly [string, Family], readonly [string, Family]];
    const right = `select ${it.value('date', from.columns, 1)} as ${extra}, ${it.value('number', from.columns, 1)} as ${first} from ${from.sql}`;
    const operator = it.dice.pick(['union by name', 'union all by name']);
    return {
      sql: `${left.sql} ${operator} ${right}`,
      columns: [
        { name: first, family: 'number' },
        { name: second, family: 'text' },
        { name: extra, family: 'date' },
      ],
    };
  },
  it => {
    const inner = named(it, ['text', 'number', 'number']);
    const [[key], [value], [group]] = inner.list as readonly (readonly [string, Family])[] as readonly [
      [string, Family],
      [string, Family],
      [string, Family],
    ];
    const aggregate = it.dice.pick(['sum', 'max', 'avg', 'count']);
    const sql = `select * from (${inner.sql}) pivot (${aggregate}(${value}) as t for ${key} in ('paid' as p, 'open' as o) group by ${group})`;
    return { sql, columns: [group, 'p_t', 'o_t'].map(name => ({ name, family: 'number' })) };
  },
  it => {
    const inner = named(it, ['number', 'number', 'text']);
    const [a, b, c] = inner.list.map(([name]) => name);
    const [value, name] = [it.name('v'), it.name('m')];
    const statement = it.dice.once(2);
    const sql = statement
      ? `select * from (unpivot (${inner.sql}) on ${a}, ${b} into name ${name} value ${value})`
      : `select * from (${inner.sql}) unpivot (${value} for ${name} in (${a}, ${b}))`;
    return {
      sql,
      columns: [
        { name: c ?? '', family: 'text' },
        { name, family: 'text' },
        { name: value, family: 'number' },
      ],
    };
  },
  it => {
    const from = it.from();
    const [a, b] = [it.name('s'), it.name('s')];
    const fields = `{'a': ${it.value('number', from.columns, 1)}, 'b': {'c': ${it.value('text', from.columns, 1)}}}`;
    const sql = `select ${a}.a as ${b}, ${a}.b.c as t, ${a}.b['c'] as t2 from (select ${fields} as ${a} from ${from.sql})`;
    return {
      sql,
      columns: [
        { name: b, family: 'number' },
        { name: 't', family: 'text' },
        { name: 't2', family: 'text' },
      ],
    };
  },
  it => {
    const from = it.from();
    const [a, b] = [it.name('p'), it.name('p')];
    const fields = `{'${a}': ${it.value('number', from.columns, 1)}, '${b}': ${it.value('text', from.columns, 1)}}`;
    const sql = it.dice.pick([
      `select unnest(${fields}) from ${from.sql}`,
      `select s.* from (select ${fields} as s from ${from.sql}) q`,
    ]);
    return {
      sql,
      columns: [
        { name: a, family: 'number' },
        { name: b, family: 'text' },
      ],
    };
  },
  it => {
    const from = it.from();
    const [w, a, b] = [it.name('w'), it.name('a'), it.name('b')];
    const values = [it.value('number', from.columns, 1), it.value('number', from.columns, 1)];
    const order = it.value('number', from.columns, 0);
    if (it.isOrdered) return undefined;
    const sql = `select sum(${values[0]}) over ${w} as ${a}, lag(${values[1]} ignore nulls) over (${w} rows between 1 preceding and current row) as ${b} from ${from.sql} window ${w} as (order by ${order})`;
    return { sql, columns: [a, b].map(name => ({ name, family: 'number' })) };
  },
  groupedBySets,
  it => {
    const inner = it.query();
    if (it.isOrdered) return undefined;
    return {
      sql: `select * from (${inner.sql}) using sample ${it.dice.pick(['3 rows', '10%'])}`,
      columns: inner.columns,
    };
  },
  it => {
    const from = it.from();
    const [a, b] = [it.name('d'), it.name('d')];
    if (it.isOrdered) return undefined;
    const key = it.value('text', from.columns, 0);
    return {
      sql: `select distinct on (${key}) ${key} as ${a}, ${it.value('date', from.columns, 2)} as ${b} from ${from.sql} order by all`,
      columns: [
        { name: a, family: 'text' },
        { name: b, family: 'date' },
      ],
    };
  },
  it => {
    const inner = it.query();
    return { sql: `(${inner.sql}) ${it.isOrdered ? '' : 'order by all limit 5'}`, columns: inner.columns };
  },
];
