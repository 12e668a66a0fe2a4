{#
  One run's changes as rows: dbt_change_type is `insert` for a version to add, `update` or `delete` for one to close,
  which dbt_scd_id then names. A strategy compares `source_data` with `snapshotted_data`.
#}
{% macro snapshot_staging_table(strategy, source_sql, target_relation) %}{{ return(adapter.dispatch('snapshot_staging_table', 'dbt')(strategy, source_sql, target_relation)) }}{% endmacro %}
{% macro default__snapshot_staging_table(strategy, source_sql, target_relation) %}
  {%- set names = get_snapshot_table_column_names() -%}
  {%- set key = strategy.unique_key -%}
  {%- set finds_deletes = strategy.hard_deletes in ['invalidate', 'new_record'] -%}
  {%- set records_deletes = strategy.hard_deletes == 'new_record' -%}
  {%- set columns = [] -%}
  {%- for name in get_columns_in_query(source_sql) -%}{%- do columns.append(adapter.quote(name)) -%}{%- endfor -%}
  {%- set same_key = unique_key_join_on(key, 'snapshotted_data', 'source_data') -%}
  {%- set came_back = ' or snapshotted_data.' ~ names.dbt_is_deleted ~ " = 'True'" if records_deletes else '' -%}
  {%- set kept = columns + snapshot_key_columns(strategy) + [names.dbt_updated_at, names.dbt_valid_from] -%}
  with source_data as (
    select *, {{ unique_key_fields(key) }},
      {{ strategy.updated_at }} as {{ names.dbt_updated_at }}, {{ strategy.updated_at }} as {{ names.dbt_valid_from }},
      {{ get_dbt_valid_to_current(strategy, names) }}, {{ strategy.scd_id }} as {{ names.dbt_scd_id }}
    from ( {{ source_sql }} ) as snapshot_query
  ),
  snapshotted_data as (
    select *, {{ unique_key_fields(key) }} from {{ target_relation }} where {{ snapshot_is_open(names.dbt_valid_to) }}
  ),
  changed as (
    select source_data.*
    from source_data left join snapshotted_data on {{ same_key }}
    where {{ unique_key_is_null(key, 'snapshotted_data') }} or {{ strategy.row_changed }}{{ came_back }}
  )
  select 'insert' as dbt_change_type, {{ kept | join(', ') }}, {{ names.dbt_valid_to }}, {{ names.dbt_scd_id }}
    {%- if records_deletes %}, 'False' as {{ names.dbt_is_deleted }}{% endif %}
  from changed
  union all
  select 'update', {% for name in kept + [names.dbt_valid_from] %}source_data.{{ name }}, {% endfor %}snapshotted_data.{{ names.dbt_scd_id }}
    {%- if records_deletes %}, snapshotted_data.{{ names.dbt_is_deleted }}{% endif %}
  from source_data join snapshotted_data on {{ same_key }}
  where {{ strategy.row_changed }}{{ came_back }}
  {%- if finds_deletes %}
  union all
  {{ snapshot_deletes_sql(strategy, names, columns, same_key, as_record=false) }}
  {%- endif %}
  {%- if records_deletes %}
  union all
  {{ snapshot_deletes_sql(strategy, names, columns, same_key, as_record=true) }}
  {%- endif %}
{% endmacro %}

{# The rows that vanished: to close their last version, or as a record that they are gone. #}
{% macro snapshot_deletes_sql(strategy, names, columns, same_key, as_record) %}
  {%- set now = snapshot_get_time() -%}
  {%- set was_deleted = 'snapshotted_data.' ~ names.dbt_is_deleted -%}
  {%- set side = 'snapshotted_data' if as_record else 'source_data' -%}
  {%- set end = (config.get('dbt_valid_to_current') or 'null') if as_record else now -%}
  select '{{ 'insert' if as_record else 'delete' }}',
    {% for name in columns + snapshot_key_columns(strategy) %}{{ side }}.{{ name }}, {% endfor %}
    {{ now }}, {{ now }}, {{ end }},
    {{ snapshot_hash_arguments(['snapshotted_data.' ~ names.dbt_scd_id, now]) if as_record else 'snapshotted_data.' ~ names.dbt_scd_id }}
    {%- if strategy.hard_deletes == 'new_record' %}, {{ "'True'" if as_record else was_deleted }}{% endif %}
  from snapshotted_data left join source_data on {{ same_key }}
  where {{ unique_key_is_null(strategy.unique_key, 'source_data') }}
    {%- if strategy.hard_deletes == 'new_record' %} and not {{ was_deleted }} = 'True'{% endif %}
{% endmacro %}
