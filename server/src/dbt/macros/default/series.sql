{# How many binary digits it takes to count to `upper_bound`. #}
{% macro get_powers_of_two(upper_bound) %}{{ return(adapter.dispatch('get_powers_of_two', 'dbt')(upper_bound)) }}{% endmacro %}
{% macro default__get_powers_of_two(upper_bound) %}
  {% if upper_bound <= 0 %}{{ exceptions.raise_compiler_error('upper bound must be positive') }}{% endif %}
  {% for exponent in range(1, 100) if 2 ** exponent >= upper_bound %}{{ return(exponent) }}{% endfor %}
{% endmacro %}

{# The whole numbers from 1 to `upper_bound` as a query: each digit is 0 or 1, and all digits are crossed. #}
{% macro generate_series(upper_bound) %}{{ return(adapter.dispatch('generate_series', 'dbt')(upper_bound)) }}{% endmacro %}
{% macro default__generate_series(upper_bound) %}
  {%- set values, tables = [], [] -%}
  {%- for digit in range(dbt.get_powers_of_two(upper_bound)) -%}
    {%- do values.append('p' ~ digit ~ '.generated_number * power(2, ' ~ digit ~ ')') -%}
    {%- do tables.append('p as p' ~ digit) -%}
  {%- endfor %}
  with p as ( select 0 as generated_number union all select 1 ), unioned as (
    select {{ values | join(' + ') }} + 1 as generated_number from {{ tables | join(' cross join ') }}
  )
  select * from unioned where generated_number <= {{ upper_bound }} order by generated_number
{% endmacro %}

{# The number of periods between two dates, which only the warehouse can say; 1 while nothing can be asked. #}
{% macro get_intervals_between(start_date, end_date, datepart) %}{{ return(adapter.dispatch('get_intervals_between', 'dbt')(start_date, end_date, datepart)) }}{% endmacro %}
{% macro default__get_intervals_between(start_date, end_date, datepart) %}
  {% call statement('get_intervals_between', fetch_result=true) %}select {{ dbt.datediff(start_date, end_date, datepart) }}{% endcall %}
  {% set answer = load_result('get_intervals_between') %}
  {{ return(answer.data[0][0] if answer and answer.data else 1) }}
{% endmacro %}

{# Every date of a period from the first to the last, one row each, in `date_<datepart>`. #}
{% macro date_spine(datepart, start_date, end_date) %}{{ return(adapter.dispatch('date_spine', 'dbt')(datepart, start_date, end_date)) }}{% endmacro %}
{% macro default__date_spine(datepart, start_date, end_date) %}
  {%- set n_periods = dbt.get_intervals_between(start_date, end_date, datepart) -%}
  {%- set column = 'date_' ~ datepart %}
  with rawdata as ( {{ dbt.generate_series(n_periods) }} ),
  all_periods as (
    select ( {{ dbt.dateadd(datepart, 'row_number() over (order by 1) - 1', start_date) }} ) as {{ column }} from rawdata
  ),
  filtered as ( select * from all_periods where {{ column }} <= {{ end_date }} )
  select * from filtered
{% endmacro %}
