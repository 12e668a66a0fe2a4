{# Whether this run adds to a table that is there. #}
{% macro is_incremental() %}
  {% if not execute %}
    {{ return(false) }}
  {% endif %}
  {% set found = load_cached_relation(this) %}
  {{ return(found is not none and found.type == "table" and model.config.materialized == "incremental" and not should_full_refresh()) }}
{% endmacro %}
