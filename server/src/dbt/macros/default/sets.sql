{% macro except() %}{{ return(adapter.dispatch('except', 'dbt')()) }}{% endmacro %}
{% macro default__except() %}
  except
{% endmacro %}

{% macro intersect() %}{{ return(adapter.dispatch('intersect', 'dbt')()) }}{% endmacro %}
{% macro default__intersect() %}
  intersect
{% endmacro %}

{# Equality; with the behaviour flag, nulls are equal too. #}
{% macro equals(expr1, expr2) %}{{ return(adapter.dispatch('equals', 'dbt')(expr1, expr2)) }}{% endmacro %}
{% macro default__equals(expr1, expr2) -%}
  {{ _equality(expr1, expr2) }}{{ ' ' }}
{%- endmacro %}

{% macro _equality(expr1, expr2) -%}
  {%- if adapter.behavior.enable_truthy_nulls_equals_macro.no_warn -%}
    ({{ expr1 }} = {{ expr2 }} or ({{ expr1 }} is null and {{ expr2 }} is null))
  {%- else -%}
    ({{ expr1 }} = {{ expr2 }})
  {%- endif -%}
{%- endmacro %}
