{% macro spark__current_timestamp() -%}
  current_timestamp()
{%- endmacro %}

{% macro spark__current_timestamp_backcompat() -%}
  current_timestamp()
{%- endmacro %}

{% macro spark__concat(fields) -%}
  concat({{ fields | join(', ') }})
{%- endmacro %}

{% macro spark__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
  {%- if order_by_clause -%}
    {{ exceptions.warn('order_by_clause is not supported for listagg on Spark/Databricks') }}
  {%- endif -%}
  {%- set collected = 'collect_list( ' ~ measure ~ ' )' -%}
  array_join( {{ 'slice( ' ~ collected ~ ', 1, ' ~ limit_num ~ ' )' if limit_num else collected }}, {{ delimiter_text }} )
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

{% macro spark__date(year, month, day) -%}
  to_date('{{ modules.datetime.date(year, month, day).isoformat() }}')
{%- endmacro %}
