{# Calendar distances, each finer part from the next coarser one: [coarser part, how many, cast, whole numbers only]. #}
{% macro postgres__datediff(first_date, second_date, datepart) -%}
    {%- set finer = {
        "quarter": ["year", 4, "date", false],
        "month": ["year", 12, "date", false],
        "hour": ["day", 24, "timestamp", false],
        "minute": ["hour", 60, "timestamp", false],
        "second": ["minute", 60, "timestamp", true],
        "millisecond": ["minute", 60000, "timestamp", true],
        "microsecond": ["minute", 60000000, "timestamp", true]
    } -%}
    {%- set a = "(" ~ first_date ~ ")" -%}
    {%- set b = "(" ~ second_date ~ ")" -%}
    {%- if datepart == "year" %}
        (date_part('year', {{ b }}::date) - date_part('year', {{ a }}::date))
    {%- elif datepart == "day" %}
        ({{ b }}::date - {{ a }}::date)
    {%- elif datepart == "week" %}
        ({{ dbt.datediff(first_date, second_date, "day") }} / 7 + case
            when date_part('dow', {{ a }}::timestamp) <= date_part('dow', {{ b }}::timestamp) then
                case when {{ first_date }} <= {{ second_date }} then 0 else -1 end
            else
                case when {{ first_date }} <= {{ second_date }} then 1 else 0 end
        end)
    {%- elif datepart in finer %}
        {%- set coarser, factor, type, whole = finer[datepart] -%}
        {%- set part_b = "date_part('" ~ datepart ~ "', " ~ b ~ "::" ~ type ~ ")" -%}
        {%- set part_a = "date_part('" ~ datepart ~ "', " ~ a ~ "::" ~ type ~ ")" %}
        ({{ dbt.datediff(first_date, second_date, coarser) }} * {{ factor }} + {{ "floor(" ~ part_b ~ ")" if whole else part_b }} - {{ "floor(" ~ part_a ~ ")" if whole else part_a }})
    {%- else -%}
        {{ exceptions.raise_compiler_error("Unsupported datepart for macro datediff in postgres: '" ~ datepart ~ "'") }}
    {%- endif %}
    {{- "\n    " -}}
{%- endmacro %}
