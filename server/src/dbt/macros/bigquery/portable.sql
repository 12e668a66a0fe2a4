{% macro bigquery__current_timestamp() -%}
  current_timestamp()
{%- endmacro %}

{% macro bigquery__current_timestamp_backcompat() -%}
  current_timestamp
{%- endmacro %}

{% macro bigquery__snapshot_string_as_time(timestamp) %}{{ return('TIMESTAMP("' ~ timestamp ~ '")') }}{% endmacro %}

{% macro bigquery__snapshot_hash_arguments(args) -%}
  {%- set parts = [] -%}
  {%- for argument in args %}{% do parts.append("coalesce(cast(" ~ argument ~ " as string), '')") %}{% endfor -%}
  to_hex(md5(concat({{ parts | join(", '|',") }})))
{%- endmacro %}

{% macro bigquery__get_empty_subquery_sql(select_sql, select_sql_header=none) -%}
  {{ select_sql_header ~ ' ' if select_sql_header is not none -}}
  select * from ( {{ select_sql }} ) as __dbt_sbq where false and current_timestamp() = current_timestamp() limit 0
{% endmacro %}

{% macro bigquery__dateadd(datepart, interval, from_date_or_timestamp) %}
  datetime_add( cast( {{ from_date_or_timestamp }} as datetime), interval {{ interval }} {{ datepart }} )
{% endmacro %}

{% macro bigquery__datediff(first_date, second_date, datepart) %}
  datetime_diff( cast({{ second_date }} as datetime), cast({{ first_date }} as datetime), {{ datepart }} )
{% endmacro %}

{% macro bigquery__date_trunc(datepart, date) -%}
  timestamp_trunc( cast({{ date }} as timestamp), {{ datepart }} )
{%- endmacro %}

{% macro bigquery__safe_cast(field, type) -%}
  safe_cast({{ field }} as {{ type }})
{%- endmacro %}

{% macro bigquery__hash(field) -%}
  to_hex({{ dbt.default__hash(field) }})
{%- endmacro %}

{# Parts count from 0 here, and from the end by the number of delimiters. #}
{% macro bigquery__split_part(string_text, delimiter_text, part_number) -%}
  {%- if part_number >= 0 -%}
    {%- set index = part_number - 1 if part_number > 0 else part_number -%}
  {%- else -%}
    {%- set index = " length(" ~ string_text ~ ") - length( replace(" ~ string_text ~ ", " ~ delimiter_text ~ ", '') ) + 1 + " ~ part_number ~ " " -%}
  {%- endif %}
  split( {{ string_text }}, {{ delimiter_text }} )[safe_offset({{ index }})]
{% endmacro %}

{% macro bigquery__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
  string_agg( {{ measure }}, {{ delimiter_text }} {{ order_by_clause ~ ' ' if order_by_clause }}{{ 'limit ' ~ limit_num ~ ' ' if limit_num }})
{%- endmacro %}

{% macro bigquery__bool_or(expression) -%}
  logical_or({{ expression }})
{%- endmacro %}

{% macro bigquery__position(substring_text, string_text) %}
  strpos( {{ string_text }}, {{ substring_text }} )
{%- endmacro %}

{% macro bigquery__right(string_text, length_expression) %}
  case when {{ length_expression }} = 0 then '' else substr( {{ string_text }}, -1 * ({{ length_expression }}) ) end
{%- endmacro %}

{% macro bigquery__escape_single_quotes(expression) -%}
  {{ expression | replace("'", "\\'") }}
{%- endmacro %}

{% macro bigquery__string_literal(value) -%}
  '''{{ value }}'''
{%- endmacro %}

{% macro bigquery__array_construct(inputs, data_type) -%}
  {{ ' [ ' ~ inputs | join(' , ') ~ ' ] ' if inputs else ' ARRAY<' ~ data_type ~ '>[] ' }}
{%- endmacro %}

{% macro bigquery__array_append(array, new_element) -%}
  {{ dbt.array_concat(array, dbt.array_construct([new_element])) }}
{%- endmacro %}

{% macro bigquery__array_concat(array_1, array_2) -%}
  array_concat({{ array_1 }}, {{ array_2 }})
{%- endmacro %}

{% macro bigquery__except() %} except distinct {% endmacro %}

{% macro bigquery__intersect() %} intersect distinct {% endmacro %}

{% macro bigquery__date(year, month, day) -%}
  date({{ year }}, {{ month }}, {{ day }})
{%- endmacro %}

{# A column named as its table would be read as the whole row, hence the detour over a query of its own. #}
{% macro bigquery__test_unique(model, column_name) %}
  with dbt_test__target as (
    select {{ column_name }} as unique_field from {{ model }} where {{ column_name }} is not null
  )
  select unique_field, count(*) as n_records from dbt_test__target group by unique_field having count(*) > 1
{% endmacro %}

{% macro bigquery__equals(expr1, expr2) -%}
  {{ dbt._equality(expr1, expr2) }}
{%- endmacro %}
