import { describe, expect, test } from 'vitest';
import { typeName } from '../../server/src/model/sql-meaning.ts';
import type { ModelDb } from '../../server/src/model/db.ts';
import { parseFixture } from '../kit/fixture.ts';
import { projectDb } from '../kit/project.ts';

const project = `
//- seeds/raw_orders.csv
id,amount,note
1,9.5,x
//- models/stg_orders.sql
select id as order_id, amount, upper(note) as note from {{ ref('raw_orders') }}
//- models/eph.sql
{{ config(materialized='ephemeral') }}
select order_id, amount * 2 as twice from {{ ref('stg_orders') }}
//- models/revenue.sql
select order_id, sum(twice) as revenue from {{ ref('eph') }} where order_id > 0 group by order_id
//- models/all_orders.sql
select * from {{ ref('stg_orders') }}
`;

/** `name type` of each column, and a dot behind them when there may be more. */
function columnsOf(db: ModelDb, uniqueId: string): readonly string[] {
  const { columns, isOpen } = db.columns(uniqueId);
  return [...columns.map(it => `${it.name} ${typeName(it.type, 'duckdb') ?? '?'}`), ...(isOpen ? ['…'] : [])];
}

describe('the columns of a node', () => {
  const db = projectDb(parseFixture(project));

  test('of a seed are those of its header, typed as dbt would', () => {
    expect(columnsOf(db, 'seed.shop.raw_orders').map(it => it.toLowerCase())).toEqual([
      'id integer',
      'amount double',
      'note varchar',
    ]);
  });

  test('of an empty seed are not known', () => {
    const empty = projectDb(
      parseFixture('\n//- seeds/later.csv\n//- models/a.sql\nselect id from {{ ref("later") }}\n'),
    );
    expect(empty.columns('seed.shop.later').isOpen).toBe(true);
    expect(empty.problems('models/a.sql')).toEqual([]);
  });

  test('of a model are those of its query, through stars and ephemeral models', () => {
    expect(db.columns('model.shop.all_orders').columns.map(it => it.name)).toEqual(['order_id', 'amount', 'note']);
    expect(db.columns('model.shop.revenue').columns.map(it => it.name)).toEqual(['order_id', 'revenue']);
    expect(db.columns('model.shop.revenue').isOpen).toBe(false);
  });

  test('of a source are those that are declared and those the warehouse was seen to have', () => {
    const sources = projectDb(
      parseFixture(`
//- models/s.yml
sources:
  - name: raw
    schema: landing
    tables:
      - name: events
        columns: [{name: event_id, data_type: integer}, {name: kind}]
//- models/a.sql
select * from {{ source('raw', 'events') }}
`),
    );
    expect(columnsOf(sources, 'source.shop.raw.events').at(-1)).toBe('…');
    sources.setCatalog({
      relations: [
        {
          takenAt: '2026-01-02T03:04:05Z',
          database: undefined,
          schema: 'landing',
          identifier: 'events',
          kind: 'table',
          columns: [
            { name: 'event_id', type: 'bigint' },
            { name: 'kind', type: 'varchar' },
            { name: 'at', type: 'timestamp' },
          ],
        },
      ],
    });
    expect(sources.columns('source.shop.raw.events')).toMatchObject({
      columns: [
        { name: 'event_id', source: { kind: 'declared' } },
        { name: 'kind', source: { kind: 'catalog', takenAt: '2026-01-02T03:04:05Z' } },
        { name: 'at', source: { kind: 'catalog' } },
      ],
      isOpen: false,
    });
    expect(sources.columns('model.shop.a').columns.map(it => it.name)).toEqual(['event_id', 'kind', 'at']);
  });

  test('that nobody knows are open', () => {
    const unknown = projectDb(parseFixture('select a, t.* from somewhere.t as t'));
    expect(unknown.columns('model.shop.main').isOpen).toBe(true);
  });

  test('of models that need each other in a circle are unknown', () => {
    const circle = projectDb(
      parseFixture("//- models/a.sql\nselect * from {{ ref('b') }}\n//- models/b.sql\nselect * from {{ ref('a') }}\n"),
    );
    expect(circle.columns('model.shop.a').isOpen).toBe(true);
  });

  test('of a chain of thousands are found without running out of stack', () => {
    const length = 1000;
    const files = Array.from({ length }, (_, at) =>
      at === 0 ? '//- models/m0.sql\nselect 1 as x' : `//- models/m${at}.sql\nselect * from {{ ref('m${at - 1}') }}`,
    );
    const chain = projectDb(parseFixture(`${files.join('\n')}\n`));
    expect(chain.columns(`model.shop.m${length - 1}`).columns.map(it => it.name)).toEqual(['x']);
  });
});

describe('an edit', () => {
  const filtered = "select id as order_id, amount, upper(note) as note from {{ ref('raw_orders') }} where id > 1";
  const widened = "select id as order_id, amount, upper(note) as note, 1 as one from {{ ref('raw_orders') }}";

  function workAfter(text: string): readonly string[] {
    const db = projectDb(parseFixture(project));
    const all = ['stg_orders', 'eph', 'revenue', 'all_orders'].map(it => `model.shop.${it}`);
    all.forEach(it => db.columns(it));
    db.takeExecutedQueries();
    db.setFile('models/stg_orders.sql', text);
    all.forEach(it => db.columns(it));
    return db.takeExecutedQueries().filter(it => /^(bound|columns)\(/.test(it));
  }

  test('that leaves the columns as they were is no news downstream', () => {
    const ofItself = ['bound(model.shop.stg_orders)', 'columns(model.shop.stg_orders)'];
    expect(workAfter(filtered).toSorted()).toEqual(ofItself);
  });

  test('that adds a column is', () => {
    expect(workAfter(widened)).toContain('columns(model.shop.all_orders)');
  });
});

describe('the lineage of columns', () => {
  test('is one step up, node by node, with the way a value is made', () => {
    const db = projectDb(parseFixture(project));
    expect(db.columnLineage('model.shop.revenue')).toEqual({
      columns: [
        {
          name: 'order_id',
          inputs: [{ uniqueId: 'model.shop.eph', relation: '', column: 'order_id', kind: 'copied' }],
        },
        {
          name: 'revenue',
          inputs: [{ uniqueId: 'model.shop.eph', relation: '', column: 'twice', kind: 'aggregated' }],
        },
      ],
      influences: [
        { uniqueId: 'model.shop.eph', relation: '', column: 'order_id', kind: 'filter' },
        { uniqueId: 'model.shop.eph', relation: '', column: 'order_id', kind: 'group' },
      ],
    });
    expect(db.columnLineage('model.shop.eph').columns[1]?.inputs).toEqual([
      { uniqueId: 'model.shop.stg_orders', relation: '', column: 'amount', kind: 'transformed' },
    ]);
  });
});
