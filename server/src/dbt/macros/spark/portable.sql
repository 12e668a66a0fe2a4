{% macro spark__current_timestamp() -%}
  current_timestamp()
{%- endmacro %}

{% macro spark__concat(fields) -%}
  concat({{ fields | join(', ') }})
{%- endmacro %}

{% macro spark__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
  {%- if order_by_clause -%}
    {{ exceptions.warn('order_by_clause is not supported for listagg on Spark/Databricks') }}
  {%- endif -%}
  {%- set collected = ' collect_list(' ~ measure ~ ') ' -%}
  {{ ' ' }}array_join({{ ' slice(' ~ collected ~ ', 1, ' ~ limit_num ~ ') ' if limit_num else collected }}, {{ delimiter_text }}){{ ' ' }}
{%- endmacro %}

{% macro spark__escape_single_quotes(expression) -%}
  {{ expression | replace("'", "\\'") }}
{%- endmacro %}

{% macro spark__array_construct(inputs, data_type) -%}
  array( {{ inputs | join(' , ') }} )
{%- endmacro %}

{% macro spark__array_append(array, new_element) -%}
  {{ dbt.array_concat(array, dbt.array_construct([new_element])) }}
{%- endmacro %}

{% macro spark__array_concat(array_1, array_2) -%}
  concat({{ array_1 }}, {{ array_2 }})
{%- endmacro %}

{% macro spark__any_value(expression) -%}
  first({{ expression }})
{%- endmacro %}

{% macro spark__bool_or(expression) -%}
  max({{ expression }})
{%- endmacro %}

{# Structs, arrays and maps are not cast from texts, so the quotes around a literal are taken off. #}
{% macro spark__safe_cast(field, type) -%}
  {%- set plain = field is string and cast_from_string_unsupported_for(type) -%}
  cast({{ field.strip('"').strip("'") if plain else field }} as {{ type }}){{ ' ' }}
{%- endmacro %}

{% macro cast_from_string_unsupported_for(type) %}{{ return(type.lower().startswith(('struct', 'array', 'map'))) }}{% endmacro %}

{# The delimiter is a regular expression there, so what is special in one is escaped. #}
{% macro spark__split_parts(string_text, delimiter_text) %}
  split( {{ string_text }},
    -- escape if starts with a special character
    case when regexp_extract({{ delimiter_text }}, '([^A-Za-z0-9])(.*)', 1) != '_' then concat('\\', {{ delimiter_text }}) else {{ delimiter_text }} end )
{%- endmacro %}

{# Parts count from 0, and from the end by the number of delimiters. #}
{% macro spark__part_index(string_text, delimiter_text, part_number) -%}
  {%- if part_number >= 0 -%}
    {{ part_number - 1 if part_number > 0 else part_number }}
  {%- else %}
    length({{ string_text }}) - length( replace({{ string_text }}, {{ delimiter_text }}, '') ) + 1 + {{ part_number }} {{ ' ' }}
  {%- endif -%}
{%- endmacro %}

{% macro spark__split_part(string_text, delimiter_text, part_number) -%}
  {{ spark__split_parts(string_text, delimiter_text) }}[({{ spark__part_index(string_text, delimiter_text, part_number) }})] {{ ' ' }}
{%- endmacro %}

{% macro spark__snapshot_hash_arguments(args) -%}
  md5({% for argument in args %}coalesce(cast({{ argument }} as string ), '') {{ "|| '|' || " if not loop.last }}{% endfor %})
{%- endmacro %}

{# Spark knows no databases above its schemas. #}
{% macro spark__generate_database_name(custom_database_name=none, node=none) %}{{ return(none) }}{% endmacro %}
