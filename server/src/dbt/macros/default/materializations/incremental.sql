{# The first build and a full refresh make a table; every other run adds to it by the strategy. #}
{% materialization incremental, default %}
  {%- set current = load_cached_relation(this) -%}
  {%- set add_rows = adapter.get_incremental_strategy_macro(context, config.get('incremental_strategy') or 'default') -%}
  {%- if current is not none and (should_full_refresh() or current.is_view) -%}
    {{ return(build_and_swap('table', build_plain_table)) }}
  {%- endif -%}
  {%- set target = this.incorporate(type='table') -%}
  {%- set on_schema_change = incremental_validate_on_schema_change(config.get('on_schema_change'), default='ignore') -%}

  {% do run_hooks(pre_hooks, inside_transaction=false) %}
  {% do run_hooks(pre_hooks, inside_transaction=true) %}
  {%- set build = build_plain_table(target, sql) if current is none else incremental_build_sql(target, current, on_schema_change, add_rows) -%}
  {% call statement('main') %}{{ build }}{% endcall %}
  {% if current is none %}{% do create_indexes(target) %}{% endif %}

  {% do finish_relation(target, current, full_refresh=false) %}
  {{ return({'relations': [target]}) }}
{% endmaterialization %}

{# Puts the new rows into a temporary relation, fits the target's columns to them, and asks the strategy for the statement. #}
{% macro incremental_build_sql(target, current, on_schema_change, add_rows) %}
  {%- set new_rows = make_temp_relation(target) -%}
  {% do run_query(get_create_table_as_sql(true, new_rows, sql)) %}
  {% if not config.get('contract').enforced %}
    {% do adapter.expand_target_column_types(from_relation=new_rows, to_relation=target) %}
  {% endif %}
  {%- set columns = process_schema_changes(on_schema_change, new_rows, current) or adapter.get_columns_in_relation(current) -%}
  {{ return(add_rows({
    'target_relation': target, 'temp_relation': new_rows, 'unique_key': config.get('unique_key'), 'dest_columns': columns,
    'incremental_predicates': config.get('predicates') or config.get('incremental_predicates')
  })) }}
{% endmacro %}
