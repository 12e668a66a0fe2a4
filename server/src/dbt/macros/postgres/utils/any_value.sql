{# Postgres before version 16 has no any_value. #}
{% macro postgres__any_value(expression) -%}
  min({{ expression }})
{%- endmacro %}
