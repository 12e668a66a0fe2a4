{% macro postgres__dateadd(datepart, interval, from_date_or_timestamp) %}
  {{ from_date_or_timestamp }} + ((interval '1 {{ datepart }}') * ({{ interval }}))
{% endmacro %}

{# Each finer distance counts from the next coarser one: [coarser part, how many of it, cast, whether to cut fractions]. #}
{% macro postgres__datediff(first_date, second_date, datepart) -%}
  {%- set finer = {
    'quarter': ['year', 4, 'date', false], 'month': ['year', 12, 'date', false],
    'hour': ['day', 24, 'timestamp', false], 'minute': ['hour', 60, 'timestamp', false],
    'second': ['minute', 60, 'timestamp', true], 'millisecond': ['minute', 60000, 'timestamp', true],
    'microsecond': ['minute', 60000000, 'timestamp', true]
  } -%}
  {%- set a, b = '(' ~ first_date ~ ')', '(' ~ second_date ~ ')' -%}
  {%- if datepart == 'year' -%}
    {%- set distance = "(date_part('year', " ~ b ~ "::date) - date_part('year', " ~ a ~ "::date))" -%}
  {%- elif datepart == 'day' -%}
    {%- set distance = '(' ~ b ~ '::date - ' ~ a ~ '::date)' -%}
  {%- elif datepart == 'week' -%}
    {%- set earlier = 'case when ' ~ first_date ~ ' <= ' ~ second_date -%}
    {%- set same_week = "date_part('dow', " ~ a ~ "::timestamp) <= date_part('dow', " ~ b ~ "::timestamp)" -%}
    {%- set correction = 'case when ' ~ same_week ~ ' then ' ~ earlier ~ ' then 0 else -1 end else ' ~ earlier ~ ' then 1 else 0 end end' -%}
    {%- set distance = '(' ~ dbt.datediff(first_date, second_date, 'day') ~ '/ 7 + ' ~ correction ~ ')' -%}
  {%- elif datepart in finer -%}
    {%- set coarser, factor, type, whole = finer[datepart] -%}
    {%- set cut = 'floor(' if whole else '' -%}
    {%- set part = cut ~ "date_part('" ~ datepart ~ "', " -%}
    {%- set close = '::' ~ type ~ (')) ' if whole else ') ') -%}
    {%- set distance = '(' ~ dbt.datediff(first_date, second_date, coarser) ~ '* ' ~ factor ~ ' + ' ~ part ~ b ~ close ~ '- ' ~ part ~ a ~ close | trim ~ ')' -%}
  {%- else -%}
    {{ exceptions.raise_compiler_error("Unsupported datepart for macro datediff in postgres: '" ~ datepart ~ "'") }}
  {%- endif -%}
  {{ ' ' ~ distance ~ ' ' }}
{%- endmacro %}

{# Postgres has no interval of a quarter. #}
{% macro postgres__last_day(date, datepart) -%}
  {%- if datepart == 'quarter' -%}
    -- postgres dateadd does not support quarter interval.
    cast( {{- dbt.dateadd('day', '-1', dbt.dateadd('month', '3', dbt.date_trunc('quarter', date))) -}} as date)
  {%- else -%}
    {{ dbt.default_last_day(date, datepart) }}
  {%- endif -%}
{%- endmacro %}

{% macro postgres__current_timestamp() -%}
  now()
{%- endmacro %}

{% macro postgres__snapshot_get_time() -%}
  {{ current_timestamp() }}::timestamp without time zone
{%- endmacro %}

{% macro postgres__snapshot_string_as_time(timestamp) -%}
  {{ return("'" ~ timestamp ~ "'::timestamp without time zone") }}
{%- endmacro %}

{% macro postgres__current_timestamp_backcompat() -%}
  {{ ' ' }}current_timestamp::timestamp{{ ' ' }}
{%- endmacro %}

{% macro postgres__current_timestamp_in_utc_backcompat() -%}
  {{ ' ' }}(current_timestamp at time zone 'utc')::timestamp{{ ' ' }}
{%- endmacro %}
