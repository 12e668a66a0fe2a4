{% macro postgres__split_part(string_text, delimiter_text, part_number) %}
  {%- if part_number >= 0 -%}
    {{ dbt.default__split_part(string_text, delimiter_text, part_number) }}
  {%- else -%}
    {{ dbt._split_part_negative(string_text, delimiter_text, part_number) }}
  {%- endif -%}
{% endmacro %}

{% macro postgres__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
  {%- set ordered = measure ~ ' ' ~ (order_by_clause or '') -%}
  {%- if limit_num -%}
    array_to_string( (array_agg( {{ ordered | trim }} ))[1:{{ limit_num }}], {{ delimiter_text }} )
  {%- else %}
    string_agg( {{ measure }}, {{ delimiter_text }} {{ order_by_clause ~ ' ' if order_by_clause }})
  {%- endif -%}
{%- endmacro %}
