{% macro get_replace_view_sql(relation, sql) %}
  {{- adapter.dispatch("get_replace_view_sql", "dbt")(relation, sql) -}}
{% endmacro %}

{% macro default__get_replace_view_sql(relation, sql) %}
  {{ exceptions.raise_compiler_error("get_replace_view_sql is not implemented for adapter " ~ adapter.type()) }}
{% endmacro %}

{# What create_or_replace_view does about a table that stands where the view should be. #}
{% macro handle_existing_table(full_refresh, old_relation) %}
  {{ adapter.dispatch("handle_existing_table", "dbt")(full_refresh, old_relation) }}
{% endmacro %}

{% macro default__handle_existing_table(full_refresh, old_relation) %}
  {{ log("Dropping relation " ~ old_relation.render() ~ " because it is of type " ~ old_relation.type) }}
  {{ adapter.drop_relation(old_relation) }}
{% endmacro %}

{# A view materialization for adapters that replace views in place. #}
{% macro create_or_replace_view() %}
  {%- set old_relation = adapter.get_relation(database=database, schema=schema, identifier=this.identifier) -%}
  {%- set target_relation = api.Relation.create(identifier=this.identifier, schema=schema, database=database, type="view") -%}
  {%- set grant_config = config.get("grants") -%}
  {{ run_hooks(pre_hooks) }}
  {%- if old_relation is not none and old_relation.is_table -%}
    {{ handle_existing_table(should_full_refresh(), old_relation) }}
  {%- endif -%}
  {% call statement("main") -%}
    {{ get_create_view_as_sql(target_relation, sql) }}
  {%- endcall %}
  {% do apply_grants(target_relation, grant_config, should_revoke=should_revoke(old_relation, full_refresh_mode=true)) %}
  {{ run_hooks(post_hooks) }}
  {{ return({"relations": [target_relation]}) }}
{% endmacro %}
