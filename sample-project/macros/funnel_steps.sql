{# The event types that make up the funnel, in order: see `funnel_steps` in dbt_project.yml. #}
{% macro funnel_steps() %}
    {{ return(var('funnel_steps')) }}
{% endmacro %}
