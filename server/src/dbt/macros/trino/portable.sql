{% macro trino__current_timestamp() -%}
  current_timestamp
{%- endmacro %}

{% macro trino__type_float() -%}
  double
{%- endmacro %}

{% macro trino__dateadd(datepart, interval, from_date_or_timestamp) -%}
  date_add('{{ datepart }}', {{ interval }}, {{ from_date_or_timestamp }})
{%- endmacro %}

{% macro trino__safe_cast(field, type) -%}
  try_cast({{ field }} as {{ type }})
{%- endmacro %}

{% macro trino__hash(field) -%}
  lower(to_hex(md5(to_utf8(cast({{ field }} as varchar)))))
{%- endmacro %}

{% macro trino__array_append(array, new_element) -%}
  {{ dbt.array_concat(array, dbt.array_construct([new_element])) }}
{%- endmacro %}

{% macro trino__array_concat(array_1, array_2) -%}
  concat({{ array_1 }}, {{ array_2 }})
{%- endmacro %}

{% macro trino__type_string() -%}
  varchar
{%- endmacro %}

{% macro trino__type_numeric() -%}
  decimal(28, 6)
{%- endmacro %}

{% macro trino__any_value(expression) -%}
  min({{ expression }})
{%- endmacro %}

{% macro trino__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
  {%- set collected = ' array_agg(' ~ measure ~ ' ' ~ (order_by_clause or '') ~ ') ' -%}
  {{ ' ' }}array_join({{ ' slice(' ~ collected ~ ', 1, ' ~ limit_num ~ ') ' if limit_num else collected }}, {{ delimiter_text }}){{ ' ' }}
{%- endmacro %}

{% macro trino__right(string_text, length_expression) %}
  case when {{ length_expression }} = 0 then '' else substr({{ string_text }}, -1 * ({{ length_expression }})) end
{%- endmacro %}

{% macro trino__split_part(string_text, delimiter_text, part_number) %}
  {{ dbt.default__split_part(string_text, delimiter_text, part_number) if part_number >= 0 else dbt._split_part_negative(string_text, delimiter_text, part_number) }}
{% endmacro %}

{% macro trino__array_construct(inputs, data_type) -%}
  {{ 'array[ ' ~ inputs | join(' , ') ~ ' ]' if inputs else 'null' }}
{%- endmacro %}

{# Each finer distance counts from the next coarser one. #}
{% macro trino__datediff(first_date, second_date, datepart) -%}
  {%- set a, b = 'CAST(' ~ first_date ~ ' AS TIMESTAMP)', 'CAST(' ~ second_date ~ ' AS TIMESTAMP)' -%}
  {%- set inside = {'hour': ('day', 24), 'minute': ('hour', 60), 'second': ('minute', 60)} -%}
  {%- set parts = {'quarter': 4, 'month': 12} -%}
  {%- if datepart == 'year' -%}
    (year({{ b }}) - year({{ a }}))
  {%- elif datepart in parts -%}
    ({{ dbt.datediff(first_date, second_date, 'year') }} * {{ parts[datepart] }}) + {{ datepart }}({{ b }}) - {{ datepart }}({{ a }})
  {%- elif datepart == 'day' -%}
    ((to_milliseconds((CAST({{ b }} AS DATE) - CAST({{ a }} AS DATE)))) / 86400000)
  {%- elif datepart == 'week' -%}
    {%- set earlier = 'case when ' ~ first_date ~ ' <= ' ~ second_date -%}
    ({{ dbt.datediff(first_date, second_date, 'day') }} / 7 + case when dow({{ a }}) <= dow({{ b }}) then {{ earlier }} then 0 else -1 end else {{ earlier }} then 1 else 0 end end)
  {%- elif datepart in inside -%}
    {%- set coarser, factor = inside[datepart] -%}
    ({{ dbt.datediff(first_date, second_date, coarser) }} * {{ factor }} + {{ datepart }}({{ b }}) - {{ datepart }}({{ a }}))
  {%- elif datepart == 'millisecond' -%}
    (to_milliseconds(({{ b }} - {{ a }})))
  {%- elif execute -%}
    {{ exceptions.raise_compiler_error("Unsupported datepart for macro datediff in Trino: '" ~ datepart ~ "'") }}
  {%- endif -%}
{%- endmacro %}

{% macro trino__date_spine(datepart, start_date, end_date) %}
  {%- set n_periods = dbt.get_intervals_between(start_date, end_date, datepart) -%}
  {%- set column = 'date_' ~ datepart %}
  with rawdata as ( {{ dbt.generate_series(n_periods) }} ),
  all_periods as (
    select ( {{ dbt.dateadd(datepart, 'row_number() over (order by 1) - 1', 'cast(' ~ start_date ~ ' as date)') }} ) as {{ column }} from rawdata
  ),
  filtered as ( select * from all_periods where {{ column }} <= cast({{ end_date }} as date) )
  select * from filtered
{% endmacro %}

{% macro trino__snapshot_string_as_time(timestamp) %}{{ return("timestamp '" ~ timestamp ~ "'") }}{% endmacro %}

{% macro trino__snapshot_hash_arguments(args) -%}
  {%- set parts = [] -%}
  {%- for argument in args %}{% do parts.append("coalesce(cast(" ~ argument ~ " as varchar), '')") %}{% endfor -%}
  lower(to_hex(md5(to_utf8(concat({{ parts | join(", '|',") }})))))
{%- endmacro %}
