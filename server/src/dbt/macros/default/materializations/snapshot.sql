{# The history of a query's rows: every version of a row with the time that it was valid. #}
{% materialization snapshot, default %}
  {% set exists, target = get_or_create_relation(database=model.database, schema=model.schema, identifier=model.alias, type='table') %}
  {% if not target.is_table %}{% do exceptions.relation_wrong_type(target, 'table') %}{% endif %}
  {% do run_hooks(pre_hooks, inside_transaction=false) %}
  {% do run_hooks(pre_hooks, inside_transaction=true) %}

  {% set strategy = strategy_dispatch(config.get('strategy'))(model, 'snapshotted_data', 'source_data', model.config, exists) %}
  {% set changes = build_snapshot_staging_table(strategy, sql, target) if exists else none %}
  {% do check_time_data_types(sql) %}
  {% call statement('main') %}
    {{ snapshot_changes_sql(strategy, changes, target) if exists else create_table_as(false, target, build_snapshot_table(strategy, sql)) }}
  {% endcall %}
  {% if not exists %}{% do create_indexes(target) %}{% endif %}

  {% do finish_relation(target, target if exists else none, full_refresh=false) %}
  {% if exists %}{% do post_snapshot(changes) %}{% endif %}
  {{ return({'relations': [target]}) }}
{% endmaterialization %}

{# Fits the target's columns to those of the query, and gives the statement that closes old versions and adds new ones. #}
{% macro snapshot_changes_sql(strategy, changes, target) %}
  {% do adapter.assert_valid_snapshot_target_given_strategy(target, get_snapshot_table_column_names(), strategy) %}
  {% do adapter.expand_target_column_types(from_relation=changes, to_relation=target) %}
  {% set helpers = ['dbt_change_type', 'DBT_CHANGE_TYPE'] + snapshot_key_columns(strategy) %}
  {% do create_columns(target, adapter.get_missing_columns(changes, target) | rejectattr('name', 'in', helpers) | list) %}
  {% set columns = [] %}
  {% for column in adapter.get_columns_in_relation(changes) | rejectattr('name', 'in', helpers) %}
    {% do columns.append(adapter.quote(column.name)) %}
  {% endfor %}
  {{ return(snapshot_merge_sql(target=target, source=changes, insert_cols=columns)) }}
{% endmacro %}
