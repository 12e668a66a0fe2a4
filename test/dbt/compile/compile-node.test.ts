import { describe, expect, test } from 'vitest';
import { parseFixture } from '../../kit/fixture.ts';
import { projectDb } from '../../kit/project.ts';
import { compiledNode } from '../../kit/rendered-node.ts';

describe('compiled SQL', () => {
  test('points back into the file, macros included', () => {
    const fixture = parseFixture(`
//- models/main.sql
select {{ cents('amount') }} from t
//- macros/cents.sql
{% macro cents(column) %}{{ column }} / 100{% endmacro %}
`);
    const { text, segments } = projectDb(fixture).view().compiled('model.shop.main');
    const at = text.indexOf(' / 100');
    const segment = segments.find(it => it.start <= at && at < it.end);
    expect(segment?.origin?.file).toBe('macros/cents.sql');
    expect(segment?.frame?.callSite.file).toBe('models/main.sql');
    const source = fixture.files.get('macros/cents.sql') ?? '';
    expect(source.slice(segment?.origin?.start, segment?.origin?.end)).toBe(' / 100');
  });

  test('of a snapshot points behind the block tag', () => {
    const fixture = parseFixture(`
//- snapshots/h.sql
{% snapshot h %}{{ config(unique_key='id', strategy='check', check_cols='all') }}
select 1 as id
{% endsnapshot %}
`);
    const { text, segments } = projectDb(fixture).view().compiled('snapshot.shop.h');
    const source = fixture.files.get('snapshots/h.sql') ?? '';
    for (const { start, end, origin, kind } of segments) {
      if (kind === 'verbatim') expect(source.slice(origin?.start, origin?.end)).toBe(text.slice(start, end));
    }
    expect(segments.some(it => it.kind === 'verbatim' && text.slice(it.start, it.end).includes('select 1'))).toBe(true);
  });

  test('of a problem says where in the file', () => {
    const { problem } = compiledNode(
      "\n//- models/main.sql\nselect 1,\n  {{ exceptions.raise_compiler_error('boom') if execute }}\n",
    );
    expect(problem).toMatchObject({ errorClass: 'CompilationError', message: 'boom', file: 'models/main.sql' });
    expect(problem?.range.start).toBeGreaterThan(10);
  });

  test('says when an answer was made up for want of a warehouse', () => {
    expect(compiledNode('select 1').guessed).toBe(false);
    const asks = 'select {{ adapter.get_columns_in_relation(this) | length }}, {{ load_relation(this) is none }}';
    expect(compiledNode(asks)).toMatchObject({ text: 'select 0, True', guessed: true });
  });

  test('is not remembered for those who ask only once', () => {
    const db = projectDb(parseFixture('select 1 as id'));
    db.manifest();
    db.takeExecutedQueries();
    const render = (once: boolean): readonly (string | undefined)[] => [
      db.rendered('model.shop.main', { mode: 'compile', once })?.rendered.text,
      ...db.takeExecutedQueries().filter(it => it.startsWith('rendered')),
    ];
    expect([true, false, true].map(render)).toEqual([
      ['select 1 as id'],
      ['select 1 as id', 'rendered(model.shop.main)'],
      ['select 1 as id'],
    ]);
  });

  test('shows both branches of is_incremental', () => {
    const fixture = parseFixture("{{ config(materialized='incremental') }}{{ 'more' if is_incremental() else 'all' }}");
    const view = projectDb(fixture).view();
    const node = view.node('model.shop.main');
    if (node === undefined) throw new Error('no node');
    expect(view.compiled('model.shop.main').text).toBe('all');
  });
});

describe('a generic test', () => {
  const models = `
//- models/orders.sql
select 1 as id
//- models/s.yml
models:
  - name: orders
    columns: [{name: id, data_tests: [{unique: {name: u, config: {where: "id > 3"}}}]}]
`;

  test('selects from the rows that its where keeps', () => {
    const db = projectDb(parseFixture(models));
    const id = [...db.manifest().nodes.keys()].find(it => it.startsWith('test.shop.u.')) ?? '';
    expect(db.view().compiled(id).text.replaceAll(/\s+/g, ' ').trim()).toBe(
      'select id as unique_field, count(*) as n_records from (select * from "shop"."main"."orders" where id > 3) dbt_subquery where id is not null group by id having count(*) > 1',
    );
  });
});
