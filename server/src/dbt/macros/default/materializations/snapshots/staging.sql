{# Rows of one run's changes, told apart by dbt_change_type: versions to insert, updates and deletes that close one. #}
{% macro snapshot_staging_table(strategy, source_sql, target_relation) -%}
  {{ adapter.dispatch("snapshot_staging_table", "dbt")(strategy, source_sql, target_relation) }}
{% endmacro %}

{% macro default__snapshot_staging_table(strategy, source_sql, target_relation) -%}
    {%- set columns = config.get("snapshot_table_column_names") or get_snapshot_table_column_names() -%}
    {%- set key = strategy.unique_key -%}
    {%- set new_record = strategy.hard_deletes == "new_record" -%}
    {%- set open_end = config.get("dbt_valid_to_current") -%}
    {%- set now = snapshot_get_time() -%}
    {%- if new_record -%}
      {%- set query_columns = get_list_of_column_names(get_columns_in_query(source_sql)) -%}
    {%- endif -%}

    with snapshot_query as (
        {{ source_sql }}
    ),

    snapshotted_data as (
        select *, {{ unique_key_fields(key) }}
        from {{ target_relation }}
        where {% if open_end -%}
          ({{ columns.dbt_valid_to }} = {{ open_end }} or {{ columns.dbt_valid_to }} is null)
        {%- else -%}
          {{ columns.dbt_valid_to }} is null
        {%- endif %}
    ),

    insertions_source_data as (
        select *, {{ unique_key_fields(key) }},
            {{ strategy.updated_at }} as {{ columns.dbt_updated_at }},
            {{ strategy.updated_at }} as {{ columns.dbt_valid_from }},
            {{ get_dbt_valid_to_current(strategy, columns) }},
            {{ strategy.scd_id }} as {{ columns.dbt_scd_id }}
        from snapshot_query
    ),

    updates_source_data as (
        select *, {{ unique_key_fields(key) }},
            {{ strategy.updated_at }} as {{ columns.dbt_updated_at }},
            {{ strategy.updated_at }} as {{ columns.dbt_valid_from }},
            {{ strategy.updated_at }} as {{ columns.dbt_valid_to }}
        from snapshot_query
    ),

    {%- if strategy.hard_deletes in ["invalidate", "new_record"] %}
    deletes_source_data as (
        select *, {{ unique_key_fields(key) }}
        from snapshot_query
    ),
    {%- endif %}

    insertions as (
        select 'insert' as dbt_change_type, source_data.*
            {%- if new_record %}, 'False' as {{ columns.dbt_is_deleted }}{% endif %}
        from insertions_source_data as source_data
        left outer join snapshotted_data
            on {{ unique_key_join_on(key, "snapshotted_data", "source_data") }}
        where {{ unique_key_is_null(key, "snapshotted_data") }}
            or ({{ unique_key_is_not_null(key, "snapshotted_data") }} and (
                {{ strategy.row_changed }}
                {%- if new_record %} or snapshotted_data.{{ columns.dbt_is_deleted }} = 'True'{% endif %}
            ))
    ),

    updates as (
        select 'update' as dbt_change_type, source_data.*, snapshotted_data.{{ columns.dbt_scd_id }}
            {%- if new_record %}, snapshotted_data.{{ columns.dbt_is_deleted }}{% endif %}
        from updates_source_data as source_data
        join snapshotted_data
            on {{ unique_key_join_on(key, "snapshotted_data", "source_data") }}
        where (
            {{ strategy.row_changed }}
            {%- if new_record %} or snapshotted_data.{{ columns.dbt_is_deleted }} = 'True'{% endif %}
        )
    )

    {%- if strategy.hard_deletes in ["invalidate", "new_record"] %},

    deletes as (
        select 'delete' as dbt_change_type, source_data.*,
            {{ now }} as {{ columns.dbt_updated_at }},
            {{ now }} as {{ columns.dbt_valid_from }},
            {{ now }} as {{ columns.dbt_valid_to }},
            snapshotted_data.{{ columns.dbt_scd_id }}
            {%- if new_record %}, snapshotted_data.{{ columns.dbt_is_deleted }}{% endif %}
        from snapshotted_data
        left join deletes_source_data as source_data
            on {{ unique_key_join_on(key, "snapshotted_data", "source_data") }}
        where {{ unique_key_is_null(key, "source_data") }}
            {%- if new_record %} and not snapshotted_data.{{ columns.dbt_is_deleted }} = 'True'{% endif %}
    )
    {%- endif %}

    {%- if new_record %},

    deletion_records as (
        select 'insert' as dbt_change_type,
            {%- for name in query_columns %}
            snapshotted_data.{{ adapter.quote(name) }},
            {%- endfor %}
            {%- for name in snapshot_key_columns(strategy) %}
            snapshotted_data.{{ name }},
            {%- endfor %}
            {{ now }} as {{ columns.dbt_updated_at }},
            {{ now }} as {{ columns.dbt_valid_from }},
            {{ open_end or "cast(null as " ~ (get_snapshot_get_time_data_type() or "timestamp") ~ ")" }} as {{ columns.dbt_valid_to }},
            {{ snapshot_hash_arguments([columns.dbt_scd_id, now]) }} as {{ columns.dbt_scd_id }},
            'True' as {{ columns.dbt_is_deleted }}
        from snapshotted_data
        left join deletes_source_data as source_data
            on {{ unique_key_join_on(key, "snapshotted_data", "source_data") }}
        where {{ unique_key_is_null(key, "source_data") }}
            and not snapshotted_data.{{ columns.dbt_is_deleted }} = 'True'
    )
    {%- endif %}

    select * from insertions
    union all
    select * from updates
    {%- if strategy.hard_deletes in ["invalidate", "new_record"] %}
    union all
    select * from deletes
    {%- endif %}
    {%- if new_record %}
    union all
    select * from deletion_records
    {%- endif %}
{%- endmacro %}

{# Names of columns, whether they come as names or as columns. #}
{% macro get_list_of_column_names(columns) %}
  {% set names = [] %}
  {% for column in columns %}
    {% do names.append(column if column is string else column.name) %}
  {% endfor %}
  {{ return(names) }}
{% endmacro %}
