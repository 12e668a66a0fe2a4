{# A value that is no known one falls back with a warning. #}
{% macro incremental_validate_on_schema_change(on_schema_change, default="ignore") %}
  {% if on_schema_change in ["sync_all_columns", "append_new_columns", "fail", "ignore"] %}
    {{ return(on_schema_change) }}
  {% endif %}
  {% do log("Invalid value for on_schema_change (" ~ on_schema_change ~ ") specified. Setting default value of " ~ default ~ ".") %}
  {{ return(default) }}
{% endmacro %}

{# What differs between the columns of two relations. #}
{% macro check_for_schema_changes(source_relation, target_relation) %}{{ return(adapter.dispatch("check_for_schema_changes", "dbt")(source_relation, target_relation)) }}{% endmacro %}

{% macro default__check_for_schema_changes(source_relation, target_relation) %}
  {%- set source_columns = adapter.get_columns_in_relation(source_relation) -%}
  {%- set target_columns = adapter.get_columns_in_relation(target_relation) -%}
  {%- set only_in_source = diff_columns(source_columns, target_columns) -%}
  {%- set only_in_target = diff_columns(target_columns, source_columns) -%}
  {%- set new_types = diff_column_data_types(source_columns, target_columns) -%}
  {{ return({
      "schema_changed": (only_in_source or only_in_target or new_types) and true or false,
      "source_not_in_target": only_in_source,
      "target_not_in_source": only_in_target,
      "source_columns": source_columns,
      "target_columns": target_columns,
      "new_target_types": new_types
  }) }}
{% endmacro %}

{% macro sync_column_schemas(on_schema_change, target_relation, schema_changes_dict) %}{{ return(adapter.dispatch("sync_column_schemas", "dbt")(on_schema_change, target_relation, schema_changes_dict)) }}{% endmacro %}

{% macro default__sync_column_schemas(on_schema_change, target_relation, schema_changes_dict) %}
  {%- set added = schema_changes_dict["source_not_in_target"] -%}
  {%- if on_schema_change == "append_new_columns" -%}
    {%- if added | length > 0 -%}
      {%- do alter_relation_add_remove_columns(target_relation, added, none) -%}
    {%- endif -%}
  {%- elif on_schema_change == "sync_all_columns" -%}
    {%- set removed = schema_changes_dict["target_not_in_source"] -%}
    {%- if added | length > 0 or removed | length > 0 -%}
      {%- do alter_relation_add_remove_columns(target_relation, added, removed) -%}
    {%- endif -%}
    {%- for change in schema_changes_dict["new_target_types"] -%}
      {%- do alter_column_type(target_relation, change["column_name"], change["new_type"]) -%}
    {%- endfor -%}
  {%- endif -%}
{% endmacro %}

{# Does what on_schema_change asks, and gives the columns to insert; nothing when it is to be ignored. #}
{% macro process_schema_changes(on_schema_change, source_relation, target_relation) %}{{ return(adapter.dispatch("process_schema_changes", "dbt")(on_schema_change, source_relation, target_relation)) }}{% endmacro %}

{% macro default__process_schema_changes(on_schema_change, source_relation, target_relation) %}
  {% if on_schema_change == "ignore" %}
    {{ return({}) }}
  {% endif %}
  {% set changes = check_for_schema_changes(source_relation, target_relation) %}
  {% if changes["schema_changed"] %}
    {% if on_schema_change == "fail" %}
      {% set details %}
The columns of this incremental model's query are not those of its table, and on_schema_change is 'fail'.
Set on_schema_change to append_new_columns or sync_all_columns, run with --full-refresh, or change the table by hand.
  Source columns not in target: {{ changes["source_not_in_target"] }}
  Target columns not in source: {{ changes["target_not_in_source"] }}
  New column types: {{ changes["new_target_types"] }}
      {%- endset %}
      {% do exceptions.raise_compiler_error(details) %}
    {% endif %}
    {% do sync_column_schemas(on_schema_change, target_relation, changes) %}
  {% endif %}
  {{ return(changes["source_columns"]) }}
{% endmacro %}
