import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { codeActions } from '../../server/src/features/code-actions.ts';
import { columnAt, columnLineageGraph } from '../../server/src/features/column-lineage.ts';
import { definition } from '../../server/src/features/definition.ts';
import { documentSymbols } from '../../server/src/features/document-symbols.ts';
import { hover } from '../../server/src/features/hover.ts';
import { inlayHints } from '../../server/src/features/inlay-hints.ts';
import { problemList } from '../../server/src/features/problem-list.ts';
import { signatureHelp } from '../../server/src/features/signature-help.ts';
import { statementReader, type SqlGrammar } from '../../server/src/syntax/sql/independent-parser.ts';
import { checkProblems } from '../kit/check-problems.ts';
import { cursorIn, markNamed, parseFixture } from '../kit/fixture.ts';
import { projectDb, projectInput } from '../kit/project.ts';

const require = createRequire(import.meta.url);
const reader = statementReader(grammar => require(`node-sql-parser/build/${grammar}`) as SqlGrammar);

const project = `
//- seeds/raw_orders.csv
id,customer,amount
1,7,9.5
//- models/schema.yml
models:
  - name: stg_orders
    columns:
      - {name: amount, description: What was paid.}
//- models/stg_orders.sql
with source as (
    select * from {{ ref('raw_orders') }}
)
select id as order_id, customer as customer_id, amount from source
`;

function at(text: string) {
  const fixture = parseFixture(project + text);
  const { path, start } = cursorIn(fixture);
  return { db: projectDb(fixture), fixture, position: { file: path, offset: start } };
}

describe('hovering', () => {
  const hovered = (text: string): string | undefined => {
    const { db, position } = at(text);
    return hover(db, position)?.markdown;
  };

  test('a column tells its type, its relation, its description and its origin', () => {
    const text = hovered("//- models/main.sql\nselect o.am$0ount from {{ ref('stg_orders') }} o\n");
    expect(text).toMatchInlineSnapshot(`
      "**amount** \`DOUBLE\` · column of o

      What was paid.

      Made from \`stg_orders.amount\`

      *type from the query of stg_orders*"
    `);
  });

  test('a CTE lists its columns, a function its signatures', () => {
    const cte = "//- models/main.sql\nwith a as (select amount from {{ ref('stg_orders') }}) select * from $0a\n";
    expect(hovered(cte)).toMatch(/^\*\*a\*\* · common table expression[\s\S]*\| amount \| DOUBLE \|$/);
    expect(hovered('//- models/main.sql\nselect coal$0esce(1, 2) as x\n')).toMatch(/coalesce\(/);
  });
});

describe('the definition', () => {
  const targets = (text: string): readonly string[] => {
    const { db, position } = at(text);
    return definition(db, position).map(({ target }) => {
      const { file, start, end } = target;
      return `${file}: ${db.text(file)!.slice(start, end)}`;
    });
  };

  test('of a column is the item that names it, in this text or in the model it comes from', () => {
    expect(targets("//- models/main.sql\nselect order$0_id from {{ ref('stg_orders') }}\n")).toEqual([
      'models/stg_orders.sql: order_id',
    ]);
    const inCte =
      "//- models/main.sql\nwith a as (select amount * 2 as twice from {{ ref('stg_orders') }}) select tw$0ice from a\n";
    expect(targets(inCte)).toEqual(['models/main.sql: twice']);
  });

  test('of a column that a star hands on is further upstream', () => {
    const star =
      "//- models/all.sql\nselect * from {{ ref('stg_orders') }}\n//- models/main.sql\nselect cust$0omer_id from {{ ref('all') }}\n";
    expect(targets(star)).toEqual(['models/stg_orders.sql: customer_id']);
  });

  test('of a column of a seed is its header', () => {
    expect(targets("//- models/main.sql\nselect am$0ount from {{ ref('raw_orders') }}\n")).toEqual([
      'seeds/raw_orders.csv: amount',
    ]);
  });

  test('of a CTE is its name', () => {
    expect(targets('//- models/main.sql\nwith a as (select 1 as x) select * from $0a\n')).toEqual([
      'models/main.sql: a',
    ]);
  });
});

describe('problems of SQL', () => {
  test('stand at their words in the template, with the nearest name', () =>
    checkProblems(`${project}
//- models/main.sql
{% set columns = ['order_id'] %}
select {{ columns | join(', ') }}, amuont from {{ ref('stg_orders') }}
                                   ^^^^^^ error[sql-unknown-column]: no column 'amuont'; did you mean 'amount'?
`));

  test('made by a macro stand at its call', () =>
    checkProblems(`${project}
//- macros/pick.sql
{% macro pick(name) %}{{ name }}{% endmacro %}
//- models/main.sql
select {{ pick('amuont') }} as x from {{ ref('stg_orders') }}
          ^^^^^^^^^^^^^^ error[sql-unknown-column]
`));

  test('are warnings in an analysis, and where only the catalog knows the columns', () => {
    checkProblems(`${project}
//- analyses/main.sql
select amuont from {{ ref('stg_orders') }}
       ^^^^^^ warning[sql-unknown-column]
`);
  });

  test('are not told of SQL whose dialect nobody knows', () =>
    checkProblems(`${project}
//- dbt_project.yml
name: shop
version: '1.0'
profile: nobody
         ^^^^^^ error[profile-missing]
//- models/main.sql
select amuont from {{ ref('stg_orders') }}
`));

  test('a ref that is glued to more of a name', () =>
    checkProblems(`${project}
//- models/main.sql
select * from main.{{ ref('stg_orders') }}
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[sql-mangled-ref]
//- models/fine.sql
select {{ ref('stg_orders') }}.amount from {{ ref('stg_orders') }}
`));

  test('a star in a mart, for those who want to know', () => {
    const fixture = parseFixture(`${project}\n//- models/marts/main.sql\nselect * from {{ ref('stg_orders') }}\n`);
    const db = projectDb(fixture);
    const codes = (): readonly string[] => db.problems('models/marts/main.sql').map(it => it.code);
    expect(codes()).toEqual([]);
    db.setSettings({ ...projectInput(fixture).settings, reportStars: true });
    expect(codes()).toEqual(['sql-select-star']);
  });

  test('what only our parser cannot read is not shown', () => {
    const db = projectDb(parseFixture('select 1 as x from\n'));
    expect(db.problems('models/main.sql')).toMatchObject([{ code: 'sql-syntax', severity: 'error' }]);
    expect(problemList(db, 'models/main.sql', reader)).toMatchObject([{ severity: 'error' }]);
    expect(problemList(db, 'models/main.sql', () => ['select'])).toEqual([]);
    expect(problemList(db, 'models/main.sql', () => undefined)).toMatchObject([{ severity: 'warning' }]);
  });

  test('a fix writes the nearest column, or the missing part of GROUP BY', () => {
    const fixes = (text: string): readonly string[] => {
      const fixture = parseFixture(project + text);
      const db = projectDb(fixture);
      const { path, start, end } = cursorIn(fixture);
      return codeActions(db, path, { start, end }).map(({ title, edits: [edit] }) => {
        const before = fixture.files.get(path)!;
        return `${title}: ${before.slice(0, edit!.range.start)}${edit!.newText}${before.slice(edit!.range.end)}`.trim();
      });
    };
    expect(fixes("//- models/main.sql\nselect amu$0ont from {{ ref('stg_orders') }}\n")[0]).toBe(
      "Change to 'amount': select amount from {{ ref('stg_orders') }}",
    );
    expect(
      fixes(
        "//- models/main.sql\nselect order_id, customer$0_id, sum(amount) as s from {{ ref('stg_orders') }} group by order_id\n",
      ),
    ).toEqual([
      "Add 'customer_id' to GROUP BY: select order_id, customer_id, sum(amount) as s from {{ ref('stg_orders') }} group by order_id, customer_id",
    ]);
  });
});

describe('beside the text', () => {
  test('types stand behind the items of the select list', () => {
    const { db, position } = at("//- models/main.sql\nselect amount, order_id as id from {{ ref('stg_orders') }}$0\n");
    const { offset: end, file } = position;
    const text = db.text(file)!;
    const hints = inlayHints(db, file, { start: 0, end }).map(it => `${text.slice(0, it.offset)}: ${it.label}`);
    expect(hints).toEqual(['select amount: DOUBLE', 'select amount, order_id as id: INTEGER']);
  });

  test('the signature marks the argument at the cursor', () => {
    const { db, position } = at("//- models/main.sql\nselect date_trunc('day', $0 from {{ ref('stg_orders') }}\n");
    const help = signatureHelp(db, position)!;
    expect(help.activeParameter).toBe(1);
    expect(help.signatures[help.activeSignature]?.label).toMatch(/^date_trunc\(/);
  });

  test('the outline lists CTEs', () => {
    const db = projectDb(parseFixture('with a as (select 1 as x), b as (select * from a) select * from b\n'));
    expect(documentSymbols(db, 'models/main.sql').map(it => `${it.kind} ${it.name}`)).toEqual(['cte a', 'cte b']);
  });
});

describe('the lineage of a column', () => {
  const source = `
//- models/revenue.sql
select customer_id, sum(amount) as revenue from {{ ref('stg_orders') }} where order_id > 0 group by 1
                                   ^^^^^^^ revenue
//- models/top.sql
select customer_id, revenue * 2 as twice from {{ ref('revenue') }}
`;

  function drawn(steps: number): readonly string[] {
    const fixture = parseFixture(project + source);
    const db = projectDb(fixture);
    const { path, start } = markNamed(fixture, 'revenue');
    const focus = columnAt(db, { file: path, offset: start })!;
    const graph = columnLineageGraph(db, focus, { upstream: steps, downstream: steps })!;
    const short = (id: string): string => id.split('.').at(-1)!;
    return graph.edges.map(({ from, to, kind }) => {
      return `${short(from.uniqueId)}.${from.column} -${kind}-> ${short(to.uniqueId)}.${to.column}`;
    });
  }

  test('goes step by step up to the seed and down to its uses, with what decides about rows', () => {
    expect(drawn(1).toSorted()).toEqual([
      'revenue.revenue -transformed-> top.twice',
      'stg_orders.amount -aggregated-> revenue.revenue',
      'stg_orders.customer_id -group-> revenue.revenue',
      'stg_orders.order_id -filter-> revenue.revenue',
    ]);
    expect(drawn(5)).toContain('raw_orders.amount -copied-> stg_orders.amount');
  });

  test('each column has its place and its type', () => {
    const fixture = parseFixture(project + source);
    const db = projectDb(fixture);
    const graph = columnLineageGraph(
      db,
      { uniqueId: 'model.shop.revenue', column: 'revenue' },
      { upstream: 5, downstream: 0 },
    )!;
    const amount = graph.items.find(it => it.uniqueId === 'seed.shop.raw_orders')!;
    expect(amount).toMatchObject({
      column: 'amount',
      type: 'DOUBLE',
      place: { file: 'seeds/raw_orders.csv', start: 12 },
    });
  });

  test('an entry of a properties file is about its column', () => {
    const { db, position } = at('//- models/main.sql\nselect $01 as x\n');
    const file = 'models/schema.yml';
    const offset = db.text(file)!.indexOf('amount');
    expect(columnAt(db, { file, offset })).toEqual({ uniqueId: 'model.shop.stg_orders', column: 'amount' });
    expect(columnAt(db, position)).toEqual({ uniqueId: 'model.shop.main', column: 'x' });
  });
});
