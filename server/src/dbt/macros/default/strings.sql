{% macro concat(fields) %}{{ return(adapter.dispatch('concat', 'dbt')(fields)) }}{% endmacro %}
{% macro default__concat(fields) -%}
  {{ fields | join(" || ") }}
{%- endmacro %}

{% macro hash(field) %}{{ return(adapter.dispatch('hash', 'dbt')(field)) }}{% endmacro %}
{% macro default__hash(field) -%}
  md5(cast({{ field }} as {{ dbt.type_string() }}))
{%- endmacro %}

{% macro length(expression) %}{{ return(adapter.dispatch('length', 'dbt')(expression)) }}{% endmacro %}
{% macro default__length(expression) %}
  length( {{ expression }} )
{%- endmacro %}

{% macro position(substring_text, string_text) %}{{ return(adapter.dispatch('position', 'dbt')(substring_text, string_text)) }}{% endmacro %}
{% macro default__position(substring_text, string_text) %}
  position( {{ substring_text }} in {{ string_text }} )
{%- endmacro %}

{% macro replace(field, old_chars, new_chars) %}{{ return(adapter.dispatch('replace', 'dbt')(field, old_chars, new_chars)) }}{% endmacro %}
{% macro default__replace(field, old_chars, new_chars) %}
  replace( {{ field }}, {{ old_chars }}, {{ new_chars }} )
{% endmacro %}

{% macro right(string_text, length_expression) %}{{ return(adapter.dispatch('right', 'dbt')(string_text, length_expression)) }}{% endmacro %}
{% macro default__right(string_text, length_expression) %}
  right( {{ string_text }}, {{ length_expression }} )
{%- endmacro %}

{% macro split_part(string_text, delimiter_text, part_number) %}{{ return(adapter.dispatch('split_part', 'dbt')(string_text, delimiter_text, part_number)) }}{% endmacro %}
{% macro default__split_part(string_text, delimiter_text, part_number) %}
  split_part( {{ string_text }}, {{ delimiter_text }}, {{ part_number }} )
{% endmacro %}

{# Counts parts from the end, for warehouses whose split_part cannot: there is one part more than delimiters. #}
{% macro _split_part_negative(string_text, delimiter_text, part_number) %}
  {%- set n_delimiters = "length(" ~ string_text ~ ") - length( replace(" ~ string_text ~ ", " ~ delimiter_text ~ ", '') )" -%}
  {{ dbt.default__split_part(string_text, delimiter_text, n_delimiters ~ " + 2 + " ~ part_number) }}
{% endmacro %}

{% macro escape_single_quotes(expression) %}{{ return(adapter.dispatch('escape_single_quotes', 'dbt')(expression)) }}{% endmacro %}
{% macro default__escape_single_quotes(expression) -%}
  {{ expression | replace("'", "''") }}
{%- endmacro %}

{% macro string_literal(value) %}{{ return(adapter.dispatch('string_literal', 'dbt')(value)) }}{% endmacro %}
{% macro default__string_literal(value) -%}
  '{{ value }}'
{%- endmacro %}

{% macro listagg(measure, delimiter_text="','", order_by_clause=none, limit_num=none) %}{{ return(adapter.dispatch('listagg', 'dbt')(measure, delimiter_text, order_by_clause, limit_num)) }}{% endmacro %}
{% macro default__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
  {%- set ordered = " within group (" ~ order_by_clause ~ ")" if order_by_clause else "" -%}
  {%- if limit_num -%}
    array_to_string( array_slice( array_agg( {{ measure }} ){{ ordered | trim }} ,0 ,{{ limit_num }} ), {{ delimiter_text }} )
  {%- else %}
    listagg( {{ measure }}, {{ delimiter_text }} ) {{ ordered | trim }}
  {%- endif -%}
{%- endmacro %}
