{# The first build, and a full refresh, is a table; every other run adds to it by the strategy. #}
{% materialization incremental, default -%}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set target_relation = this.incorporate(type="table") -%}
  {%- set temp_relation = make_temp_relation(target_relation) -%}
  {%- set intermediate_relation = make_intermediate_relation(target_relation) -%}
  {%- set backup_type = "table" if existing_relation is none else existing_relation.type -%}
  {%- set backup_relation = make_backup_relation(target_relation, backup_type) -%}
  {%- set unique_key = config.get("unique_key") -%}
  {%- set full_refresh_mode = should_full_refresh() or existing_relation.is_view -%}
  {%- set on_schema_change = incremental_validate_on_schema_change(config.get("on_schema_change"), default="ignore") -%}
  {%- set grant_config = config.get("grants") -%}
  {%- set leftover_intermediate = load_cached_relation(intermediate_relation) -%}
  {%- set leftover_backup = load_cached_relation(backup_relation) -%}
  {%- set incremental_strategy = config.get("incremental_strategy") or "default" -%}
  {%- set strategy_macro = adapter.get_incremental_strategy_macro(context, incremental_strategy) -%}
  {%- set to_drop = [] -%}

  {{ drop_relation_if_exists(leftover_intermediate) }}
  {{ drop_relation_if_exists(leftover_backup) }}
  {{ run_hooks(pre_hooks, inside_transaction=false) }}
  {{ run_hooks(pre_hooks, inside_transaction=true) }}

  {% set swap = existing_relation is not none and full_refresh_mode %}
  {% if existing_relation is none %}
    {% set build_sql = get_create_table_as_sql(false, target_relation, sql) %}
  {% elif swap %}
    {% set build_sql = get_create_table_as_sql(false, intermediate_relation, sql) %}
  {% else %}
    {% do run_query(get_create_table_as_sql(true, temp_relation, sql)) %}
    {% if not config.get("contract").enforced %}
      {% do adapter.expand_target_column_types(from_relation=temp_relation, to_relation=target_relation) %}
    {% endif %}
    {% set dest_columns = process_schema_changes(on_schema_change, temp_relation, existing_relation) or adapter.get_columns_in_relation(existing_relation) %}
    {% set build_sql = strategy_macro({
        "target_relation": target_relation,
        "temp_relation": temp_relation,
        "unique_key": unique_key,
        "dest_columns": dest_columns,
        "incremental_predicates": config.get("predicates", none) or config.get("incremental_predicates", none)
    }) %}
  {% endif %}

  {% call statement("main") %}
    {{ build_sql }}
  {% endcall %}

  {% if existing_relation is none or full_refresh_mode %}
    {% do create_indexes(intermediate_relation if swap else target_relation) %}
  {% endif %}
  {% if swap %}
    {% do adapter.rename_relation(existing_relation, backup_relation) %}
    {% do adapter.rename_relation(intermediate_relation, target_relation) %}
    {% do to_drop.append(backup_relation) %}
  {% endif %}

  {% do apply_grants(target_relation, grant_config, should_revoke=should_revoke(existing_relation, full_refresh_mode)) %}
  {% do persist_docs(target_relation, model) %}
  {{ run_hooks(post_hooks, inside_transaction=true) }}
  {% do adapter.commit() %}
  {% for relation in to_drop %}
    {% do adapter.drop_relation(relation) %}
  {% endfor %}
  {{ run_hooks(post_hooks, inside_transaction=false) }}

  {{ return({"relations": [target_relation]}) }}
{%- endmaterialization %}
