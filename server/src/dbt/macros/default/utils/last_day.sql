{% macro last_day(date, datepart) -%}
  {{ return(adapter.dispatch("last_day", "dbt")(date, datepart)) }}
{%- endmacro %}

{# The day before the start of the next period. #}
{% macro default_last_day(date, datepart) -%}
    {%- set period_start = dbt.date_trunc(datepart, date) -%}
    cast(
        {{ dbt.dateadd("day", "-1", dbt.dateadd(datepart, "1", period_start)) }}
        as date)
{%- endmacro %}

{% macro default__last_day(date, datepart) -%}
    {{ dbt.default_last_day(date, datepart) }}
{%- endmacro %}
