import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { completion } from '../../server/src/features/completion.ts';
import { wordExpectations } from '../../server/src/syntax/sql/expected-words.ts';
import type { SqlGrammar } from '../../server/src/syntax/sql/independent-parser.ts';
import { cursorIn, parseFixture } from '../kit/fixture.ts';
import { projectDb } from '../kit/project.ts';

const require = createRequire(import.meta.url);
const expectations = wordExpectations(grammar => require(`node-sql-parser/build/${grammar}`) as SqlGrammar);

const project = `
//- seeds/raw_orders.csv
id,customer,amount,ordered_at
1,7,9.5,2024-01-01
//- models/stg_orders.sql
select id as order_id, customer as customer_id, amount, ordered_at from {{ ref('raw_orders') }}
//- models/stg_customers.sql
select 1 as customer_id, 'Ada' as name
//- models/main.sql
`;

interface Offer {
  readonly columns: readonly string[];
  readonly labels: readonly string[];
  readonly detailOf: (label: string) => string | undefined;
  readonly taken: (label: string) => string;
}

/** What is offered in \`models/main.sql\`. */
function offered(text: string): Offer {
  const fixture = parseFixture(project + text);
  const { path, start } = cursorIn(fixture);
  const items = completion(projectDb(fixture), { file: path, offset: start }, expectations);
  const before = fixture.files.get(path)!;
  return {
    columns: items.filter(it => it.kind === 'column').map(it => it.label),
    labels: items.map(it => it.label),
    detailOf: label => items.find(it => it.label === label)?.detail,
    taken: label => {
      const item = items.find(it => it.label === label);
      if (item === undefined) throw new Error(`${label} is not offered`);
      return before.slice(0, item.replace.start) + item.insertText + before.slice(item.replace.end);
    },
  };
}

const ORDERS = ['order_id', 'customer_id', 'amount', 'ordered_at'];

describe('columns are offered', () => {
  test.each([
    ['after select', "select $0 from {{ ref('stg_orders') }}", ORDERS],
    ['in the middle of a name', "select ord$0 from {{ ref('stg_orders') }}", ORDERS],
    ['after a comma', "select amount, $0 from {{ ref('stg_orders') }}", ORDERS],
    ['after a comma before from on the next line', "select\n  amount,\n  $0\nfrom {{ ref('stg_orders') }}", ORDERS],
    ['after alias.', "select o.$0 from {{ ref('stg_orders') }} as o", ORDERS],
    ['after alias. before more items', "select o.$0, 1 as one from {{ ref('stg_orders') }} as o", ORDERS],
    [
      'after the alias of one of two',
      "select c.$0 from {{ ref('stg_orders') }} o join {{ ref('stg_customers') }} c on true",
      ['customer_id', 'name'],
    ],
    [
      'in on',
      "select 1 from {{ ref('stg_orders') }} o join {{ ref('stg_customers') }} c on o.customer_id = c.$0",
      ['customer_id', 'name'],
    ],
    [
      'in using (',
      "select 1 from {{ ref('stg_orders') }} o join {{ ref('stg_customers') }} c using ($0",
      ['customer_id'],
    ],
    ['in where at the end of the text', "select 1 from {{ ref('stg_orders') }} where $0", ORDERS],
    ['in where at the end of the file', "select 1 from {{ ref('stg_orders') }} where $0\n", ORDERS],
    ['inside the arguments of a function', "select sum($0) from {{ ref('stg_orders') }}", ORDERS],
    ['inside arguments not yet closed', "select coalesce(amount, $0 from {{ ref('stg_orders') }}", ORDERS],
    ['in a CTE that is not closed yet', "with a as (select $0 from {{ ref('stg_orders') }}", ORDERS],
    [
      'from a CTE, in the query behind it',
      "with a as (select order_id, amount * 2 as twice from {{ ref('stg_orders') }}) select $0 from a",
      ['order_id', 'twice'],
    ],
    [
      'in a CTE, with more CTEs behind it',
      "with a as (select $0 from {{ ref('stg_customers') }}), b as (select 1 as x) select * from b",
      ['customer_id', 'name'],
    ],
    ['in a CTE that ends in where', "with a as (select amount from {{ ref('stg_orders') }} where $0", ORDERS],
    ['in an item that has its name already', "select $0 as x from {{ ref('stg_orders') }}", ORDERS],
    ['in replace, which has its name already', "select * replace ($0 as amount) from {{ ref('stg_orders') }}", ORDERS],
    ['behind from in a call', "select extract(year from $0) from {{ ref('stg_orders') }}", ORDERS],
    [
      'on a line of its own behind an item without a comma',
      "select amount\n  ord$0\nfrom {{ ref('stg_orders') }}",
      ORDERS,
    ],
    ['from a CTE by its name before from exists', 'with a as (select 1 as x) select a.$0', ['x']],
    ['from a star through a CTE', "with a as (select * from {{ ref('stg_orders') }}) select a.$0 from a", ORDERS],
  ])('%s', (_, text, expected) => {
    expect(offered(text).columns.toSorted()).toEqual(expected.toSorted());
  });

  test('in group by, those of the relation and the names of the select list', () => {
    const { columns } = offered(
      "select date_trunc('month', ordered_at) as month, sum(amount) from {{ ref('stg_orders') }} group by $0",
    );
    expect(columns).toEqual(expect.arrayContaining(['month', 'ordered_at']));
  });

  test('in the select list, with the names before them where the dialect sees those', () => {
    const { columns } = offered("select amount as a, upper('x') as b, a + $0, 1 as c from {{ ref('stg_orders') }}");
    expect(columns.toSorted()).toEqual([...ORDERS, 'a', 'b'].toSorted());
  });

  test('before from exists, those of the CTEs', () => {
    const { columns } = offered('with a as (select 1 as x, 2 as y) select $0');
    expect(columns).toEqual(expect.arrayContaining(['x', 'y']));
  });

  test('with a missing comma, as the next item', () => {
    const { columns } = offered("select amount\n  o.$0\nfrom {{ ref('stg_orders') }} o");
    expect(columns.toSorted()).toEqual(ORDERS.toSorted());
  });

  test('with their relation where several have one of the name, and inserted so', () => {
    const { columns, taken } = offered(
      "select $0 from {{ ref('stg_orders') }} o join {{ ref('stg_customers') }} c on o.customer_id = c.customer_id",
    );
    expect(columns).toEqual(expect.arrayContaining(['o.customer_id', 'c.customer_id', 'name']));
    expect(taken('o.customer_id')).toMatch(/^select o\.customer_id from/);
  });

  test('with their type and relation', () => {
    expect(offered("select $0 from {{ ref('stg_orders') }} o").detailOf('amount')).toMatch(/^double · o$/i);
  });

  test('and replace the whole word', () => {
    expect(offered("select am$0o from {{ ref('stg_orders') }}").taken('amount')).toMatch(/^select amount from/);
  });
});

describe('in a template that does not render', () => {
  test('columns are those that its text tells', () => {
    const { columns } = offered("select $0 from {{ ref('stg_orders') }} where {{ x( }}");
    expect(columns.toSorted()).toEqual(ORDERS.toSorted());
  });

  test('the branch with the cursor counts', () => {
    const { columns } = offered(
      "{% if false %}select $0 from {{ ref('stg_customers') }}{% else %}select 1 from {{ ref('stg_orders') }}{% endif %}",
    );
    expect(columns).toEqual(['customer_id', 'name']);
  });

  test('inside a tag SQL has nothing to say', () => {
    expect(offered("select {{ $0 }} from {{ ref('stg_orders') }}").columns).toEqual([]);
  });
});

describe('relations', () => {
  test('CTEs and models are offered behind from, models as the call that names them', () => {
    const { labels, taken } = offered('with recent as (select 1 as x) select * from $0');
    expect(labels).toEqual(expect.arrayContaining(['recent', 'stg_orders', 'raw_orders']));
    expect(taken('stg_orders')).toBe("with recent as (select 1 as x) select * from {{ ref('stg_orders') }}");
  });

  test('an alias is offered where a value belongs', () => {
    expect(offered("select $0 from {{ ref('stg_orders') }} as ord").labels).toContain('ord');
  });
});

describe('functions and keywords', () => {
  test('functions come with their signature', () => {
    const { labels, detailOf } = offered("select $0 from {{ ref('stg_orders') }}");
    expect(labels).toEqual(expect.arrayContaining(['sum', 'coalesce']));
    expect(detailOf('sum')).toMatch(/^sum\(/);
  });

  test.each([
    ['behind a relation', "select 1 from {{ ref('stg_orders') }} o $0", ['where', 'left join', 'group by', 'order by']],
    ['behind a join', "select 1 from {{ ref('stg_orders') }} o join {{ ref('stg_customers') }} c $0", ['on', 'using']],
    ['behind an ordering', "select 1 as x from {{ ref('stg_orders') }} order by x $0", ['desc', 'nulls last', 'limit']],
  ])('%s the words that can follow are offered', (_, text, expected) => {
    expect(offered(text).labels).toEqual(expect.arrayContaining(expected));
  });

  test('keywords are in capitals where the text shouts', () => {
    expect(offered("SELECT 1 FROM {{ ref('stg_orders') }} AS o $0").labels).toContain('WHERE');
  });

  test('types are offered behind ::, and inside a cast', () => {
    expect(offered("select amount::$0 from {{ ref('stg_orders') }}").labels).toContain('bigint');
    expect(offered("select cast(amount as $0) from {{ ref('stg_orders') }}").labels).toContain('bigint');
  });

  test('nothing is offered for a new name', () => {
    expect(offered("select amount as $0 from {{ ref('stg_orders') }}").labels).toEqual([]);
  });
});
