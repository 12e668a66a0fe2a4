{#
    The minutes from one timestamp to a later one, with two decimals.

    Seconds are counted and divided, because `datediff` in minutes counts the full minutes on the clock that were
    passed: from 10:00:59 to 10:01:01 would be one minute.
#}
{% macro minutes_between(start_at, end_at) -%}
    cast({{ dbt.datediff(start_at, end_at, 'second') }} / 60.0 as numeric(12, 2))
{%- endmacro %}
