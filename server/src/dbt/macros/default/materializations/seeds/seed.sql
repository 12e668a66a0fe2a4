{# A CSV file as a table: made new, or emptied and filled again. #}
{% materialization seed, default %}
  {%- set target_relation = this.incorporate(type="table") -%}
  {%- set old_relation = load_cached_relation(this) -%}
  {%- set full_refresh_mode = should_full_refresh() -%}
  {%- set exists_as_table = old_relation is not none and old_relation.is_table -%}
  {%- set exists_as_view = old_relation is not none and old_relation.is_view -%}
  {%- set grant_config = config.get("grants") -%}
  {%- set agate_table = load_agate_table() -%}
  {%- do store_result("agate_table", response="OK", agate_table=agate_table) -%}

  {{ run_hooks(pre_hooks, inside_transaction=false) }}
  {{ run_hooks(pre_hooks, inside_transaction=true) }}

  {% if exists_as_view %}
    {{ exceptions.raise_compiler_error("Cannot seed to '" ~ old_relation.render() ~ "', it is a view") }}
  {% elif exists_as_table %}
    {% set create_table_sql = reset_csv_table(model, full_refresh_mode, old_relation, agate_table) %}
  {% else %}
    {% set create_table_sql = create_csv_table(model, agate_table) %}
  {% endif %}

  {% set code = "CREATE" if full_refresh_mode else "INSERT" %}
  {% set n_rows = agate_table.rows | length %}
  {% set sql = load_csv_rows(model, agate_table) %}
  {% call noop_statement("main", code ~ " " ~ n_rows, code, n_rows) %}
    {{ get_csv_sql(create_table_sql, sql) }}
  {% endcall %}

  {% do apply_grants(target_relation, grant_config, should_revoke=should_revoke(old_relation, full_refresh_mode)) %}
  {% do persist_docs(target_relation, model) %}
  {% if full_refresh_mode or not exists_as_table %}
    {% do create_indexes(target_relation) %}
  {% endif %}
  {{ run_hooks(post_hooks, inside_transaction=true) }}
  {{ adapter.commit() }}
  {{ run_hooks(post_hooks, inside_transaction=false) }}

  {{ return({"relations": [target_relation]}) }}
{% endmaterialization %}
