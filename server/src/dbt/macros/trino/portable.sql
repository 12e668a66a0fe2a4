{% macro trino__current_timestamp() -%}
  current_timestamp
{%- endmacro %}

{% macro trino__type_float() -%}
  double
{%- endmacro %}

{% macro trino__type_timestamp() -%}
  timestamp(3)
{%- endmacro %}

{% macro trino__dateadd(datepart, interval, from_date_or_timestamp) -%}
  date_add('{{ datepart }}', {{ interval }}, {{ from_date_or_timestamp }})
{%- endmacro %}

{% macro trino__datediff(first_date, second_date, datepart) -%}
  date_diff('{{ datepart }}', cast({{ first_date }} as timestamp), cast({{ second_date }} as timestamp))
{%- endmacro %}

{% macro trino__safe_cast(field, type) -%}
  try_cast({{ field }} as {{ type }})
{%- endmacro %}

{% macro trino__hash(field) -%}
  lower(to_hex(md5(to_utf8(cast({{ field }} as varchar)))))
{%- endmacro %}

{% macro trino__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
  {%- set collected = 'array_agg( ' ~ measure ~ (' ' ~ order_by_clause if order_by_clause else '') ~ ' )' -%}
  array_join( {{ 'slice( ' ~ collected ~ ', 1, ' ~ limit_num ~ ' )' if limit_num else collected }}, {{ delimiter_text }} )
{%- endmacro %}

{% macro trino__right(string_text, length_expression) -%}
  case when {{ length_expression }} = 0 then '' else substr( {{ string_text }}, -1 * ({{ length_expression }}) ) end
{%- endmacro %}

{% macro trino__array_construct(inputs, data_type) -%}
  {{ 'ARRAY[ ' ~ inputs | join(' , ') ~ ' ]' if inputs else 'cast(ARRAY[] as array(' ~ data_type ~ '))' }}
{%- endmacro %}

{% macro trino__array_append(array, new_element) -%}
  {{ dbt.array_concat(array, dbt.array_construct([new_element])) }}
{%- endmacro %}

{% macro trino__array_concat(array_1, array_2) -%}
  concat({{ array_1 }}, {{ array_2 }})
{%- endmacro %}

{% macro trino__date(year, month, day) -%}
  date '{{ modules.datetime.date(year, month, day).isoformat() }}'
{%- endmacro %}
