{#
    The share `part / whole` as a number between 0 and 1 with four decimals, null where `whole` is zero or null.

    The cast to a numeric comes first because Postgres and Redshift divide whole numbers without a remainder, and the
    cast at the end makes the type, and the rounding, the same in every warehouse.
#}
{% macro rate(part, whole) -%}
    cast(cast({{ part }} as {{ dbt.type_numeric() }}) / nullif({{ whole }}, 0) as numeric(7, 4))
{%- endmacro %}
