{#
    One count per event type, as a list of columns: `page_view_count, add_to_cart_count, …`.

    Written as a count of cases rather than `count(*) filter (…)`, which Redshift does not know.
#}
{% macro count_events_by_type(event_types, event_type_column='event_type') -%}
    {%- for event_type in event_types %}
        count(case when {{ event_type_column }} = '{{ event_type }}' then 1 end) as {{ event_type }}_count
    {%- if not loop.last %},{% endif %}
    {%- endfor %}
{%- endmacro %}
