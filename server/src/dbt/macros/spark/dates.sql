{# A value that must not get lost in a conversion: the query fails where it would. #}
{% macro assert_not_null(function, arg) %}
  {%- set converted = function ~ '(' ~ arg ~ ')' %}
  coalesce({{ converted }}, nvl2({{ converted }}, assert_true({{ converted }} is not null), null))
{% endmacro %}

{# Whole days and months are added to the date, and the time of the day is put back; shorter parts count in seconds. #}
{% macro spark__dateadd(datepart, interval, from_date_or_timestamp) -%}
  {%- set days, months = {'day': 1, 'week': 7}, {'month': 1, 'quarter': 3, 'year': 12} -%}
  {%- set seconds = {'hour': '3600', 'minute': '60', 'second': '1', 'millisecond': '(1/1000000)', 'microsecond': '(1/1000000)'} -%}
  {%- if datepart in days or datepart in months -%}
    {%- set add, factor = ('date_add', days[datepart]) if datepart in days else ('add_months', months[datepart]) -%}
    {%- set day = assert_not_null('date', from_date_or_timestamp) -%}
    to_timestamp( to_unix_timestamp( {{ add }}( {{ day }}, cast({{ interval }} * {{ factor }} as int) ) ) + to_unix_timestamp({{ assert_not_null('to_timestamp', from_date_or_timestamp) }}) - to_unix_timestamp({{ day }}) )
  {%- elif datepart in seconds -%}
    to_timestamp( {{ assert_not_null('to_unix_timestamp', from_date_or_timestamp) }} + cast({{ interval }} * {{ seconds[datepart] }} as int) )
  {%- else -%}
    {{ exceptions.raise_compiler_error("macro dateadd not implemented for datepart ~ '" ~ datepart ~ "' ~ on Spark") }}
  {%- endif -%}
{%- endmacro %}

{# A period is crossed where the later day comes earlier in its own period than the first day does. #}
{% macro spark__datediff(first_date, second_date, datepart) -%}
  {%- set seconds = {'hour': '3600', 'minute': '60', 'second': '1', 'millisecond': '(1/1000)', 'microsecond': '(1/1000000)'} -%}
  {%- set a, b = first_date, second_date -%}
  {%- if datepart in ['day', 'week', 'month', 'quarter', 'year'] -%}
    {%- set a, b = assert_not_null('date', first_date), assert_not_null('date', second_date) -%}
  {%- endif -%}
  {%- set between = 'months_between(date(' ~ b ~ '), date(' ~ a ~ '))' -%}
  {%- if datepart == 'day' %}
    datediff({{ b }}, {{ a }})
  {%- elif datepart == 'year' %}
    year({{ b }}) - year({{ a }})
  {%- elif datepart == 'week' %}
    {{ spark__whole_periods(a, b, 'datediff(' ~ b ~ ', ' ~ a ~ ')/7') }}
    -- did we cross a week boundary (Sunday)?
    {{ spark__crossed_period(a, b, 'dayofweek(' ~ a ~ ')', 'dayofweek(' ~ b ~ ')') }}
  {%- elif datepart == 'month' %}
    {{ spark__whole_periods(a, b, between) }}
    -- did we cross a month boundary?
    {{ spark__crossed_period(a, b, 'dayofmonth(' ~ a ~ ')', 'dayofmonth(' ~ b ~ ')') }}
  {%- elif datepart == 'quarter' %}
    {%- set day_of = [] -%}
    {%- for day in [a, b] %}{% do day_of.append('(dayofyear(' ~ day ~ ') - (quarter(' ~ day ~ ') * 365/4))') %}{% endfor %}
    {{ spark__whole_periods(a, b, between ~ '/3') }}
    -- did we cross a quarter boundary?
    + case when {{ a }} < {{ b }} and ( {{ day_of[1] }} < {{ day_of[0] }} ) then 1 when {{ a }} > {{ b }} and ( {{ day_of[1] }} > {{ day_of[0] }} ) then -1 else 0 end
  {%- elif datepart in seconds -%}
    {%- set instants = [] -%}
    {%- for date in [b, a] %}{% do instants.append(assert_not_null('to_unix_timestamp', assert_not_null('to_timestamp', date))) %}{% endfor -%}
    {%- set elapsed = '(( ' ~ instants | join(' - ') ~ ' ) / ' ~ seconds[datepart] ~ ')' -%}
    case when {{ a }} < {{ b }} then ceil{{ elapsed }} else floor{{ elapsed }} end {{ ' ' }}
    {%- if datepart == 'millisecond' %}
      + cast(date_format({{ b }}, 'SSS') as int) - cast(date_format({{ a }}, 'SSS') as int) {{ ' ' }}
    {%- elif datepart == 'microsecond' %}
      {%- set digits = '[0-9]{4}-[0-9]{2}-[0-9]{2}.[0-9]{2}:[0-9]{2}:[0-9]{2}.([0-9]{6})' %}
      + cast(regexp_extract({{ b }}, '{{ digits }}', 1) as int) - cast(regexp_extract({{ a }}, '{{ digits }}', 1) as int) {{ ' ' }}
    {%- endif -%}
  {%- else -%}
    {{ exceptions.raise_compiler_error("macro datediff not implemented for datepart ~ '" ~ datepart ~ "' ~ on Spark") }}
  {%- endif -%}
{%- endmacro %}

{% macro spark__whole_periods(a, b, distance) -%}
  case when {{ a }} < {{ b }} then floor({{ distance }}) else ceil({{ distance }}) end
{%- endmacro %}

{% macro spark__crossed_period(a, b, place_of_a, place_of_b) -%}
  + case when {{ a }} < {{ b }} and {{ place_of_b }} < {{ place_of_a }} then 1 when {{ a }} > {{ b }} and {{ place_of_b }} > {{ place_of_a }} then -1 else 0 end
{%- endmacro %}

{% macro spark__snapshot_string_as_time(timestamp) %}{{ return("to_timestamp('" ~ timestamp ~ "')") }}{% endmacro %}

{% macro spark__date(year, month, day) -%}
  to_date('{{ modules.datetime.date(year, month, day).isoformat() }}', 'yyyy-MM-dd')
{%- endmacro %}
