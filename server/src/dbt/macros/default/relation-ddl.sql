{% macro get_drop_sql(relation) %}{{ return(adapter.dispatch("get_drop_sql", "dbt")(relation)) }}{% endmacro %}

{% macro default__get_drop_sql(relation) -%}
  {%- if relation.is_view -%}
    {{ drop_view(relation) }}
  {%- elif relation.is_table -%}
    {{ drop_table(relation) }}
  {%- elif relation.is_materialized_view -%}
    {{ drop_materialized_view(relation) }}
  {%- else -%}
    drop {{ relation.type }} if exists {{ relation.render() }} cascade
  {%- endif -%}
{%- endmacro %}

{% macro drop_relation(relation) %}{{ return(adapter.dispatch("drop_relation", "dbt")(relation)) }}{% endmacro %}

{% macro default__drop_relation(relation) -%}
  {% call statement("drop_relation", auto_begin=false) -%}
    {{ get_drop_sql(relation) }}
  {%- endcall %}
{%- endmacro %}

{% macro drop_relation_if_exists(relation) %}
  {% if relation is not none %}
    {{ adapter.drop_relation(relation) }}
  {% endif %}
{% endmacro %}

{% macro get_drop_backup_sql(relation) %}{{ return(adapter.dispatch("get_drop_backup_sql", "dbt")(relation)) }}{% endmacro %}

{% macro default__get_drop_backup_sql(relation) -%}
  {{ get_drop_sql(make_backup_relation(relation, relation.type)) }}
{%- endmacro %}

{% macro get_rename_sql(relation, new_name) %}{{ return(adapter.dispatch("get_rename_sql", "dbt")(relation, new_name)) }}{% endmacro %}

{% macro default__get_rename_sql(relation, new_name) -%}
  {%- if relation.is_view -%}
    {{ get_rename_view_sql(relation, new_name) }}
  {%- elif relation.is_table -%}
    {{ get_rename_table_sql(relation, new_name) }}
  {%- elif relation.is_materialized_view -%}
    {{ get_rename_materialized_view_sql(relation, new_name) }}
  {%- else -%}
    {{ exceptions.raise_compiler_error("No way to rename a " ~ relation.type) }}
  {%- endif -%}
{%- endmacro %}

{% macro rename_relation(from_relation, to_relation) %}{{ return(adapter.dispatch("rename_relation", "dbt")(from_relation, to_relation)) }}{% endmacro %}

{% macro default__rename_relation(from_relation, to_relation) -%}
  {% set new_name = adapter.quote_as_configured(to_relation.identifier, "identifier") %}
  {% call statement("rename_relation") -%}
    alter table {{ from_relation.render() }} rename to {{ new_name }}
  {%- endcall %}
{%- endmacro %}

{% macro get_rename_intermediate_sql(relation) %}{{ return(adapter.dispatch("get_rename_intermediate_sql", "dbt")(relation)) }}{% endmacro %}

{% macro default__get_rename_intermediate_sql(relation) -%}
  {{ get_rename_sql(make_intermediate_relation(relation), relation.identifier) }}
{%- endmacro %}

{% macro get_create_sql(relation, sql) %}{{ return(adapter.dispatch("get_create_sql", "dbt")(relation, sql)) }}{% endmacro %}

{% macro default__get_create_sql(relation, sql) -%}
  {%- if relation.is_view -%}
    {{ get_create_view_as_sql(relation, sql) }}
  {%- elif relation.is_table -%}
    {{ get_create_table_as_sql(false, relation, sql) }}
  {%- elif relation.is_materialized_view -%}
    {{ get_create_materialized_view_as_sql(relation, sql) }}
  {%- else -%}
    {{ exceptions.raise_compiler_error("No way to create a " ~ relation.type) }}
  {%- endif -%}
{%- endmacro %}

{% macro get_create_intermediate_sql(relation, sql) %}{{ return(adapter.dispatch("get_create_intermediate_sql", "dbt")(relation, sql)) }}{% endmacro %}

{% macro default__get_create_intermediate_sql(relation, sql) -%}
  {% set intermediate = make_intermediate_relation(relation) -%}
  {{ get_drop_sql(intermediate) }};
  {{ get_create_sql(intermediate, sql) }}
{%- endmacro %}

{% macro get_create_backup_sql(relation) %}{{ return(adapter.dispatch("get_create_backup_sql", "dbt")(relation)) }}{% endmacro %}

{% macro default__get_create_backup_sql(relation) -%}
  {% set backup = make_backup_relation(relation, relation.type) -%}
  {{ get_drop_sql(backup) }};
  {{ get_rename_sql(relation, backup.identifier) }}
{%- endmacro %}

{# Statements that put a new relation in the place of an old one, in place where the adapter can. #}
{% macro get_replace_sql(existing_relation, target_relation, sql) %}{{ return(adapter.dispatch("get_replace_sql", "dbt")(existing_relation, target_relation, sql)) }}{% endmacro %}

{% macro default__get_replace_sql(existing_relation, target_relation, sql) -%}
  {%- if existing_relation.type == target_relation.type and target_relation.can_be_replaced -%}
    {%- if target_relation.is_view -%}
      {{ get_replace_view_sql(target_relation, sql) }}
    {%- elif target_relation.is_table -%}
      {{ get_replace_table_sql(target_relation, sql) }}
    {%- else -%}
      {{ get_replace_materialized_view_sql(target_relation, sql) }}
    {%- endif -%}
  {%- elif target_relation.can_be_renamed and existing_relation.can_be_renamed -%}
    {{ get_create_intermediate_sql(target_relation, sql) }};
    {{ get_create_backup_sql(existing_relation) }};
    {{ get_rename_intermediate_sql(target_relation) }};
    {{ get_drop_backup_sql(existing_relation) }}
  {%- elif target_relation.can_be_renamed -%}
    {{ get_create_intermediate_sql(target_relation, sql) }};
    {{ get_drop_sql(existing_relation) }};
    {{ get_rename_intermediate_sql(target_relation) }}
  {%- else -%}
    {{ get_drop_sql(existing_relation) }};
    {{ get_create_sql(target_relation, sql) }}
  {%- endif -%}
{%- endmacro %}
