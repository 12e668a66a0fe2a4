{# Postgres has any_value since version 16 only. #}
{% macro postgres__any_value(expression) -%}
  min({{ expression }})
{%- endmacro %}

{% macro postgres__equals(expr1, expr2) -%}
  {{ dbt._equality(expr1, expr2) }}
{%- endmacro %}
