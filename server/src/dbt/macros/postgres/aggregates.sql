{# Postgres has any_value since version 16 only. #}
{% macro postgres__any_value(expression) -%}
  min({{ expression }})
{%- endmacro %}
