{# A call block whose text goes before the statement that builds the model. #}
{% macro set_sql_header(config) -%}
  {{ config.set("sql_header", caller()) }}
{%- endmacro %}

{# A model's own setting beats the flag. #}
{% macro should_full_refresh() %}
  {% set own = config.get("full_refresh") %}
  {% do return(flags.FULL_REFRESH if own is none else own) %}
{% endmacro %}

{% macro should_store_failures() %}
  {% set own = config.get("store_failures") %}
  {% do return(flags.STORE_FAILURES if own is none else own) %}
{% endmacro %}
