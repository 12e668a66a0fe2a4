{% macro get_create_view_as_sql(relation, sql) %}{{ return(adapter.dispatch("get_create_view_as_sql", "dbt")(relation, sql)) }}{% endmacro %}

{% macro default__get_create_view_as_sql(relation, sql) -%}
  {{ return(create_view_as(relation, sql)) }}
{% endmacro %}

{# The name that projects override; get_create_view_as_sql is the newer one. #}
{% macro create_view_as(relation, sql) %}{{ return(adapter.dispatch("create_view_as", "dbt")(relation, sql)) }}{% endmacro %}

{% macro default__create_view_as(relation, sql) -%}
  {%- set sql_header = config.get("sql_header", none) -%}
  {{ sql_header if sql_header is not none }}
  create view {{ relation.render() }}
    {% if config.get("contract").enforced %}{{ get_assert_columns_equivalent(sql) }}{% endif %}
  as (
    {{ sql }}
  );
{%- endmacro %}

{% macro drop_view(relation) %}{{ return(adapter.dispatch("drop_view", "dbt")(relation)) }}{% endmacro %}

{% macro default__drop_view(relation) -%}
  drop view if exists {{ relation.render() }} cascade
{%- endmacro %}

{% macro get_rename_view_sql(relation, new_name) %}{{ return(adapter.dispatch("get_rename_view_sql", "dbt")(relation, new_name)) }}{% endmacro %}

{% macro default__get_rename_view_sql(relation, new_name) %}
  {{ exceptions.raise_compiler_error("get_rename_view_sql is not implemented for adapter " ~ adapter.type()) }}
{% endmacro %}

{% macro get_replace_view_sql(relation, sql) %}{{ return(adapter.dispatch("get_replace_view_sql", "dbt")(relation, sql)) }}{% endmacro %}

{% macro default__get_replace_view_sql(relation, sql) %}
  {{ exceptions.raise_compiler_error("get_replace_view_sql is not implemented for adapter " ~ adapter.type()) }}
{% endmacro %}

{# What create_or_replace_view does about a table that stands where the view should be. #}
{% macro handle_existing_table(full_refresh, old_relation) %}{{ return(adapter.dispatch("handle_existing_table", "dbt")(full_refresh, old_relation)) }}{% endmacro %}

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
