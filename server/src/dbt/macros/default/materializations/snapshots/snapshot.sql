{# The history of a query's rows: each version of a row with the time it was valid. #}
{% materialization snapshot, default %}
  {%- set target_table = model.get("alias", model.get("name")) -%}
  {%- set strategy_name = config.get("strategy") -%}
  {%- set unique_key = config.get("unique_key") -%}
  {%- set grant_config = config.get("grants") -%}

  {% set target_relation_exists, target_relation = get_or_create_relation(database=model.database, schema=model.schema, identifier=target_table, type="table") %}
  {% if not target_relation.is_table %}
    {% do exceptions.relation_wrong_type(target_relation, "table") %}
  {% endif %}

  {{ run_hooks(pre_hooks, inside_transaction=false) }}
  {{ run_hooks(pre_hooks, inside_transaction=true) }}

  {% set strategy_macro = strategy_dispatch(strategy_name) %}
  {% set strategy = strategy_macro(model, "snapshotted_data", "source_data", model["config"], target_relation_exists) %}

  {% if not target_relation_exists %}
    {% set build_sql = build_snapshot_table(strategy, model["compiled_code"]) %}
    {% set final_sql = create_table_as(false, target_relation, build_sql) %}
  {% else %}
    {% set columns = config.get("snapshot_table_column_names") or get_snapshot_table_column_names() %}
    {{ adapter.assert_valid_snapshot_target_given_strategy(target_relation, columns, strategy) }}
    {% set staging_table = build_snapshot_staging_table(strategy, sql, target_relation) %}
    {% do adapter.expand_target_column_types(from_relation=staging_table, to_relation=target_relation) %}

    {% set working_columns = ["dbt_change_type", "DBT_CHANGE_TYPE"] + snapshot_key_columns(strategy) %}
    {% set missing_columns = adapter.get_missing_columns(staging_table, target_relation) | rejectattr("name", "in", working_columns) | list %}
    {% do create_columns(target_relation, missing_columns) %}

    {% set quoted_source_columns = [] %}
    {% for column in adapter.get_columns_in_relation(staging_table) | rejectattr("name", "in", working_columns) %}
      {% do quoted_source_columns.append(adapter.quote(column.name)) %}
    {% endfor %}
    {% set final_sql = snapshot_merge_sql(target=target_relation, source=staging_table, insert_cols=quoted_source_columns) %}
  {% endif %}

  {{ check_time_data_types(sql) }}
  {% call statement("main") %}
    {{ final_sql }}
  {% endcall %}

  {% do apply_grants(target_relation, grant_config, should_revoke=should_revoke(target_relation_exists, full_refresh_mode=false)) %}
  {% do persist_docs(target_relation, model) %}
  {% if not target_relation_exists %}
    {% do create_indexes(target_relation) %}
  {% endif %}
  {{ run_hooks(post_hooks, inside_transaction=true) }}
  {{ adapter.commit() }}
  {% if staging_table is defined %}
    {% do post_snapshot(staging_table) %}
  {% endif %}
  {{ run_hooks(post_hooks, inside_transaction=false) }}

  {{ return({"relations": [target_relation]}) }}
{% endmaterialization %}
