{#
  Views and tables are built beside what is there, and then the names change hands, so that readers never see a gap.
  `builder` is the macro that makes the relation from (relation, sql).
#}
{% macro build_and_swap(kind, builder) %}
  {%- set target = this.incorporate(type=kind) -%}
  {%- set fresh = make_intermediate_relation(target) -%}
  {%- set current = load_cached_relation(this) -%}
  {%- set retired = make_backup_relation(target, current.type if current is not none else kind) -%}

  {% do run_hooks(pre_hooks, inside_transaction=false) %}
  {% for leftover in [fresh, retired] %}{% do drop_relation_if_exists(load_cached_relation(leftover)) %}{% endfor %}
  {% do run_hooks(pre_hooks, inside_transaction=true) %}

  {% call statement('main') %}{{ builder(fresh, sql) }}{% endcall %}
  {% if kind == 'table' %}{% do create_indexes(fresh) %}{% endif %}
  {% do retire_and_rename(load_cached_relation(this), retired, fresh, target) %}

  {% do finish_relation(target, current, retired) %}
  {{ return({'relations': [target]}) }}
{% endmacro %}

{# A hook may have dropped the current relation, so there need not be one. #}
{% macro retire_and_rename(current, retired, fresh, target) %}
  {% if current is not none %}{% do adapter.rename_relation(current, retired) %}{% endif %}
  {% do adapter.rename_relation(fresh, target) %}
{% endmacro %}

{# What follows every build: grants, comments, hooks, the commit, and dropping what was replaced. #}
{% macro finish_relation(target, current, retired=none, full_refresh=true) %}
  {% do run_hooks(post_hooks, inside_transaction=true) %}
  {% do apply_grants(target, config.get('grants'), should_revoke=should_revoke(current, full_refresh_mode=full_refresh)) %}
  {% do persist_docs(target, model) %}
  {% do adapter.commit() %}
  {% do drop_relation_if_exists(retired) %}
  {% do run_hooks(post_hooks, inside_transaction=false) %}
{% endmacro %}

{% macro build_plain_table(relation, sql) %}{{ return(get_create_table_as_sql(false, relation, sql)) }}{% endmacro %}
