{# Runs the test's query as it is, or first keeps its rows when failures are to be stored. #}
{%- materialization test, default -%}
  {% set relations = [] %}
  {% set main_sql = sql %}

  {% if should_store_failures() %}
    {% set identifier = model["alias"] %}
    {% set old_relation = adapter.get_relation(database=database, schema=schema, identifier=identifier) %}
    {% set store_failures_as = config.get("store_failures_as") or "table" %}
    {% if store_failures_as not in ["table", "view"] %}
      {{ exceptions.raise_compiler_error("'" ~ store_failures_as ~ "' is not a valid value for `store_failures_as`. Accepted values are: ['ephemeral', 'table', 'view']") }}
    {% endif %}
    {% set target_relation = api.Relation.create(identifier=identifier, schema=schema, database=database, type=store_failures_as) %}
    {% if old_relation %}
      {% do adapter.drop_relation(old_relation) %}
    {% endif %}
    {% call statement(auto_begin=true) %}
      {{ get_create_sql(target_relation, sql) }}
    {% endcall %}
    {% do relations.append(target_relation) %}
    {% set main_sql %}
        select *
        from {{ target_relation }}
    {% endset %}
    {{ adapter.commit() }}
  {% endif %}

  {% set limit = config.get("limit") %}
  {% call statement("main", fetch_result=true) -%}
    {{ get_test_sql(main_sql, config.get("fail_calc"), config.get("warn_if"), config.get("error_if"), limit) }}
  {%- endcall %}

  {{ return({"relations": relations}) }}
{%- endmaterialization -%}
