{% macro duckdb__array_construct(inputs, data_type) -%}
  {{ '[ ' ~ inputs | join(' , ') ~ ' ]' if inputs else '[]::' ~ data_type ~ '[]' }}
{%- endmacro %}

{% macro duckdb__array_append(array, new_element) -%}
  list_append({{ array }}, {{ new_element }})
{%- endmacro %}

{% macro duckdb__array_concat(array_1, array_2) -%}
  list_concat({{ array_1 }}, {{ array_2 }})
{%- endmacro %}
