{# An interval times a number takes columns and expressions, which `interval (…) day` does not everywhere. #}
{% macro duckdb__dateadd(datepart, interval, from_date_or_timestamp) %}
  {%- set count = 'cast(' ~ interval ~ ' as bigint)' -%}
  {%- set unit = datepart | lower -%}
  {%- if unit == 'quarter' %} {%- set count, unit = '(' ~ count ~ ' * 3)', 'month' -%} {%- endif -%}
  {%- if unit == 'week' %} {%- set count, unit = '(' ~ count ~ ' * 7)', 'day' -%} {%- endif %}
  ({{ from_date_or_timestamp }} + {{ count }} * interval 1 {{ unit }})
{%- endmacro %}

{# Weeks start on Sundays, as everywhere in dbt. #}
{% macro duckdb__datediff(first_date, second_date, datepart) %}
  {%- if datepart == 'week' -%}
    {%- set earlier = 'case when ' ~ first_date ~ ' <= ' ~ second_date -%}
    {%- set weekday = [] -%}
    {%- for date in [first_date, second_date] %}{% do weekday.append("date_part('dow', (" ~ date ~ ")::timestamp)") %}{% endfor %}
    ({{ dbt.datediff(first_date, second_date, 'day') }} // 7 + case when {{ weekday | join(' <= ') }} then {{ earlier }} then 0 else -1 end else {{ earlier }} then 1 else 0 end end)
  {%- else %}
    (date_diff('{{ datepart }}', {{ first_date }}::timestamp, {{ second_date }}::timestamp ))
  {%- endif %}
{% endmacro %}

{# DuckDB's own last_day knows months only. #}
{% macro duckdb__last_day(date, datepart) -%}
  {%- if datepart == 'quarter' -%}
    -- duckdb dateadd does not support quarter interval.
    cast( {{ dbt.dateadd('day', '-1', dbt.dateadd('month', '3', dbt.date_trunc('quarter', date))) }} as date)
  {%- else -%}
    {{ dbt.default_last_day(date, datepart) }}
  {%- endif -%}
{%- endmacro %}

{% macro duckdb__date(year, month, day) -%}
  make_date({{ year }}, {{ month }}, {{ day }})
{%- endmacro %}

{% macro duckdb__generate_series(upper_bound) %}
  select generate_series as generated_number from generate_series(1, {{ upper_bound }})
{% endmacro %}

{% macro duckdb__current_timestamp() -%}
  now()
{%- endmacro %}

{% macro duckdb__snapshot_get_time() -%}
  {{ current_timestamp() }}::timestamp
{%- endmacro %}

{% macro duckdb__snapshot_string_as_time(timestamp) -%}
  {{ return("'" ~ timestamp ~ "'::timestamp") }}
{%- endmacro %}
