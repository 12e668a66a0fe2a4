{# DuckDB's own last_day knows months only. #}
{% macro duckdb__last_day(date, datepart) -%}
    {%- if datepart == "quarter" -%}
    cast({{ dbt.date_trunc("quarter", date) }} + interval '3 month' - interval '1 day' as date)
    {%- else -%}
    {{ dbt.default_last_day(date, datepart) }}
    {%- endif -%}
{%- endmacro %}
