import { describe, test } from 'vitest';
import { checkProblems } from '../kit/check-problems.ts';

describe('names that mean nothing', () => {
  test('an unknown model comes with the nearest name', () =>
    checkProblems(`
//- models/orders.sql
select 1 as id
//- models/revenue.sql
select * from {{ ref('ordrs') }}
                      ^^^^^ error[unknown-model]: no model named 'ordrs'; did you mean 'orders'?
`));

  test('in a branch that is not taken an unknown model is a warning', () =>
    checkProblems(`
//- models/revenue.sql
{% if target.name == 'prod' %}
select * from {{ ref('ledger') }}
                      ^^^^^^ warning[unknown-model]
{% else %}
select 1 as id
{% endif %}
`));

  test('an unknown source, and an unknown table of a known source', () =>
    checkProblems(`
//- models/s.yml
sources: [{name: crm, tables: [{name: people}]}]
//- models/a.sql
select * from {{ source('cmr', 'people') }}
                         ^^^ error[unknown-source]: no source named 'cmr.people'; did you mean 'crm.people'?
//- models/b.sql
select * from {{ source('crm', 'poeple') }}
                                ^^^^^^ error[unknown-source]: no source named 'crm.poeple'; did you mean 'crm.people'?
`));

  test('an unknown macro is found by rendering', () =>
    checkProblems(`
//- models/a.sql
select {{ cents('amount') }}
          ^^^^^^^^^^^^^^^ error[unknown-macro]
`));

  test('a version that a model does not have', () =>
    checkProblems(`
//- models/m_v1.sql
select 1 as id
//- models/s.yml
models: [{name: m, versions: [{v: 1}]}]
//- models/use.sql
select * from {{ ref('m', v=3) }}
                      ^ error[unknown-version]: 'm' has no version '3'
`));

  test('a docs block, a group, a measure, a fixture', () =>
    checkProblems(`
//- models/a.sql
select 1 as id
//- models/s.yml
models:
  - name: a
    description: "{{ doc('orderz') }}"
                          ^^^^^^ error[unknown-doc]: no docs block named 'orderz'; did you mean 'orders'?
    config: {group: finanz}
                    ^^^^^^ error[unknown-group]: no group named 'finanz'; the groups are finance
groups: [{name: finance, owner: {name: F}}]
metrics:
  - {name: n, label: N, type: simple, type_params: {measure: nope}}
                                                             ^^^^ error[unknown-measure]
unit_tests:
  - name: u
    model: a
    given: []
    expect: {format: csv, fixture: rows}
                                   ^^^^ error[fixture-missing]
//- models/docs.md
{% docs orders %}text{% enddocs %}
`));
});

describe('what properties files name', () => {
  test('metrics that do not exist, wherever they are wanted', () =>
    checkProblems(`
//- models/s.yml
metrics:
  - {name: n, label: N, type: derived, type_params: {expr: a, metrics: [a, {name: n}]}}
                                                                        ^ error[unknown-metric]
saved_queries:
  - {name: q, query_params: {metrics: [n, b]}}
                                          ^ error[unknown-metric]
exposures:
  - {name: e, type: ml, owner: {name: o}, depends_on: ["metric('c')"]}
                                                       ^^^^^^^^^^^^^ error[unknown-metric]
`));

  test('models that foreign keys point to', () =>
    checkProblems(`
//- models/a.sql
select 1 as id
//- models/s.yml
models:
  - name: a
    columns:
      - {name: id, constraints: [{type: foreign_key, to: b}]}
                                                         ^ error[properties-invalid]
      - name: n
        constraints:
          - type: foreign_key
            to: ref('c')
                ^^^^^^^^ error[unknown-model]
`));

  test('descriptions are templates', () =>
    checkProblems(`
//- models/a.sql
select 1 as id
//- models/s.yml
models:
  - name: a
    description: "{{ doc('x' }}"
                 ^^^^^^^^^^^^^^^ error[jinja-syntax]
    columns:
      - {name: id, description: "{{ var('nope') }} and {{ doc('d') }}"}
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[yaml-jinja]
//- models/d.md
{% docs d %}{{ nope() }}{% enddocs %}
            ^^^^^^^^^^^^ error[yaml-jinja]
`));
});

describe('macros that name nodes', () => {
  test('and fail are told once, where they fail', () =>
    checkProblems(`
//- models/a.sql
select 1 as id
//- models/b.sql
select 1 as id
//- macros/names.sql
{% macro generate_schema_name(custom_schema_name, node) %}{{ nope() }}{% endmacro %}
                                                             ^^^^^^ error[unknown-macro]
`));

  test('and cannot be called with what dbt gives them', () =>
    checkProblems(`
//- models/a.sql
select 1 as id
//- macros/names.sql
{% macro generate_alias_name(custom_alias_name) %}x{% endmacro %}
         ^^^^^^^^^^^^^^^^^^^ error[render-error]
`));
});

describe('names with spaces', () => {
  test('are refused', () =>
    checkProblems(`
//- models/a.sql
select 1 as id
//- models/s.yml
snapshots:
  - name: my snap
          ^^^^^^^ error[name-with-spaces]: the name 'my snap' contains a space
    relation: ref('a')
    config: {strategy: check, unique_key: id, check_cols: all}
`));
});

describe('access', () => {
  test('of a private model is forbidden to hooks, exposures and tests of other groups', () =>
    checkProblems(`
//- models/a.sql
select 1 as id
//- models/b.sql
{{ config(post_hook="select * from {{ ref('a') }}") }} select 1 as id
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[forbidden-ref]
//- models/s.yml
groups: [{name: g, owner: {name: n}}]
models:
  - {name: a, access: private, config: {group: g}, columns: [{name: id, data_tests: [unique]}]}
exposures:
  - {name: e, type: ml, owner: {name: n}, depends_on: [ref('a')]}
                                                            ^ error[forbidden-ref]
//- tests/t.sql
select * from {{ ref('a') }}
                      ^ error[forbidden-ref]
`));
});

describe('unit tests', () => {
  test('may have an input that names nothing until they are run', () =>
    checkProblems(`
//- models/a.sql
select 1 as id
//- models/s.yml
unit_tests:
  - name: u
    model: a
    given: [{input: ref('nobody'), rows: []}]
                         ^^^^^^ warning[unknown-model]
    expect: {rows: [{id: 1}]}
`));

  test('say what is_incremental() is, and what was there before, where the model asks', () =>
    checkProblems(`
//- models/a.sql
{{ config(materialized='incremental') }}
select 1 as id {% if is_incremental() %} where true {% endif %}
//- models/s.yml
unit_tests:
  - name: silent
          ^^^^^^ error[properties-invalid]: Boolean override for 'is_incremental' must be provided for unit test 'silent' in model 'a'
    model: a
    given: []
    expect: {rows: [{id: 1}]}
  - name: bare
          ^^^^ error[properties-invalid]: Unit test 'bare' for incremental model 'a' must have a 'this' input
    model: a
    given: []
    overrides: {macros: {is_incremental: true}}
    expect: {rows: [{id: 1}]}
  - name: full
    model: a
    given: [{input: this, rows: []}]
    overrides: {macros: {is_incremental: true}}
    expect: {rows: [{id: 1}]}
`));
});

describe('names that mean too much, or what is not allowed', () => {
  test('a disabled model and a disabled source', () =>
    checkProblems(`
//- models/off.sql
{{ config(enabled=false) }} select 1 as id
//- models/s.yml
sources: [{name: crm, tables: [{name: people, config: {enabled: false}}]}]
//- models/a.sql
select * from {{ ref('off') }}
                      ^^^ error[disabled-model]: the model 'off' is disabled
//- models/b.sql
select * from {{ source('crm', 'people') }}
                                ^^^^^^ error[disabled-source]: the source 'crm.people' is disabled
`));

  test('what one switch turns off together with its user is no news', () =>
    checkProblems(`
//- models/off.sql
{{ config(enabled=false) }} select 1 as id
//- models/also_off.sql
{{ config(enabled=false) }} select * from {{ ref('off') }} join {{ ref('nowhere') }} on true
                                                                        ^^^^^^^ warning[unknown-model]
//- models/a.sql
select 1 as id {% if var('uses_off', false) %} from {{ ref('off') }} {% endif %}
//- macros/m.sql
{% macro off() %}{{ ref('off') }}{% endmacro %}
`));

  test('a name that two packages have', () =>
    checkProblems(`
//- packages.yml
packages: [{local: p1}, {local: p2}]
//- p1/dbt_project.yml
name: p1
//- p1/models/shared.sql
{{ config(schema='p1') }} select 1 as id
//- p2/dbt_project.yml
name: p2
//- p2/models/shared.sql
{{ config(schema='p2') }} select 1 as id
//- models/a.sql
select * from {{ ref('shared') }}
                      ^^^^^^ error[ambiguous-ref]: 'shared' is a model of several packages (p1, p2); name the package first
`));

  test('two models of one name, and two nodes in one relation', () =>
    checkProblems(`
//- models/x/a.sql
select 1 as id
^ error[duplicate-name]
//- models/y/a.sql
select 1 as id
^ error[duplicate-name]
//- models/b.sql
{{ config(alias='same') }} select 1 as id
^ error[duplicate-relation]
//- models/c.sql
{{ config(alias='same') }} select 1 as id
^ error[duplicate-relation]
`));

  test('a model described twice', () =>
    checkProblems(`
//- models/a.sql
select 1 as id
//- models/s.yml
models: [{name: a, description: one}]
                ^ error[duplicate-properties]
//- models/t.yml
models: [{name: a, description: two}]
                ^ error[duplicate-properties]
`));

  test('a private model of another group', () =>
    checkProblems(`
//- models/s.yml
groups: [{name: fin, owner: {name: F}}]
models: [{name: secret, config: {group: fin, access: private}}]
//- models/secret.sql
select 1 as id
//- models/a.sql
select * from {{ ref('secret') }}
                      ^^^^^^ error[forbidden-ref]
`));

  test('models that depend on each other in a circle', () =>
    checkProblems(`
//- models/a.sql
select * from {{ ref('b') }}
                      ^ error[ref-cycle]: Found a cycle: model.shop.a --> model.shop.b
//- models/b.sql
select * from {{ ref('a') }}
                      ^ error[ref-cycle]: Found a cycle: model.shop.b --> model.shop.a
//- models/c.sql
select * from {{ ref('a') }}
`));
});

describe('templates', () => {
  test('that break the grammar', () =>
    checkProblems(`
//- models/a.sql
select {{ 1 + }}
              ^^ error[jinja-syntax]
//- macros/m.sql
{% macro broken(a %}{% endmacro %}
                  ^ error[jinja-syntax]
`));

  test('that ask for what is not set', () =>
    checkProblems(`
//- models/a.sql
select {{ var('region') }}
          ^^^^^^^^^^^^^ error[var-missing]
//- models/b.sql
select {{ env_var('NOWHERE') }}
          ^^^^^^^^^^^^^^^^^^ error[env-var-missing]
//- models/c.sql
select {{ env_var('DBT_ENV_SECRET_KEY') }}
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[env-var-secret]
`));

  test('that fail in a macro are shown at the call', () => {
    checkProblems(`
//- macros/m.sql
{% macro guard(x) %}{{ exceptions.raise_compiler_error('too small: ' ~ x) }}{% endmacro %}
//- models/a.sql
select {{ guard(3) }}
          ^^^^^^^^ error[render-error]: too small: 3
`);
  });

  test('configured with the wrong type', () =>
    checkProblems(`
//- models/a.sql
{{ config(enabled='perhaps') }} select 1 as id
                  ^^^^^^^^^ error[invalid-config]: at path ['enabled']: 'perhaps' is not of type 'boolean'
`));

  test('configured with a slip of the pen', () =>
    checkProblems(`
//- models/a.sql
{{ config(materialised='table', my_own=1) }} select 1 as id
          ^^^^^^^^^^^^ warning[unknown-config]: 'materialised' is no configuration of dbt; did you mean 'materialized'?
//- models/b.sql
select 1 as id
//- models/s.yml
models: [{name: b, config: {schemas: x}}]
                            ^^^^^^^ warning[unknown-config]: 'schemas' is no configuration of dbt; did you mean 'schema'?
`));

  test('of snapshots that lack their strategy', () =>
    checkProblems(`
//- snapshots/h.sql
{% snapshot h %}{{ config(unique_key='id') }}select 1 as id{% endsnapshot %}
            ^ error[snapshot-incomplete]
`));
});

describe('YAML', () => {
  test('that does not parse, and says one thing twice', () =>
    checkProblems(`
//- models/a.sql
select 1 as id
//- models/s.yml
models:
  - name: a
    description: note: this breaks
                 ^^^^^ error[yaml-syntax]
//- models/t.yml
seeds: []
seeds: []
^^^^^ warning[yaml-duplicate-key]
`));

  test('of the wrong shape', () =>
    checkProblems(`
//- models/s.yml
models: {name: a}
        ^^^^^^^^^ error[properties-invalid]
exposures: [{name: e, type: pigeon, owner: {name: F}}]
                            ^^^^^^ error[properties-invalid]
`));

  test('with a test whose arguments are missing behind its colon', () =>
    checkProblems(`
//- models/a.sql
select 1 as id
//- models/s.yml
models: [{name: a, columns: [{name: id, data_tests: [{not_null: }]}]}]
                                                     ^^^^^^^^^^^^ error[properties-invalid]: test arguments must be a dict, got <class 'NoneType'> (value None)
`));

  test('of the wrong shape at tests that are files of their own, at which dbt only warns', () =>
    checkProblems(`
//- tests/t.sql
select 1 as id
//- models/s.yml
data_tests:
  - name: t
  - unique: {column_name: id}
    ^^^^^^^^^^^^^^^^^^^^^^^^^ warning[test-properties-invalid]: a list element for 'data_tests' does not have a name attribute.
tests:
  - unique: {column_name: id}
`));

  test('with Jinja that cannot be rendered', () =>
    checkProblems(`
//- models/a.sql
select 1 as id
//- models/s.yml
models: [{name: a, config: {alias: "{{ shout() }}"}}]
                                   ^^^^^^^^^^^^^^^ error[yaml-jinja]: Could not render {{ shout() }}: 'shout' is undefined
`));

  test('that describes what is not there', () =>
    checkProblems(`
//- models/orders.sql
select 1 as id
//- models/s.yml
models: [{name: order}]
                ^^^^^ warning[unknown-entry]: no resource named 'order' for this entry of 'models'; did you mean 'orders'?
`));

  test('with a test of a column that the entry does not list', () =>
    checkProblems(`
//- models/a.sql
select 1 as id
//- models/s.yml
models:
  - name: a
    columns: [{name: id}]
    data_tests:
      - unique: {arguments: {column_name: nr}}
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint[test-of-unknown-column]
      - not_null: {arguments: {column_name: ID}}
      - unique: {name: of_two, arguments: {column_name: (id || nr)}}
`));
});
