{% macro snowflake__current_timestamp() -%}
  convert_timezone('UTC', current_timestamp())
{%- endmacro %}

{% macro snowflake__snapshot_get_time() -%}
  to_timestamp_ntz({{ current_timestamp() }})
{%- endmacro %}

{% macro snowflake__snapshot_string_as_time(timestamp) %}{{ return("to_timestamp_ntz('" ~ timestamp ~ "')") }}{% endmacro %}

{% macro snowflake__current_timestamp_backcompat() %}
  current_timestamp::{{ type_timestamp() }}
{% endmacro %}

{% macro snowflake__current_timestamp_in_utc_backcompat() %}
  convert_timezone('UTC', {{ snowflake__current_timestamp_backcompat() }})::{{ type_timestamp() }}
{% endmacro %}

{# try_cast takes text only, so literals that are numbers are cast plainly. #}
{% macro snowflake__safe_cast(field, type) -%}
  {{ ' ' }}{{ dbt.cast(field, type) | trim if field is number else 'try_cast(' ~ field ~ ' as ' ~ type ~ ')' }}{{ ' ' }}
{%- endmacro %}

{% macro snowflake__bool_or(expression) -%}
  boolor_agg({{ expression }})
{%- endmacro %}

{% macro snowflake__right(string_text, length_expression) %}
  case when {{ length_expression }} = 0 then '' else right( {{ string_text }}, {{ length_expression }} ) end
{%- endmacro %}

{% macro snowflake__escape_single_quotes(expression) -%}
  {{ expression | replace("'", "\\'") }}
{%- endmacro %}

{% macro snowflake__array_construct(inputs, data_type) -%}
  array_construct( {{ inputs | join(' , ') }} )
{%- endmacro %}

{% macro snowflake__equals(expr1, expr2) -%}
  {{ dbt._equality(expr1, expr2) }}
{%- endmacro %}
