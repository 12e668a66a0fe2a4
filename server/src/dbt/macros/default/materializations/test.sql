{# A query that finds failures. Stored failures are a relation of their own, and the count is made on that. #}
{% materialization test, default %}
  {%- set stored = stored_failures(sql) if should_store_failures() else none -%}
  {%- set failing_rows = sql if stored is none else 'select * from ' ~ stored -%}
  {% call statement('main', fetch_result=true) %}
    {{ get_test_sql(failing_rows, config.get('fail_calc'), config.get('warn_if'), config.get('error_if'), config.get('limit')) }}
  {% endcall %}
  {{ return({'relations': [] if stored is none else [stored]}) }}
{% endmaterialization %}

{% macro stored_failures(sql) %}
  {%- set kind = config.get('store_failures_as') or 'table' -%}
  {%- if kind not in ['table', 'view'] -%}
    {{ exceptions.raise_compiler_error("'" ~ kind ~ "' is not a valid value for `store_failures_as`. Accepted values are: ['ephemeral', 'table', 'view']") }}
  {%- endif -%}
  {% do drop_relation_if_exists(adapter.get_relation(database=database, schema=schema, identifier=model.alias)) %}
  {%- set relation = api.Relation.create(identifier=model.alias, schema=schema, database=database, type=kind) -%}
  {% call statement(auto_begin=true) %}{{ get_create_sql(relation, sql) }}{% endcall %}
  {% do adapter.commit() %}
  {{ return(relation) }}
{% endmacro %}
