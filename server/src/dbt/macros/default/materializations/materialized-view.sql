{# Creates the view, refreshes it, or alters what its config changed. #}
{% materialization materialized_view, default %}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set target_relation = this.incorporate(type="materialized_view") -%}
  {%- set intermediate_relation = make_intermediate_relation(target_relation) -%}
  {%- set backup_type = target_relation.MaterializedView if existing_relation is none else existing_relation.type -%}
  {%- set backup_relation = make_backup_relation(target_relation, backup_type) -%}
  {%- set grant_config = config.get("grants") -%}

  {{ drop_relation_if_exists(load_cached_relation(backup_relation)) }}
  {{ drop_relation_if_exists(load_cached_relation(intermediate_relation)) }}
  {{ run_hooks(pre_hooks, inside_transaction=false) }}
  {{ run_hooks(pre_hooks, inside_transaction=true) }}

  {% set build_sql = materialized_view_get_build_sql(existing_relation, target_relation, backup_relation, intermediate_relation) %}
  {% if build_sql | trim == "" %}
    {% do noop_statement("main", message="skip " ~ target_relation, code="skip", rows_affected="-1") %}
  {% else %}
    {% call statement("main") %}
      {{ build_sql }}
    {% endcall %}
    {% do apply_grants(target_relation, grant_config, should_revoke=should_revoke(existing_relation, full_refresh_mode=true)) %}
    {% do persist_docs(target_relation, model) %}
    {{ run_hooks(post_hooks, inside_transaction=true) }}
    {{ adapter.commit() }}
  {% endif %}
  {{ run_hooks(post_hooks, inside_transaction=false) }}

  {{ return({"relations": [target_relation]}) }}
{% endmaterialization %}

{% macro materialized_view_get_build_sql(existing_relation, target_relation, backup_relation, intermediate_relation) %}
  {% if existing_relation is none %}
    {% do return(get_create_materialized_view_as_sql(target_relation, sql)) %}
  {% elif should_full_refresh() or not existing_relation.is_materialized_view %}
    {% do return(get_replace_sql(existing_relation, target_relation, sql)) %}
  {% endif %}
  {% set on_configuration_change = config.get("on_configuration_change") %}
  {% set changes = get_materialized_view_configuration_changes(existing_relation, config) %}
  {% if changes is none %}
    {% do return(refresh_materialized_view(target_relation)) %}
  {% elif on_configuration_change == "apply" %}
    {% do return(get_alter_materialized_view_as_sql(target_relation, changes, sql, existing_relation, backup_relation, intermediate_relation)) %}
  {% elif on_configuration_change == "continue" %}
    {% do exceptions.warn("Configuration changes were identified and `on_configuration_change` was set to `continue` for `" ~ target_relation.render() ~ "`") %}
    {% do return("") %}
  {% elif on_configuration_change == "fail" %}
    {% do exceptions.raise_fail_fast_error("Configuration changes were identified and `on_configuration_change` was set to `fail` for `" ~ target_relation.render() ~ "`") %}
  {% endif %}
  {% do exceptions.raise_compiler_error("Unexpected configuration scenario: `" ~ on_configuration_change ~ "`") %}
{% endmacro %}
