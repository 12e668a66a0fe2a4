{% macro snapshot_merge_sql(target, source, insert_cols) -%}
  {{ adapter.dispatch("snapshot_merge_sql", "dbt")(target, source, insert_cols) }}
{%- endmacro %}

{% macro default__snapshot_merge_sql(target, source, insert_cols) -%}
    {%- set columns = config.get("snapshot_table_column_names") or get_snapshot_table_column_names() -%}
    {%- set open_end = config.get("dbt_valid_to_current") -%}
    merge into {{ target.render() }} as DBT_INTERNAL_DEST
    using {{ source }} as DBT_INTERNAL_SOURCE
    on DBT_INTERNAL_SOURCE.{{ columns.dbt_scd_id }} = DBT_INTERNAL_DEST.{{ columns.dbt_scd_id }}
    when matched
        and {% if open_end %}(DBT_INTERNAL_DEST.{{ columns.dbt_valid_to }} = {{ open_end }} or DBT_INTERNAL_DEST.{{ columns.dbt_valid_to }} is null)
        {%- else %}DBT_INTERNAL_DEST.{{ columns.dbt_valid_to }} is null{% endif %}
        and DBT_INTERNAL_SOURCE.dbt_change_type in ('update', 'delete')
        then update set {{ columns.dbt_valid_to }} = DBT_INTERNAL_SOURCE.{{ columns.dbt_valid_to }}
    when not matched
        and DBT_INTERNAL_SOURCE.dbt_change_type = 'insert'
        then insert ({{ insert_cols | join(", ") }})
        values ({% for name in insert_cols %}DBT_INTERNAL_SOURCE.{{ name }}{{ ", " if not loop.last }}{% endfor %})
{%- endmacro %}

{# For warehouses that close versions with an update and add versions with an insert. #}
{% macro snapshot_update_insert_sql(target, source, insert_cols) -%}
    {%- set columns = config.get("snapshot_table_column_names") or get_snapshot_table_column_names() -%}
    {%- set open_end = config.get("dbt_valid_to_current") -%}
    update {{ target.render() }}
    set {{ columns.dbt_valid_to }} = DBT_INTERNAL_SOURCE.{{ columns.dbt_valid_to }}
    from {{ source }} as DBT_INTERNAL_SOURCE
    where DBT_INTERNAL_SOURCE.{{ columns.dbt_scd_id }}::text = {{ target.render() }}.{{ columns.dbt_scd_id }}::text
        and DBT_INTERNAL_SOURCE.dbt_change_type::text in ('update'::text, 'delete'::text)
        and {% if open_end %}({{ target.render() }}.{{ columns.dbt_valid_to }} = {{ open_end }} or {{ target.render() }}.{{ columns.dbt_valid_to }} is null)
        {%- else %}{{ target.render() }}.{{ columns.dbt_valid_to }} is null{% endif %};

    insert into {{ target.render() }} ({{ insert_cols | join(", ") }})
    select {% for name in insert_cols %}DBT_INTERNAL_SOURCE.{{ name }}{{ ", " if not loop.last }}{% endfor %}
    from {{ source }} as DBT_INTERNAL_SOURCE
    where DBT_INTERNAL_SOURCE.dbt_change_type::text = 'insert'::text
{%- endmacro %}
