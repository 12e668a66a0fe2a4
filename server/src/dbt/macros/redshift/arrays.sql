{% macro redshift__array_construct(inputs, data_type) -%}
  array( {{ inputs | join(' , ') }} )
{%- endmacro %}

{% macro redshift__array_append(array, new_element) -%}
  {{ dbt.array_concat(array, dbt.array_construct([new_element])) }}
{%- endmacro %}

{% macro redshift__array_concat(array_1, array_2) -%}
  array_concat({{ array_1 }}, {{ array_2 }})
{%- endmacro %}
