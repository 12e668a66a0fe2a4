{# How Redshift spreads a table over its nodes and orders it, from the model's config. #}
{% macro redshift_table_attributes() -%}
  {%- set dist, sort = config.get('dist'), config.get('sort') -%}
  {%- if config.get('backup') == false %} backup no{% endif -%}
  {%- if dist in ['all', 'even', 'auto'] %} diststyle {{ dist }}
  {%- elif dist %} diststyle key distkey ({{ dist }})
  {%- endif -%}
  {%- if sort == 'auto' %} sortkey auto
  {%- elif sort %} {{ config.get('sort_type', 'compound') }} sortkey ({{ sort if sort is string else sort | join(', ') }})
  {%- endif -%}
{%- endmacro %}

{% macro redshift__create_table_as(temporary, relation, sql) -%}
  {%- set sql_header = config.get('sql_header') -%}
  {%- set contract = config.get('contract').enforced -%}
  {{ sql_header if sql_header }}
  create {{ 'temporary ' if temporary }}table {{ relation.render() }}
  {% if contract and not temporary %}
    {{ get_assert_columns_equivalent(sql) }} {{ get_table_columns_and_constraints() }} {{ redshift_table_attributes() }};
  insert into {{ relation.render() }} ( {{ get_select_subquery(sql) }} );
  {% else %}
    {{ '' if temporary else redshift_table_attributes() }}
  as ( {{ sql }} );
  {% endif %}
{%- endmacro %}

{# A view that is not bound to its tables survives their being dropped and rebuilt. #}
{% macro redshift__create_view_as(relation, sql) -%}
  {%- set sql_header = config.get('sql_header') -%}
  {{ sql_header if sql_header }}
  create view {{ relation.render() }}
    {% if config.get('contract').enforced %}{{ get_assert_columns_equivalent(sql) }}{% endif %}
  as ( {{ sql }} ){{ ' with no schema binding' if config.get('bind') == false }};
{%- endmacro %}

{% macro redshift__list_relations_without_caching(schema_relation) %}
  {% call statement('list_relations_without_caching', fetch_result=true) %}
    select '{{ schema_relation.database }}' as database, tablename as name, schemaname as schema, 'table' as type
    from pg_tables where schemaname ilike '{{ schema_relation.schema }}'
    union all
    select '{{ schema_relation.database }}', viewname, schemaname,
      case when definition ilike '%create materialized view%' then 'materialized_view' else 'view' end
    from pg_views where schemaname ilike '{{ schema_relation.schema }}'
  {% endcall %}
  {{ return(load_result('list_relations_without_caching').table) }}
{% endmacro %}

{# svv_columns knows late-binding views and external tables too. #}
{% macro redshift__get_columns_in_relation(relation) %}
  {% call statement('get_columns_in_relation', fetch_result=true) %}
    select column_name, data_type, character_maximum_length, numeric_precision, numeric_scale
    from svv_columns
    where table_name = '{{ relation.identifier }}'
      {% if relation.schema %}and table_schema = '{{ relation.schema }}'{% endif %}
    order by ordinal_position
  {% endcall %}
  {{ return(sql_convert_columns_in_relation(load_result('get_columns_in_relation').table)) }}
{% endmacro %}

{# Redshift widens text in place, and outside of a transaction only. #}
{% macro redshift__alter_column_type(relation, column_name, new_column_type) %}
  {% call statement('alter_column_type') %}
    alter table {{ relation.render() }} alter column {{ adapter.quote(column_name) }} type {{ new_column_type }}
  {% endcall %}
{% endmacro %}

{# One column changes in a statement. #}
{% macro redshift__alter_relation_add_remove_columns(relation, add_columns, remove_columns) %}
  {% for column in add_columns or [] %}
    {% do run_query('alter table ' ~ relation.render() ~ ' add column ' ~ column.quoted ~ ' ' ~ column.data_type) %}
  {% endfor %}
  {% for column in remove_columns or [] %}
    {% do run_query('alter table ' ~ relation.render() ~ ' drop column ' ~ column.quoted) %}
  {% endfor %}
{% endmacro %}

{% macro redshift__get_show_grant_sql(relation) %}
  select identity_name as grantee, lower(privilege_type) as privilege_type
  from svv_relation_privileges
  where namespace_name = '{{ relation.schema }}' and relation_name = '{{ relation.identifier }}' and identity_name != current_user
{% endmacro %}

{# Redshift has no indexes. #}
{% macro redshift__get_create_index_sql(relation, index_dict) %}{{ return(none) }}{% endmacro %}

{% macro redshift__get_create_materialized_view_as_sql(relation, sql) %}
  create materialized view {{ relation.render() }}
    backup {{ 'no' if config.get('backup') == false else 'yes' }}{{ redshift_table_attributes() | replace(' backup no', '') }}
    auto refresh {{ 'yes' if config.get('auto_refresh') else 'no' }}
  as ( {{ sql }} );
{% endmacro %}

{# What a materialized view is made of cannot change in place, and refreshing is always right. #}
{% macro redshift__get_materialized_view_configuration_changes(existing_relation, new_config) %}{{ return(none) }}{% endmacro %}
