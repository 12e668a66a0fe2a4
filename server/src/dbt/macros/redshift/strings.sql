{# A limit cuts the text behind that many delimiters. #}
{% macro redshift__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
  {%- set list = 'listagg( ' ~ measure ~ ', ' ~ delimiter_text ~ ' ) ' ~ ('within group (' ~ order_by_clause ~ ')' if order_by_clause else '') -%}
  {%- if limit_num -%}
    {%- set mark = delimiter_text | trim("'") %}
    regexp_substr( {{ list }} ,'([^{{ mark }}]+{{ mark }}){{ '{1,' ~ (limit_num - 1) ~ '}' }}[^{{ mark }}]+' )
  {%- else %}
    {{ list }}
  {%- endif -%}
{%- endmacro %}

{% macro redshift__length(expression) %}
  len( {{ expression }} )
{%- endmacro %}

{# Redshift casts no boolean to text. #}
{% macro redshift__cast_bool_to_text(field) %}
  case when {{ field }} is true then 'true' when {{ field }} is false then 'false' end::text
{% endmacro %}
