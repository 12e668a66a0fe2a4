{# A test's query folded to one row: how many failures, and whether they are worth a warning or an error. #}
{% macro get_test_sql(main_sql, fail_calc, warn_if, error_if, limit) %}{{ return(adapter.dispatch('get_test_sql', 'dbt')(main_sql, fail_calc, warn_if, error_if, limit)) }}{% endmacro %}
{% macro default__get_test_sql(main_sql, fail_calc, warn_if, error_if, limit) -%}
  select {{ fail_calc }} as failures, {{ fail_calc }} {{ warn_if }} as should_warn, {{ fail_calc }} {{ error_if }} as should_error
  from (
    {{ main_sql }}
    {{ 'limit ' ~ limit if limit is not none }}
  ) dbt_internal_test
{%- endmacro %}

{# A unit test's rows, the model's and the expected ones, told apart by the column actual_or_expected. #}
{% macro get_unit_test_sql(main_sql, expected_fixture_sql, expected_column_names) %}{{ return(adapter.dispatch('get_unit_test_sql', 'dbt')(main_sql, expected_fixture_sql, expected_column_names)) }}{% endmacro %}
{% macro default__get_unit_test_sql(main_sql, expected_fixture_sql, expected_column_names) %}
  {%- set side = adapter.quote('actual_or_expected') -%}
  with dbt_internal_unit_test_actual as (
    select {{ expected_column_names | join(',') }}, {{ dbt.string_literal('actual') }} as {{ side }} from ( {{ main_sql }} ) _dbt_internal_unit_test_actual
  ),
  dbt_internal_unit_test_expected as (
    select {{ expected_column_names | join(', ') }}, {{ dbt.string_literal('expected') }} as {{ side }} from ( {{ expected_fixture_sql }} ) _dbt_internal_unit_test_expected
  )
  select * from dbt_internal_unit_test_actual
  union all
  select * from dbt_internal_unit_test_expected
{%- endmacro %}

{# A tested relation, or those of its rows that `where` keeps. #}
{% macro get_where_subquery(relation) %}{{ return(adapter.dispatch('get_where_subquery', 'dbt')(relation)) }}{% endmacro %}
{% macro default__get_where_subquery(relation) %}
  {% set where = config.get('where') %}
  {{ return('(select * from ' ~ relation ~ ' where ' ~ where ~ ') dbt_subquery' if where else relation) }}
{% endmacro %}
