{# Without a unique key there is nothing to delete. #}
{% macro duckdb__get_incremental_default_sql(arg_dict) %}
  {% if arg_dict["unique_key"] %}
    {% do return(get_incremental_delete_insert_sql(arg_dict)) %}
  {% endif %}
  {% do return(get_incremental_append_sql(arg_dict)) %}
{% endmacro %}

{% macro duckdb__snapshot_merge_sql(target, source, insert_cols) -%}
  {{ snapshot_update_insert_sql(target, source, insert_cols) }}
{%- endmacro %}

{# A batch takes the place of what lies in its time: no key is asked for. #}
{% macro duckdb__get_incremental_microbatch_sql(arg_dict) -%}
  {%- set field = config.get("event_time") -%}
  {%- if not field -%}
    {{ exceptions.raise_compiler_error("microbatch incremental strategy requires an 'event_time' model config") }}
  {%- endif -%}
  {%- if config.get("unique_key") -%}
    {{ exceptions.raise_compiler_error("microbatch incremental strategy does not support 'unique_key'. Microbatch runs delete+insert per batch based on 'event_time' and does not do key-based upserts. Remove 'unique_key' or use incremental_strategy='merge'.") }}
  {%- endif -%}
  {%- set batch = model.get("batch") -%}
  {%- if not batch -%}
    {{ exceptions.raise_compiler_error("microbatch incremental strategy requires 'batch.event_time_start' and 'batch.event_time_end' to be set in the context") }}
  {%- endif -%}
  {%- set in_batch = field ~ " >= '" ~ batch.event_time_start ~ "' and " ~ field ~ " < '" ~ batch.event_time_end ~ "'" -%}
  {%- set given = arg_dict.get("incremental_predicates") or [] -%}
  {%- set predicates = [given] if given is string else given -%}
  {%- set column_list = get_quoted_csv(arg_dict["dest_columns"] | map(attribute="name")) %}
  delete from {{ arg_dict["target_relation"] }}
  where {{ in_batch }}{% for predicate in predicates %} and ({{ predicate }}){% endfor %};

  insert into {{ arg_dict["target_relation"] }} ({{ column_list }})
  select {{ column_list }}
  from {{ arg_dict["temp_relation"] }}
  where {{ in_batch }};
{%- endmacro %}
