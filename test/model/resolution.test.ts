import { describe, expect, test } from 'vitest';
import type { ModelDb } from '../../server/src/model/db.ts';
import { parseFixture } from '../kit/fixture.ts';
import { projectDb } from '../kit/project.ts';

const shown = (db: ModelDb, file: string, range: { start: number; end: number }) =>
  db.text(file)!.slice(range.start, range.end);

/** `file: what is used -> what it means` for every literal use of a fixture. */
function uses(source: string): readonly string[] {
  const db = projectDb(parseFixture(source));
  return db.files().flatMap(file =>
    db.uses(file).map(use => {
      const means = db.resolve(file, use).map(it => it.uniqueId ?? `${it.kind} ${it.name}`);
      const table = use.kind === 'source' ? `.${shown(db, file, use.tableRange)}` : '';
      return `${file}: ${use.kind} ${shown(db, file, use.range)}${table} -> ${means.join(', ')}`;
    }),
  );
}

describe('literal uses', () => {
  test('in templates', () => {
    const project = `
//- dbt_project.yml
name: shop
profile: shop
vars: {region: eu}
//- models/s.yml
sources: [{name: crm, tables: [{name: people}]}]
//- macros/m.sql
{% macro cents(x) %}{{ x }}{% endmacro %}
//- models/a.sql
{{ config(materialized='table') }}
select {{ cents('n') }}, '{{ var("region") }}', {{ dbt.type_string() }} from {{ source('crm', 'people') }}
//- models/b.sql
select * from {{ ref('a') }} join {{ ref('shop', 'a') }} join {{ ref('gone') }}
`;
    expect(uses(project)).toEqual([
      'models/a.sql: macro config -> ',
      'models/a.sql: macro cents -> macro.shop.cents',
      'models/a.sql: var region -> var region',
      'models/a.sql: macro type_string -> macro.dbt.type_string',
      'models/a.sql: source crm.people -> source.shop.crm.people',
      'models/b.sql: ref a -> model.shop.a',
      'models/b.sql: ref a -> model.shop.a',
      'models/b.sql: ref gone -> ',
    ]);
  });

  test('in YAML, quoted, folded and bare', () => {
    const project = `
//- models/a.sql
select 1 as id
//- models/d.md
{% docs intro %}text{% enddocs %}
//- models/s.yml
models:
  - name: a
    description: '{{ doc("intro") }}'
    columns: [{name: id, data_tests: [{relationships: {arguments: {to: ref('a'), field: id}}}]}]
exposures: [{name: e, type: ml, owner: {name: x}, depends_on: [ref('a')]}]
`;
    expect(uses(project)).toEqual([
      'models/s.yml: doc intro -> doc.shop.intro',
      'models/s.yml: ref a -> model.shop.a',
      'models/s.yml: ref a -> model.shop.a',
    ]);
  });

  test('are found from their declaration, wherever they stand', () => {
    const db = projectDb(
      parseFixture(`
//- models/a.sql
select 1 as id
//- models/b.sql
select * from {{ ref('a') }}
//- analyses/q.sql
select * from {{ ref('a') }}
//- models/s.yml
exposures: [{name: e, type: ml, owner: {name: x}, depends_on: [ref('a')]}]
`),
    );
    const [a] = db.names().models.get('a')!;
    expect(db.usesOf(a!).map(({ file }) => file)).toEqual(['analyses/q.sql', 'models/b.sql', 'models/s.yml']);
  });
});

describe('places', () => {
  const db = projectDb(
    parseFixture(`
//- models/orders.sql
  select 1 as id
//- models/s.yml
models:
  - name: orders
    config: {materialized: table}
    columns:
      - name: id
        data_tests: [unique]
//- snapshots/h.sql
{% snapshot hist %}select 1 as id{% endsnapshot %}
`),
  );
  const textAt = (origin: { file: string; start: number; end: number } | undefined) =>
    origin && shown(db, origin.file, origin);

  test('of a model are in its file and in its properties', () => {
    const places = db.places('model.shop.orders')!;
    expect(textAt(places.template)).toBe('select 1 as id');
    expect(textAt(places.patchName)).toBe('orders');
    expect(textAt(places.keys.get('config.materialized'))).toBe('materialized');
    expect(textAt(places.values.get('config.materialized'))).toBe('table');
    expect(textAt(places.values.get('columns.id.name'))).toBe('id');
  });

  test('of a test are its word in the YAML, and of a snapshot its block', () => {
    const unique = db.nodesOfFile('models/s.yml').find(id => id.startsWith('test.'))!;
    expect(textAt(db.places(unique)!.name)).toBe('unique');
    const snapshot = db.places('snapshot.shop.hist')!;
    expect(textAt(snapshot.name)).toBe('hist');
    expect(textAt(snapshot.template)).toBe('select 1 as id');
    expect(textAt(snapshot.declaration)).toBe('{% snapshot hist %}select 1 as id{% endsnapshot %}');
  });
});

test('a Python model is read for its literal refs and configuration', () => {
  const db = projectDb(
    parseFixture(`
//- models/a.sql
select 1 as id
//- models/p.py
import pandas

def model(dbt, session):
    dbt.config(materialized="table", packages=["numpy==1.2"])
    frame = dbt.ref("a")
    return frame if len(frame) else dbt.ref('gone')
`),
  );
  const node = db.node('model.shop.p');
  expect(node).toMatchObject({ language: 'python', dependsOn: { nodes: ['model.shop.a'] } });
  expect(node !== undefined && 'config' in node ? node.config.get('materialized') : undefined).toBe('table');
  const [problem] = db.problems('models/p.py');
  expect(problem).toMatchObject({ code: 'unknown-model' });
  expect(shown(db, 'models/p.py', problem!.origin)).toBe('gone');
});

test('lineage labels what the text says and what rendering shows', () => {
  const db = projectDb(
    parseFixture(`
//- models/a.sql
select 1 as id
//- models/b.sql
select 1 as id
//- macros/m.sql
{% macro both() %}{{ ref('b') }}{% endmacro %}
//- models/c.sql
select * from {{ both() }} {% if false %}join {{ ref('a') }}{% endif %}
//- models/d.sql
select * from {{ ref('a') }}
`),
  );
  const edges = db
    .lineage()
    .edges.map(it => `${it.from} -> ${it.to}${it.syntactic ? ' text' : ''}${it.rendered ? ' render' : ''}`);
  expect(edges.toSorted()).toEqual([
    'model.shop.a -> model.shop.c text',
    'model.shop.a -> model.shop.d text render',
    'model.shop.b -> model.shop.c render',
  ]);
  expect(db.lineage().children.get('model.shop.a')).toEqual(['model.shop.c', 'model.shop.d']);
});
