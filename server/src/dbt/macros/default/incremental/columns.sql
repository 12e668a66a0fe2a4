{# Column names, quoted and with commas between. #}
{% macro get_quoted_csv(column_names) %}
  {% set quoted = [] %}
  {% for name in column_names %}
    {% do quoted.append(adapter.quote(name)) %}
  {% endfor %}
  {{ return(quoted | join(", ")) }}
{% endmacro %}

{# The columns of the first list whose names the second does not have. #}
{% macro diff_columns(source_columns, target_columns) %}
  {% set known = target_columns | map(attribute="column") | list %}
  {% set missing = [] %}
  {% for column in source_columns if column.name not in known %}
    {% do missing.append(column) %}
  {% endfor %}
  {{ return(missing) }}
{% endmacro %}

{# The columns that both lists have under different types. #}
{% macro diff_column_data_types(source_columns, target_columns) %}{{ return(adapter.dispatch("diff_column_data_types", "dbt")(source_columns, target_columns)) }}{% endmacro %}

{% macro default__diff_column_data_types(source_columns, target_columns) %}
  {% set changed = [] %}
  {% for column in source_columns %}
    {% set there = target_columns | selectattr("name", "equalto", column.name) | first %}
    {% if there and column.expanded_data_type != there.expanded_data_type and not column.can_expand_to(other_column=there) %}
      {% do changed.append({"column_name": there.name, "new_type": column.expanded_data_type}) %}
    {% endif %}
  {% endfor %}
  {{ return(changed) }}
{% endmacro %}

{# The columns that a merge updates: all but the excluded ones, or the ones asked for. #}
{% macro get_merge_update_columns(merge_update_columns, merge_exclude_columns, dest_columns) %}{{ return(adapter.dispatch("get_merge_update_columns", "dbt")(merge_update_columns, merge_exclude_columns, dest_columns)) }}{% endmacro %}

{% macro default__get_merge_update_columns(merge_update_columns, merge_exclude_columns, dest_columns) %}
  {% if merge_update_columns and merge_exclude_columns %}
    {{ exceptions.raise_compiler_error("Model cannot specify merge_update_columns and merge_exclude_columns. Please update model to use only one config") }}
  {% elif merge_update_columns %}
    {{ return(merge_update_columns) }}
  {% endif %}
  {% set excluded = (merge_exclude_columns or []) | map("lower") | list %}
  {% set updated = [] %}
  {% for column in dest_columns if column.column | lower not in excluded %}
    {% do updated.append(column.quoted) %}
  {% endfor %}
  {{ return(updated) }}
{% endmacro %}
