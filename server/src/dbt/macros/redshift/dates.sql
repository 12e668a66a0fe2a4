{# Redshift inherits from postgres, but its date functions are the common ones. #}
{% macro redshift__dateadd(datepart, interval, from_date_or_timestamp) -%}
  {{ dbt.default__dateadd(datepart, interval, from_date_or_timestamp) }}
{%- endmacro %}

{% macro redshift__datediff(first_date, second_date, datepart) -%}
  {{ dbt.default__datediff(first_date, second_date, datepart) }}
{%- endmacro %}

{% macro redshift__last_day(date, datepart) %}
  {{ dbt.default_last_day(date, datepart) }}
{% endmacro %}

{% macro redshift__current_timestamp() -%}
  getdate()
{%- endmacro %}

{% macro redshift__snapshot_get_time() -%}
  {{ current_timestamp() }}::timestamp
{%- endmacro %}

{% macro redshift__snapshot_string_as_time(timestamp) -%}
  {{ return("'" ~ timestamp ~ "'::timestamp") }}
{%- endmacro %}

{% macro redshift__current_timestamp_backcompat() -%}
  getdate()
{%- endmacro %}

{% macro redshift__current_timestamp_in_utc_backcompat() -%}
  getdate()
{%- endmacro %}
