{% macro safe_cast(field, type) -%}
  {{ return(adapter.dispatch("safe_cast", "dbt")(field, type)) }}
{%- endmacro %}

{% macro default__safe_cast(field, type) %}
    {{ dbt.cast(field, type) }}
{%- endmacro %}
