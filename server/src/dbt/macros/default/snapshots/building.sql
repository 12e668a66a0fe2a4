{# The first version of every row. #}
{% macro build_snapshot_table(strategy, sql) %}{{ return(adapter.dispatch('build_snapshot_table', 'dbt')(strategy, sql)) }}{% endmacro %}
{% macro default__build_snapshot_table(strategy, sql) %}
  {%- set names = get_snapshot_table_column_names() -%}
  select *, {{ strategy.scd_id }} as {{ names.dbt_scd_id }},
    {{ strategy.updated_at }} as {{ names.dbt_updated_at }}, {{ strategy.updated_at }} as {{ names.dbt_valid_from }},
    {{ get_dbt_valid_to_current(strategy, names) }}
    {%- if strategy.hard_deletes == 'new_record' %}, 'False' as {{ names.dbt_is_deleted }}{% endif %}
  from ( {{ sql }} ) sbq
{% endmacro %}

{# A temporary relation with one run's changes. #}
{% macro build_snapshot_staging_table(strategy, sql, target_relation) %}
  {% set staging = make_temp_relation(target_relation) %}
  {% set changes = snapshot_staging_table(strategy, sql, target_relation) %}
  {% call statement('build_snapshot_staging_relation') %}{{ create_table_as(true, staging, changes) }}{% endcall %}
  {{ return(staging) }}
{% endmacro %}

{% macro create_columns(relation, columns) %}{{ return(adapter.dispatch('create_columns', 'dbt')(relation, columns)) }}{% endmacro %}
{% macro default__create_columns(relation, columns) %}
  {% for column in columns %}
    {% call statement() %}alter table {{ relation.render() }} add column {{ adapter.quote(column.name) }} {{ column.expanded_data_type }}{% endcall %}
  {% endfor %}
{% endmacro %}

{# What is left to do once the new versions are committed. #}
{% macro post_snapshot(staging_relation) %}{{ return(adapter.dispatch('post_snapshot', 'dbt')(staging_relation)) }}{% endmacro %}
{% macro default__post_snapshot(staging_relation) %}{% endmacro %}

{% macro get_true_sql() %}{{ return(adapter.dispatch('get_true_sql', 'dbt')()) }}{% endmacro %}
{% macro default__get_true_sql() %}{{ return('TRUE') }}{% endmacro %}

{# A place for adapters to compare the types of the snapshot's time columns. #}
{% macro check_time_data_types(sql) %}{{ return(adapter.dispatch('check_time_data_types', 'dbt')(sql)) }}{% endmacro %}
{% macro default__check_time_data_types(sql) %}{% endmacro %}
