{#
    A query with one row per funnel step. Models that count per step start from it, so that a step nobody reached
    shows up with a zero instead of being absent.
#}
{% macro funnel_step_rows() -%}
    {%- for step in funnel_steps() %}
    select {{ loop.index }} as step_number, cast('{{ step }}' as {{ dbt.type_string() }}) as funnel_step
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}
