{% macro redshift__split_part(string_text, delimiter_text, part_number) %}

  {% if part_number >= 0 %}
    {{ dbt.default__split_part(string_text, delimiter_text, part_number) }}
  {% else %}
    {{ dbt._split_part_negative(string_text, delimiter_text, part_number) }}
  {% endif %}

{% endmacro %}

{# Redshift's listagg takes an order, and a limit only by cutting the text. #}
{% macro redshift__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
  {%- if limit_num -%}
    {%- set ns = namespace(delimiter=delimiter_text | trim("'")) -%}
    regexp_substr(
        listagg({{ measure }}, {{ delimiter_text }}){% if order_by_clause %} within group ({{ order_by_clause }}){% endif %},
        '([^{{ ns.delimiter }}]*\\{{ ns.delimiter }}){{ "{" ~ (limit_num - 1) ~ "}" }}[^{{ ns.delimiter }}]*'
        )
  {%- else %}
    listagg(
        {{ measure }},
        {{ delimiter_text }}
        )
        {% if order_by_clause %}within group ({{ order_by_clause }}){% endif %}
  {%- endif -%}
{%- endmacro %}

{% macro redshift__any_value(expression) -%}
  any_value({{ expression }})
{%- endmacro %}

{# Redshift casts no boolean to text. #}
{% macro redshift__cast_bool_to_text(field) -%}
    case
        when {{ field }} is true then 'true'
        when {{ field }} is false then 'false'
    end::text
{%- endmacro %}
