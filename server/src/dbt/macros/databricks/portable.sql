{% macro databricks__dateadd(datepart, interval, from_date_or_timestamp) -%}
  timestampadd({{ datepart }}, {{ interval }}, {{ from_date_or_timestamp }})
{%- endmacro %}

{# Whole periods are counted between their starts. #}
{% macro databricks__datediff(first_date, second_date, datepart) -%}
  timestampdiff({{ datepart }}, {{ date_trunc(datepart, first_date) }}, {{ date_trunc(datepart, second_date) }})
{%- endmacro %}

{# A part that is not there is null, not an error. #}
{% macro databricks__split_part(string_text, delimiter_text, part_number) %}
  get({{ spark__split_parts(string_text, delimiter_text) | trim }}, {{ spark__part_index(string_text, delimiter_text, part_number) }}) {{ ' ' }}
{%- endmacro %}

{# Databricks has catalogs above its schemas. #}
{% macro databricks__generate_database_name(custom_database_name=none, node=none) -%}
  {{ return(dbt.default__generate_database_name(custom_database_name, node)) }}
{%- endmacro %}
