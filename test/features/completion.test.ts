import { describe, expect, test } from 'vitest';
import { completion } from '../../server/src/features/completion.ts';
import { cursorIn, parseFixture } from '../kit/fixture.ts';
import { projectDb } from '../kit/project.ts';

const project = `
//- models/orders.sql
select 1 as id
//- models/customers.sql
select 1 as id
//- seeds/countries.csv
code
//- models/sources.yml
sources:
  - name: raw
    tables: [{name: events}, {name: users}]
  - name: crm
    tables: [{name: leads}]
//- macros/money.sql
{% macro cents(x) %}{{ x }} * 100{% endmacro %}
//- dbt_project.yml
name: shop
version: '1.0'
profile: shop
vars: {lookback_days: 3}
//- models/main.sql
`;

/** What is offered in `models/main.sql`, sorted, and the text once the first offer that fits `pick` is taken. */
function offered(text: string): { readonly labels: readonly string[]; readonly taken: (pick: string) => string } {
  const fixture = parseFixture(project + text);
  const { path, start } = cursorIn(fixture);
  const items = completion(projectDb(fixture), { file: path, offset: start });
  const before = fixture.files.get(path)!;
  return {
    labels: items.map(it => it.label).toSorted(),
    taken: pick => {
      const item = items.find(it => it.label === pick);
      if (item === undefined) throw new Error(`${pick} is not offered`);
      return before.slice(0, item.replace.start) + item.insertText + before.slice(item.replace.end);
    },
  };
}

describe('inside ref', () => {
  test.each([
    ["select * from {{ ref('$0') }}", "select * from {{ ref('orders') }}"],
    ["select * from {{ ref('ord$0') }}", "select * from {{ ref('orders') }}"],
    ["select * from {{ ref('o$0rd') }}", "select * from {{ ref('orders') }}"],
    ['select * from {{ ref("$0") }}', 'select * from {{ ref("orders") }}'],
    ["select * from {{ ref('$0", "select * from {{ ref('orders"],
    ["select * from {{ ref('ord$0\nwhere a = 1", "select * from {{ ref('orders\nwhere a = 1"],
  ])('%s offers models and seeds and replaces the whole name', (text, expected) => {
    const { labels, taken } = offered(text);
    expect(labels).toEqual(['countries', 'customers', 'main', 'orders']);
    expect(taken('orders')).toBe(expected);
  });
});

describe('inside source', () => {
  test('the first argument offers each source once', () => {
    expect(offered("{{ source('$0') }}").labels).toEqual(['crm', 'raw']);
  });

  test('the second offers the tables of that source', () => {
    expect(offered("{{ source('raw', '$0') }}").labels).toEqual(['events', 'users']);
  });
});

test('inside var the vars of the project are offered', () => {
  expect(offered("{{ var('$0') }}").labels).toEqual(['lookback_days']);
});

describe('elsewhere in Jinja', () => {
  test('an expression offers macros and functions', () => {
    const { labels, taken } = offered('select {{ ce$0 }}');
    expect(labels).toEqual(expect.arrayContaining(['cents', 'ref', 'source', 'var', 'this']));
    expect(taken('cents')).toBe('select {{ cents }}');
  });

  test('an expression that has just begun offers them too', () => {
    expect(offered('select {{ $0 }}').labels).toContain('cents');
  });

  test('an argument of a call offers them too', () => {
    expect(offered('select {{ cents($0) }}').labels).toContain('var');
  });

  test('a statement offers its keywords', () => {
    expect(offered('{% $0 %}').labels).toEqual(expect.arrayContaining(['if', 'for', 'set', 'endif']));
  });

  test('a dot offers the members of what stands before it', () => {
    expect(offered('{{ target.$0 }}').labels).toEqual(expect.arrayContaining(['name', 'schema', 'type']));
    expect(offered('{{ target.$0 }}').labels).not.toContain('cents');
  });

  test('SQL text offers nothing of Jinja', () => {
    const { labels } = offered('select $0 from {{ this }}');
    expect(labels).not.toContain('cents');
    expect(labels).not.toContain('ref');
  });

  test('a finished string that is no name offers nothing', () => {
    expect(offered("{{ config(materialized='ta$0ble') }}").labels).toEqual([]);
  });
});
