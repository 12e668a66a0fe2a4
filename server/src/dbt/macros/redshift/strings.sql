{# A limit cuts the text behind that many delimiters. #}
{% macro redshift__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
  {%- set ordered = ' within group (' ~ order_by_clause ~ ')' if order_by_clause else '' -%}
  {%- set list = 'listagg( ' ~ measure ~ ', ' ~ delimiter_text ~ ' )' ~ ordered -%}
  {%- if limit_num -%}
    {%- set mark = delimiter_text | trim("'") -%}
    regexp_substr( {{ list }}, '([^{{ mark }}]*\\{{ mark }}){{ '{' ~ (limit_num - 1) ~ '}' }}[^{{ mark }}]*' )
  {%- else -%}
    {{ list }}
  {%- endif -%}
{%- endmacro %}

{# Redshift casts no boolean to text. #}
{% macro redshift__cast_bool_to_text(field) -%}
  case when {{ field }} is true then 'true' when {{ field }} is false then 'false' end::text
{%- endmacro %}
