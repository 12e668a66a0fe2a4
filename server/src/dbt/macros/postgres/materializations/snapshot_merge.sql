{% macro postgres__snapshot_merge_sql(target, source, insert_cols) -%}
  {{ snapshot_update_insert_sql(target, source, insert_cols) }}
{%- endmacro %}
