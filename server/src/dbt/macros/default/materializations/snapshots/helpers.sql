{% macro create_columns(relation, columns) %}
  {{ adapter.dispatch("create_columns", "dbt")(relation, columns) }}
{% endmacro %}

{% macro default__create_columns(relation, columns) %}
  {% for column in columns %}
    {% call statement() %}
      alter table {{ relation.render() }} add column {{ adapter.quote(column.name) }} {{ column.expanded_data_type }};
    {% endcall %}
  {% endfor %}
{% endmacro %}

{# What is left to do once the new versions are committed. #}
{% macro post_snapshot(staging_relation) %}
  {{ adapter.dispatch("post_snapshot", "dbt")(staging_relation) }}
{% endmacro %}

{% macro default__post_snapshot(staging_relation) %}
{% endmacro %}

{% macro get_true_sql() %}
  {{ adapter.dispatch("get_true_sql", "dbt")() }}
{% endmacro %}

{% macro default__get_true_sql() %}
  {{ return("TRUE") }}
{% endmacro %}

{# A place for adapters to compare the types of the snapshot's time columns. #}
{% macro check_time_data_types(sql) %}
  {{ adapter.dispatch("check_time_data_types", "dbt")(sql) }}
{% endmacro %}

{% macro default__check_time_data_types(sql) %}
{% endmacro %}

{# The names of dbt's own columns, as the config renames them. #}
{% macro get_snapshot_table_column_names() %}
  {% set names = {} %}
  {% set renamed = config.get("snapshot_meta_column_names", {}) or {} %}
  {% for name in ["dbt_valid_to", "dbt_valid_from", "dbt_scd_id", "dbt_updated_at", "dbt_is_deleted"] %}
    {% do names.update({name: renamed.get(name) or name}) %}
  {% endfor %}
  {{ return(names) }}
{% endmacro %}

{# The end of a version that is still valid: null, or what the config puts there. #}
{% macro get_dbt_valid_to_current(strategy, columns) %}
  {% set open_end = config.get("dbt_valid_to_current") or "null" %}
  coalesce(nullif({{ strategy.updated_at }}, {{ strategy.updated_at }}), {{ open_end }}) as {{ columns.dbt_valid_to }}
{% endmacro %}

{# The names under which both sides of the comparison carry the unique key. #}
{% macro snapshot_key_columns(strategy) %}
  {% if strategy.unique_key is string %}
    {{ return(["dbt_unique_key"]) }}
  {% endif %}
  {% set names = [] %}
  {% for key in strategy.unique_key %}
    {% do names.append("dbt_unique_key_" ~ loop.index) %}
  {% endfor %}
  {{ return(names) }}
{% endmacro %}

{% macro unique_key_fields(unique_key) %}
  {% if unique_key is string %}
    {{ unique_key }} as dbt_unique_key
  {% else %}
    {% for key in unique_key %}
    {{ key }} as dbt_unique_key_{{ loop.index }}{{ "," if not loop.last }}
    {% endfor %}
  {% endif %}
{% endmacro %}

{% macro unique_key_join_on(unique_key, identifier, from_identifier) %}
  {% if unique_key is string %}
    {{ identifier }}.dbt_unique_key = {{ from_identifier }}.dbt_unique_key
  {% else %}
    {% for key in unique_key %}
    {{ identifier }}.dbt_unique_key_{{ loop.index }} = {{ from_identifier }}.dbt_unique_key_{{ loop.index }}{{ " and " if not loop.last }}
    {% endfor %}
  {% endif %}
{% endmacro %}

{% macro unique_key_is_null(unique_key, identifier) %}
  {{ identifier }}.{{ "dbt_unique_key" if unique_key is string else "dbt_unique_key_1" }} is null
{% endmacro %}

{% macro unique_key_is_not_null(unique_key, identifier) %}
  {{ identifier }}.{{ "dbt_unique_key" if unique_key is string else "dbt_unique_key_1" }} is not null
{% endmacro %}

{# The first version of every row. #}
{% macro build_snapshot_table(strategy, sql) -%}
  {{ adapter.dispatch("build_snapshot_table", "dbt")(strategy, sql) }}
{% endmacro %}

{% macro default__build_snapshot_table(strategy, sql) %}
  {% set columns = config.get("snapshot_table_column_names") or get_snapshot_table_column_names() %}
    select *,
        {{ strategy.scd_id }} as {{ columns.dbt_scd_id }},
        {{ strategy.updated_at }} as {{ columns.dbt_updated_at }},
        {{ strategy.updated_at }} as {{ columns.dbt_valid_from }},
        {{ get_dbt_valid_to_current(strategy, columns) }}
        {%- if strategy.hard_deletes == "new_record" %},
        'False' as {{ columns.dbt_is_deleted }}
        {%- endif %}
    from (
        {{ sql }}
    ) sbq
{% endmacro %}

{# A temporary relation with the versions to add and the ones to close. #}
{% macro build_snapshot_staging_table(strategy, sql, target_relation) %}
  {% set temp_relation = make_temp_relation(target_relation) %}
  {% set select = snapshot_staging_table(strategy, sql, target_relation) %}
  {% call statement("build_snapshot_staging_relation") %}
    {{ create_table_as(true, temp_relation, select) }}
  {% endcall %}
  {% do return(temp_relation) %}
{% endmacro %}
