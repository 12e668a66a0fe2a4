{% macro default__test_not_null(model, column_name) %}

{% set kept_columns = "*" if should_store_failures() else column_name %}

select {{ kept_columns }}
from {{ model }}
where {{ column_name }} is null

{% endmacro %}
