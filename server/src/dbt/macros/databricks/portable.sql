{# Databricks casts what it can and gives null for the rest. #}
{% macro databricks__safe_cast(field, type) -%}
  try_cast({{ field }} as {{ type }})
{%- endmacro %}
