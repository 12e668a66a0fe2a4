{% macro get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) %}{{ return(adapter.dispatch("get_merge_sql", "dbt")(target, source, unique_key, dest_columns, incremental_predicates)) }}{% endmacro %}

{% macro default__get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) -%}
  {%- set conditions = (incremental_predicates or []) | list -%}
  {%- set keys = [unique_key] if unique_key is string else (unique_key or []) -%}
  {%- for key in keys -%}
    {%- do conditions.append("DBT_INTERNAL_SOURCE." ~ key ~ " = DBT_INTERNAL_DEST." ~ key) -%}
  {%- endfor -%}
  {%- if not keys -%}{%- do conditions.append("FALSE") -%}{%- endif -%}
  {%- set update_columns = get_merge_update_columns(config.get("merge_update_columns"), config.get("merge_exclude_columns"), dest_columns) -%}
  {%- set column_list = get_quoted_csv(dest_columns | map(attribute="name")) -%}
  {%- set sql_header = config.get("sql_header", none) -%}
  {{ sql_header if sql_header is not none }}
  merge into {{ target }} as DBT_INTERNAL_DEST
    using {{ source }} as DBT_INTERNAL_SOURCE
    on ({{ conditions | join(") and (") }})
  {% if keys %}
  when matched then update set
    {% for column in update_columns %}
    {{ column }} = DBT_INTERNAL_SOURCE.{{ column }}{{ "," if not loop.last }}
    {% endfor %}
  {% endif %}
  when not matched then insert
    ({{ column_list }})
  values
    ({{ column_list }})
{%- endmacro %}

{% macro get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) %}{{ return(adapter.dispatch("get_delete_insert_merge_sql", "dbt")(target, source, unique_key, dest_columns, incremental_predicates)) }}{% endmacro %}

{% macro default__get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) -%}
  {%- set column_list = get_quoted_csv(dest_columns | map(attribute="name")) -%}
  {%- if unique_key %}
    delete from {{ target }} as DBT_INTERNAL_DEST
    {%- if unique_key is sequence and unique_key is not string %}
    using {{ source }}
    where
      {% for key in unique_key -%}
      {{ source }}.{{ key }} = DBT_INTERNAL_DEST.{{ key }}{{ " and " if not loop.last }}
      {% endfor %}
    {%- else %}
    where ({{ unique_key }}) in (
      select distinct {{ unique_key }} from {{ source }}
    )
    {%- endif %}
    {%- for predicate in incremental_predicates or [] %}
      and {{ predicate }}
    {%- endfor %};
  {%- endif %}
    insert into {{ target }} ({{ column_list }})
    (
      select {{ column_list }}
      from {{ source }}
    )
{%- endmacro %}

{% macro get_insert_overwrite_merge_sql(target, source, dest_columns, predicates, include_sql_header=false) %}{{ return(adapter.dispatch("get_insert_overwrite_merge_sql", "dbt")(target, source, dest_columns, predicates, include_sql_header)) }}{% endmacro %}

{% macro default__get_insert_overwrite_merge_sql(target, source, dest_columns, predicates, include_sql_header) -%}
  {%- set column_list = get_quoted_csv(dest_columns | map(attribute="name")) -%}
  {%- set sql_header = config.get("sql_header", none) -%}
  {{ sql_header if sql_header is not none and include_sql_header }}
  merge into {{ target }} as DBT_INTERNAL_DEST
    using {{ source }} as DBT_INTERNAL_SOURCE
    on FALSE
  when not matched by source
    {% if predicates %}and {{ predicates | join(" and ") }}{% endif %}
    then delete
  when not matched then insert
    ({{ column_list }})
  values
    ({{ column_list }})
{%- endmacro %}
