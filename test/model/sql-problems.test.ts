import { describe, expect, test } from 'vitest';
import { checkProblems } from '../kit/check-problems.ts';
import { parseFixture } from '../kit/fixture.ts';
import { projectDb } from '../kit/project.ts';

const upstream = `
//- models/orders.sql
select 1 as id, 2 as customer_id, 9.5 as amount, date '2024-01-01' as day
//- models/customers.sql
select 2 as customer_id, 'Ada' as name
//- models/main.sql
`;

const orders = "{{ ref('orders') }}";
const customers = "{{ ref('customers') }}";

describe('a mistake in the SQL of a model is shown in its template', () => {
  test.each([
    [`select amuont from ${orders}`, 'error[sql-unknown-column]', 'amuont'],
    [`select o.amuont from ${orders} o`, 'error[sql-unknown-column]', 'amuont'],
    [`select customer_id from ${orders} o join ${customers} c on true`, 'error[sql-ambiguous-column]', 'customer_id'],
    [`select x.amount from ${orders} o`, 'error[sql-unknown-alias]', 'x'],
    [`select amount, id as amount from ${orders}`, 'warning[sql-duplicate-column]', 'amount'],
    [`select 1 as one from ${orders} o join ${customers} o on true`, 'warning[sql-duplicate-alias]', 'o'],
    [`select id from ${orders} union all select customer_id, name from ${customers}`, 'error[sql-union-arity]', ''],
    [`select id, sum(amount) as s from ${orders}`, 'error[sql-missing-group-by]', 'id'],
    [`select id from ${orders} where sum(amount) > 1`, 'error[sql-aggregate-in-where]', ''],
    [`select id from ${orders} where row_number() over (order by id) = 1`, 'error[sql-window-misuse]', ''],
    [`select upper(name, 1, 2) as x from ${customers}`, 'error[sql-wrong-arguments]', ''],
    [`select cast(day as boolean) as x from ${orders}`, 'warning[sql-impossible-cast]', ''],
    [`select day = 1 as x from ${orders}`, 'warning[sql-impossible-comparison]', ''],
    [`select day < 1 as x from ${orders}`, 'error[sql-impossible-comparison]', ''],
    ['with a as (select 1 as x), b as (select 2 as y) select * from b', 'hint[sql-unused-cte]', 'a'],
    [
      `select o.id from ${orders} o join ${customers} c on o.customer_id = c.customer_id join ${customers} d on o.customer_id = d.customer_id`,
      'warning[sql-duplicate-join]',
      '',
    ],
  ])('%s', (text, expected, word) => {
    const file = 'models/main.sql';
    const found = projectDb(parseFixture(`${upstream}${text}\n`)).problems(file);
    expect(found.map(it => `${it.severity}[${it.code}]`)).toEqual([expected]);
    const { start = 0, end = 0 } = found[0]?.origin ?? {};
    if (word !== '') expect(text.slice(start, end)).toBe(word);
    else expect(end).toBeGreaterThan(start);
  });

  test('two CTEs of one name', () =>
    checkProblems(`${upstream}with a as (select 1 as x), a as (select 2 as x) select * from a
     ^ hint[sql-unused-cte]
                           ^ error[sql-duplicate-cte]
`));

  test('types that no union has in common', () =>
    checkProblems(`
//- profiles.yml
shop: {target: dev, outputs: {dev: {type: postgres, host: h, user: u, password: p, port: 1, dbname: d, schema: s}}}
//- models/main.sql
select current_date as day union all select true
                                            ^^^^ error[sql-union-type]
`));

  test('what nobody knows is never wrong', () =>
    checkProblems(`${upstream}select x.a, b, f(c), sum(d) over () as s from somewhere.t as x join ${orders} o on x.k = o.id
`));

  test('a guessed answer of the warehouse says nothing', () =>
    checkProblems(`${upstream}{% set names = run_query('select name from somewhere.t').columns[0].values() if execute else [] %}
select {{ names | join(', ') }} nothing from ${orders}
`));

  test('an engine whose dialect nobody here speaks is not judged', () =>
    checkProblems(`
//- profiles.yml
shop: {target: dev, outputs: {dev: {type: sqlserver, server: s, user: u, password: p, port: 1, database: d, schema: s}}}
//- models/main.sql
select top 3 [a b] from x cross apply y order by 1 desc
`));

  test('an engine that is one of the seven under another name is', () =>
    checkProblems(`
//- profiles.yml
shop: {target: dev, outputs: {dev: {type: athena, s3_staging_dir: s, region_name: r, database: d, schema: s}}}
//- models/main.sql
select cast(date '2024-01-01' as boolean) as a
       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[sql-impossible-cast]
`));

  test('a column whose value was guessed has no type that anything could be at odds with', () =>
    checkProblems(`
//- models/filled.sql
{% set known = run_query('select rate from somewhere.t') if execute %}
select {{ 'rate' if known and known.rows | length > 0 else 'cast(null as date) as rate' }} from somewhere.t
//- models/main.sql
select case when rate = 1 then 1 else 2 end as x from {{ ref('filled') }}
`));

  test('a name that two ephemeral models share may mean either', () =>
    checkProblems(`
//- models/a.sql
{{ config(materialized='ephemeral', alias='same', schema='one') }} select 1 as x
//- models/b.sql
{{ config(materialized='ephemeral', alias='same', schema='two') }} select 2 as y
//- models/main.sql
select x from {{ ref('a') }} union all select y from {{ ref('b') }}
`));

  test('what the command decides says nothing, for a run is another command', () =>
    checkProblems(`${upstream}select {{ 'oid' if flags.WHICH == 'compile' else 'id' }} from ${orders}
`));
});

describe('what nobody enforces makes no errors', () => {
  const found = (project: string, catalog: boolean): readonly string[] => {
    const db = projectDb(parseFixture(project));
    const columns = [{ name: 'id', type: 'bigint' }];
    const seen = {
      takenAt: '',
      database: undefined,
      schema: 'raw',
      identifier: 'events',
      kind: 'table' as const,
      columns,
    };
    if (catalog) db.setCatalog({ relations: [seen] });
    return db.files().flatMap(file => db.problems(file).map(it => `${file} ${it.severity} ${it.code}`));
  };
  const postgres = `
//- profiles.yml
shop: {target: dev, outputs: {dev: {type: postgres, host: h, user: u, password: p, port: 1, dbname: d, schema: s}}}
`;
  const source = "{{ source('raw', 'events') }}";

  test('names that the warehouse was last seen to have, however many models later', () => {
    const project = `
//- models/s.yml
sources: [{name: raw, tables: [{name: events}]}]
//- models/a.sql
select * from ${source}
//- models/b.sql
select * from {{ ref('a') }}
//- models/c.sql
select id, added from {{ ref('b') }}
`;
    expect(found(project, false)).toEqual([]);
    expect(found(project, true)).toEqual(['models/c.sql warning sql-unknown-column']);
  });

  test('types that properties files declare without a contract', () => {
    const project = `${postgres}
//- models/s.yml
sources: [{name: raw, tables: [{name: events, columns: [{name: kind, data_type: text}]}]}]
//- models/a.sql
select kind from ${source}
//- models/b.sql
select kind = 1 as is_one, upper(kind, 2) as shout, other from {{ ref('a') }}
`;
    expect(found(project, false)).toEqual([
      'models/b.sql warning sql-impossible-comparison',
      'models/b.sql error sql-wrong-arguments',
      'models/b.sql error sql-unknown-column',
    ]);
  });

  test('a list of columns that is not complete', () => {
    const project = `${postgres}
//- models/s.yml
sources: [{name: raw, tables: [{name: events, columns: [{name: kind}]}]}]
models: [{name: a, columns: [{name: kind}]}]
//- models/a.sql
select kind, other from ${source}
//- models/b.sql
select a.kind, a.other, e.third from {{ ref('a') }} a join ${source} e on a.kind = e.kind
`;
    expect(found(project, false)).toEqual([]);
  });

  test('the rows of a test are counted, so that two columns may have one name', () => {
    const project = `
//- models/a.sql
select 1 as id
//- tests/t.sql
select * from {{ ref('a') }} a join {{ ref('a') }} b on a.id = b.id + 1
`;
    expect(found(project, false)).toEqual([]);
  });
});

describe('the case of names counts where the warehouse minds it', () => {
  const profile = (type: string): string =>
    `\n//- profiles.yml\nshop: {target: dev, outputs: {dev: {type: ${type}, account: a, host: h, user: u, password: p, port: 1, database: d, dbname: d, warehouse: w, schema: s}}}`;
  const seed = '\n//- seeds/labels.csv\nProject_Name, Category,note\na,b,c\n';
  const quoting = (quoted: boolean): string =>
    `//- seeds/seeds.yml\nseeds: [{name: labels, config: {quote_columns: ${quoted}}}]\n`;
  const select = (names: string): string => `//- models/main.sql\nselect ${names} from {{ ref('labels') }}\n`;

  test.each([
    ['snowflake', '', 'project_name, Category, "NOTE"', []],
    ['snowflake', quoting(true), '"Project_Name", " Category", "note"', []],
    ['snowflake', quoting(true), 'project_name, note', ['project_name', 'note']],
    ['postgres', quoting(false), 'PROJECT_NAME, category, "note"', []],
    ['postgres', '', '"Project_Name", " Category", note', []],
    ['postgres', '', 'project_name', ['project_name']],
    ['duckdb', '', 'PROJECT_NAME, " category"', []],
  ])('seed of %s with %j: %s', (type, config, names, unknown) => {
    const db = projectDb(parseFixture(`${profile(type)}${seed}${config}${select(names)}`));
    const found = db.problems('models/main.sql');
    expect(found.map(it => it.message.split("'")[1])).toEqual(unknown);
  });

  test.each([
    ['snowflake', 'select 1 as "col1"', 'select "col1" from', []],
    ['snowflake', 'select 1 as "col1"', 'select col1 from', ['col1']],
    ['snowflake', 'select 1 as col1', 'select "COL1", Col1 + 1 as next from', []],
    ['postgres', 'select 1 as "ID"', 'select "ID" from', []],
    ['postgres', 'select 1 as ID', 'select id from', []],
  ])('model of %s: %s, then %s', (type, first, second, unknown) => {
    const models = `\n//- models/first.sql\n${first}\n//- models/main.sql\n${second} {{ ref('first') }}\n`;
    const found = projectDb(parseFixture(`${profile(type)}${models}`)).problems('models/main.sql');
    expect(found.map(it => it.message.split("'")[1])).toEqual(unknown);
  });
});
