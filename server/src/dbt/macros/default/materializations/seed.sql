{# A CSV file as a table: made new, or emptied and filled again. #}
{% materialization seed, default %}
  {%- set target = this.incorporate(type='table') -%}
  {%- set current = load_cached_relation(this) -%}
  {%- set rows = load_agate_table() -%}
  {%- if current is not none and current.is_view -%}
    {{ exceptions.raise_compiler_error("Cannot seed to '" ~ current.render() ~ "', it is a view") }}
  {%- endif -%}
  {% do store_result('agate_table', response='OK', agate_table=rows) %}
  {% do run_hooks(pre_hooks, inside_transaction=false) %}
  {% do run_hooks(pre_hooks, inside_transaction=true) %}

  {%- set prepared = create_csv_table(model, rows) if current is none else reset_csv_table(model, should_full_refresh(), current, rows) -%}
  {%- set loaded = load_csv_rows(model, rows) -%}
  {%- set verb = 'CREATE' if should_full_refresh() else 'INSERT' -%}
  {%- set n_rows = rows.rows | length -%}
  {% do noop_statement('main', verb ~ ' ' ~ n_rows, verb, n_rows) %}
  {% do write(get_csv_sql(prepared, loaded)) %}
  {% if current is none or should_full_refresh() %}{% do create_indexes(target) %}{% endif %}

  {% do finish_relation(target, current, full_refresh=should_full_refresh()) %}
  {{ return({'relations': [target]}) }}
{% endmaterialization %}
