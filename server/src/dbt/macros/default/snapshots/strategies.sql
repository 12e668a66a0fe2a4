{# The macro of a strategy by its name, in the package that the name gives if it gives one. #}
{% macro strategy_dispatch(name) -%}
  {% set original_name = name %}
  {% set package_context = context %}
  {% if "." in name %}
    {% set package_name, name = name.split(".", 1) %}
    {% if package_name not in context %}
      {% do exceptions.raise_compiler_error("Could not find package '" ~ package_name ~ "', called with '" ~ original_name ~ "'") %}
    {% endif %}
    {% set package_context = context[package_name] %}
  {% endif %}
  {% set macro_name = "snapshot_" ~ name ~ "_strategy" %}
  {% if macro_name not in package_context %}
    {% do exceptions.raise_compiler_error("The specified strategy macro '" ~ macro_name ~ "' was not found" ~ (" in package '" ~ package_name ~ "'" if package_name is defined else "")) %}
  {% endif %}
  {{ return(package_context[macro_name]) }}
{%- endmacro %}

{# One text that differs when any of its parts does. #}
{% macro snapshot_hash_arguments(args) %}{{ return(adapter.dispatch("snapshot_hash_arguments", "dbt")(args)) }}{% endmacro %}

{% macro default__snapshot_hash_arguments(args) -%}
    md5({%- for arg in args -%}
        coalesce(cast({{ arg }} as varchar ), '')
        {% if not loop.last %} || '|' || {% endif %}
    {%- endfor -%})
{%- endmacro %}

{# What both strategies say about rows that vanish. #}
{% macro snapshot_hard_deletes(config) %}
  {% if config.get("invalidate_hard_deletes") and config.get("hard_deletes") %}
    {% do exceptions.raise_compiler_error("You cannot set both the invalidate_hard_deletes and hard_deletes config properties on the same snapshot.") %}
  {% endif %}
  {% set hard_deletes = "invalidate" if config.get("invalidate_hard_deletes") else (config.get("hard_deletes") or "ignore") %}
  {% if hard_deletes not in ["ignore", "invalidate", "new_record"] %}
    {% do exceptions.raise_compiler_error("Invalid setting for property hard_deletes. Accepted values are: ['ignore', 'invalidate', 'new_record']") %}
  {% endif %}
  {{ return(hard_deletes) }}
{% endmacro %}

{% macro snapshot_strategy_result(config, updated_at, row_changed) %}
  {% set unique_key = config.get("unique_key") %}
  {% set keys = [unique_key] if unique_key is string else unique_key %}
  {% set hard_deletes = snapshot_hard_deletes(config) %}
  {{ return({
      "unique_key": unique_key,
      "updated_at": updated_at,
      "row_changed": row_changed,
      "scd_id": snapshot_hash_arguments((keys | list) + [updated_at]),
      "invalidate_hard_deletes": hard_deletes == "invalidate",
      "hard_deletes": hard_deletes
  }) }}
{% endmacro %}

{# A row has changed when its own time says so. #}
{% macro snapshot_timestamp_strategy(model_node, snapshotted_rel, current_rel, model_config, target_exists) %}
  {% set updated_at = config.get("updated_at") %}
  {% set columns = get_snapshot_table_column_names() %}
  {% set row_changed %}({{ snapshotted_rel }}.{{ columns.dbt_valid_from }} < {{ current_rel }}.{{ updated_at }}){% endset %}
  {{ return(snapshot_strategy_result(config, updated_at, row_changed)) }}
{% endmacro %}

{% macro snapshot_string_as_time(timestamp) %}{{ return(adapter.dispatch("snapshot_string_as_time", "dbt")(timestamp)) }}{% endmacro %}

{% macro default__snapshot_string_as_time(timestamp) %}
  {% do exceptions.raise_not_implemented("snapshot_string_as_time macro not implemented for adapter " ~ adapter.type()) %}
{% endmacro %}

{# The columns to compare, and whether the query has one that the snapshot has not. #}
{% macro snapshot_check_all_get_existing_columns(node, target_exists, check_cols_config) -%}
  {%- if not target_exists -%}
    {{ return((false, get_columns_in_query(node["compiled_code"]))) }}
  {%- endif -%}
  {%- set target_relation = adapter.get_relation(database=node.database, schema=node.schema, identifier=node.alias) -%}
  {%- if check_cols_config == "all" -%}
    {%- set query_columns = get_columns_in_query(node["compiled_code"]) -%}
  {%- elif check_cols_config is iterable and check_cols_config | length > 0 -%}
    {%- set query_columns = check_cols_config -%}
  {%- else -%}
    {% do exceptions.raise_compiler_error("Invalid value for 'check_cols': " ~ check_cols_config) %}
  {%- endif -%}
  {%- set known = adapter.get_columns_in_relation(target_relation) | map(attribute="name") | map("lower") | list -%}
  {%- set ns = namespace(column_added=false) -%}
  {%- set intersection = [] -%}
  {%- for name in query_columns -%}
    {%- if name | lower in known -%}
      {%- do intersection.append(adapter.quote(name)) if check_cols_config == "all" else intersection.append(name) -%}
    {%- else -%}
      {%- set ns.column_added = true -%}
    {%- endif -%}
  {%- endfor -%}
  {{ return((ns.column_added, intersection)) }}
{%- endmacro %}

{# A row has changed when one of the columns to check differs. #}
{% macro snapshot_check_strategy(model_node, snapshotted_rel, current_rel, model_config, target_exists) %}
  {% set updated_at = config.get("updated_at") or snapshot_get_time() %}
  {% set column_added, checked = snapshot_check_all_get_existing_columns(model_node, target_exists, config.get("check_cols")) %}
  {% set comparisons = [] %}
  {% for name in checked %}
    {% set old = snapshotted_rel ~ "." ~ name %}
    {% set new = current_rel ~ "." ~ name %}
    {% do comparisons.append(old ~ " != " ~ new ~ " or ((" ~ old ~ " is null) and not (" ~ new ~ " is null)) or ((not " ~ old ~ " is null) and (" ~ new ~ " is null))") %}
  {% endfor %}
  {% set row_changed = "(" ~ (get_true_sql() if column_added else comparisons | join(" or ")) ~ ")" %}
  {{ return(snapshot_strategy_result(config, updated_at, row_changed)) }}
{% endmacro %}
