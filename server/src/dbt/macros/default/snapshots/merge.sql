{% macro snapshot_merge_sql(target, source, insert_cols) %}{{ return(adapter.dispatch("snapshot_merge_sql", "dbt")(target, source, insert_cols)) }}{% endmacro %}

{% macro default__snapshot_merge_sql(target, source, insert_cols) -%}
    {%- set columns = get_snapshot_table_column_names() -%}
    merge into {{ target.render() }} as DBT_INTERNAL_DEST
    using {{ source }} as DBT_INTERNAL_SOURCE
    on DBT_INTERNAL_SOURCE.{{ columns.dbt_scd_id }} = DBT_INTERNAL_DEST.{{ columns.dbt_scd_id }}
    when matched
        and {{ snapshot_is_open('DBT_INTERNAL_DEST.' ~ columns.dbt_valid_to) }}
        and DBT_INTERNAL_SOURCE.dbt_change_type in ('update', 'delete')
        then update set {{ columns.dbt_valid_to }} = DBT_INTERNAL_SOURCE.{{ columns.dbt_valid_to }}
    when not matched
        and DBT_INTERNAL_SOURCE.dbt_change_type = 'insert'
        then insert ({{ insert_cols | join(", ") }})
        values ({% for name in insert_cols %}DBT_INTERNAL_SOURCE.{{ name }}{{ ", " if not loop.last }}{% endfor %})
{%- endmacro %}

{# For warehouses that close versions with an update and add versions with an insert. #}
{% macro snapshot_update_insert_sql(target, source, insert_cols) -%}
    {%- set columns = get_snapshot_table_column_names() -%}
    update {{ target.render() }}
    set {{ columns.dbt_valid_to }} = DBT_INTERNAL_SOURCE.{{ columns.dbt_valid_to }}
    from {{ source }} as DBT_INTERNAL_SOURCE
    where DBT_INTERNAL_SOURCE.{{ columns.dbt_scd_id }}::text = {{ target.render() }}.{{ columns.dbt_scd_id }}::text
        and DBT_INTERNAL_SOURCE.dbt_change_type::text in ('update'::text, 'delete'::text)
        and {{ snapshot_is_open(target.render() ~ '.' ~ columns.dbt_valid_to) }};

    insert into {{ target.render() }} ({{ insert_cols | join(", ") }})
    select {% for name in insert_cols %}DBT_INTERNAL_SOURCE.{{ name }}{{ ", " if not loop.last }}{% endfor %}
    from {{ source }} as DBT_INTERNAL_SOURCE
    where DBT_INTERNAL_SOURCE.dbt_change_type::text = 'insert'::text
{%- endmacro %}
