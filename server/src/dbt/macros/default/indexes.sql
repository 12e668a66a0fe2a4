{% macro get_create_index_sql(relation, index_dict) %}{{ return(adapter.dispatch("get_create_index_sql", "dbt")(relation, index_dict)) }}{% endmacro %}

{% macro default__get_create_index_sql(relation, index_dict) -%}
  {{ return(none) }}
{% endmacro %}

{% macro create_indexes(relation) %}{{ return(adapter.dispatch("create_indexes", "dbt")(relation)) }}{% endmacro %}

{% macro default__create_indexes(relation) -%}
  {%- for index in config.get("indexes", default=[]) -%}
    {%- set statement_text = get_create_index_sql(relation, index) -%}
    {%- if statement_text -%}
      {%- do run_query(statement_text) -%}
    {%- endif -%}
  {%- endfor -%}
{% endmacro %}

{% macro get_drop_index_sql(relation, index_name) %}{{ return(adapter.dispatch("get_drop_index_sql", "dbt")(relation, index_name)) }}{% endmacro %}

{% macro default__get_drop_index_sql(relation, index_name) -%}
  {{ exceptions.raise_compiler_error("`get_drop_index_sql has not been implemented for this adapter.") }}
{%- endmacro %}

{% macro get_show_indexes_sql(relation) %}{{ return(adapter.dispatch("get_show_indexes_sql", "dbt")(relation)) }}{% endmacro %}

{% macro default__get_show_indexes_sql(relation) -%}
  {{ exceptions.raise_compiler_error("`get_show_indexes_sql has not been implemented for this adapter.") }}
{%- endmacro %}
