{# The column list of a table whose contract is enforced: names, types and constraints. #}
{% macro get_table_columns_and_constraints() %}{{ return(adapter.dispatch("get_table_columns_and_constraints", "dbt")()) }}{% endmacro %}

{% macro default__get_table_columns_and_constraints() -%}
  {{ return(table_columns_and_constraints()) }}
{%- endmacro %}

{% macro table_columns_and_constraints() %}
  {%- set columns = adapter.render_raw_columns_constraints(raw_columns=model.columns) -%}
  {%- set table_constraints = adapter.render_raw_model_constraints(raw_constraints=model.constraints) -%}
  (
    {{ (columns + table_constraints) | join(",\n    ") }}
  )
{% endmacro %}

{% macro get_columns_spec_ddl() -%}
  {{ get_table_columns_and_constraints() }}
{%- endmacro %}

{# Fails when the query's columns are not the ones the contract declares; prints nothing. #}
{% macro get_assert_columns_equivalent(sql) %}{{ return(adapter.dispatch("get_assert_columns_equivalent", "dbt")(sql)) }}{% endmacro %}

{% macro default__get_assert_columns_equivalent(sql) -%}
  {{ return(assert_columns_equivalent(sql)) }}
{%- endmacro %}

{% macro assert_columns_equivalent(sql) %}
  {%- set declared = model.columns -%}
  {%- if not declared -%}
    {{ exceptions.raise_contract_error([], get_column_schema_from_query(sql, config.get("sql_header"))) }}
  {%- endif -%}
  {%- set untyped = declared.values() | rejectattr("data_type") | map(attribute="name") | list -%}
  {%- if untyped -%}
    {{ exceptions.column_type_missing(column_names=untyped) }}
  {%- endif -%}
  {%- set from_query = format_columns(get_column_schema_from_query(sql, config.get("sql_header"))) -%}
  {%- set from_yaml = format_columns(get_column_schema_from_query(get_empty_schema_sql(declared))) -%}
  {%- if from_query | length != from_yaml | length -%}
    {%- do exceptions.raise_contract_error(from_yaml, from_query) -%}
  {%- endif -%}
  {%- for column in from_query -%}
    {%- if not from_yaml | selectattr("name", "equalto", column.name) | selectattr("data_type", "equalto", column.data_type) | list -%}
      {%- do exceptions.raise_contract_error(from_yaml, from_query) -%}
    {%- endif -%}
  {%- endfor -%}
{% endmacro %}

{% macro format_columns(columns) %}
  {% set formatted = [] %}
  {% for column in columns %}
    {% do formatted.append(adapter.dispatch("format_column", "dbt")(column)) %}
  {% endfor %}
  {{ return(formatted) }}
{% endmacro %}

{% macro default__format_column(column) -%}
  {{ return({"name": column.name, "data_type": column.dtype, "formatted": column.column ~ " " ~ column.dtype}) }}
{%- endmacro %}
