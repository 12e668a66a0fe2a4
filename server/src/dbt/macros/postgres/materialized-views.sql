{% macro postgres__get_create_materialized_view_as_sql(relation, sql) %}
  create materialized view if not exists {{ relation.render() }} as {{ sql }};
  {% for index_dict in config.get("indexes", []) -%}
    {{ get_create_index_sql(relation, index_dict) }};
  {% endfor %}
{% endmacro %}

{% macro postgres__drop_materialized_view(relation) -%}
  drop materialized view if exists {{ relation.render() }} cascade
{%- endmacro %}

{% macro postgres__refresh_materialized_view(relation) %}
  refresh materialized view {{ relation.render() }}
{% endmacro %}

{% macro postgres__get_rename_materialized_view_sql(relation, new_name) -%}
  alter materialized view {{ relation.render() }} rename to {{ new_name }}
{%- endmacro %}

{# Indexes change in place; a new query takes a full refresh. #}
{% macro postgres__get_alter_materialized_view_as_sql(relation, configuration_changes, sql, existing_relation, backup_relation, intermediate_relation) %}
  {% for name in configuration_changes.drop %}{{ get_drop_index_sql(relation, name) }};{% endfor %}
  {% for index in configuration_changes.create %}{{ get_create_index_sql(relation, index) }};{% endfor %}
{% endmacro %}

{% macro postgres__get_materialized_view_configuration_changes(existing_relation, new_config) %}
  {% set there = run_query(get_show_indexes_sql(existing_relation)) %}
  {{ return(adapter.index_changes(there, new_config.get('indexes', []))) }}
{% endmacro %}
