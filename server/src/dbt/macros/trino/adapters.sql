{# Trino's information schema folds names to lower case, and every catalog has one of its own. #}
{% macro trino__information_schema_name(database) -%}
  {{ adapter.quote(database) }}.information_schema
{%- endmacro %}

{% macro trino__create_schema(relation) -%}
  {%- call statement("create_schema") -%}
    create schema if not exists {{ relation.without_identifier() }}
  {%- endcall -%}
{% endmacro %}

{% macro trino__drop_schema(relation) -%}
  {%- call statement("drop_schema") -%}
    drop schema if exists {{ relation.without_identifier() }} cascade
  {%- endcall -%}
{% endmacro %}

{% macro trino__list_schemas(database) -%}
  {% call statement("list_schemas", fetch_result=true, auto_begin=false) %}
    select distinct schema_name from {{ information_schema_name(database) }}.schemata
  {% endcall %}
  {{ return(load_result("list_schemas").table) }}
{% endmacro %}

{% macro trino__check_schema_exists(information_schema, schema) -%}
  {% call statement("check_schema_exists", fetch_result=true, auto_begin=false) %}
    select count(*) from {{ information_schema_name(information_schema.database) }}.schemata
    where schema_name = '{{ schema | lower }}'
  {% endcall %}
  {{ return(load_result("check_schema_exists").table) }}
{% endmacro %}

{% macro trino__list_relations_without_caching(schema_relation) %}
  {% call statement("list_relations_without_caching", fetch_result=true, auto_begin=false) -%}
    select table_catalog as database, table_name as name, table_schema as schema,
      case table_type when 'BASE TABLE' then 'table' when 'VIEW' then 'view' else lower(table_type) end as type
    from {{ information_schema_name(schema_relation.database) }}.tables
    where table_schema = '{{ schema_relation.schema | lower }}'
  {% endcall %}
  {{ return(load_result("list_relations_without_caching").table) }}
{% endmacro %}

{# The type of a column says its length and precision itself. #}
{% macro trino__get_columns_in_relation(relation) -%}
  {% call statement("get_columns_in_relation", fetch_result=true, auto_begin=false) %}
    select column_name, data_type, null as character_maximum_length, null as numeric_precision, null as numeric_scale
    from {{ information_schema_name(relation.database) }}.columns
    where table_name = '{{ relation.identifier | lower }}'
      {% if relation.schema %}and table_schema = '{{ relation.schema | lower }}'{% endif %}
    order by ordinal_position
  {% endcall %}
  {{ return(sql_convert_columns_in_relation(load_result("get_columns_in_relation").table)) }}
{% endmacro %}

{# What a connector is told about a table: the config `properties`, values as SQL. #}
{% macro trino_table_properties() -%}
  {%- set properties = config.get("properties") -%}
  {%- if properties %}
  with (
    {%- for name, value in properties.items() %}
    {{ name }} = {{ value }}{{ "," if not loop.last }}
    {%- endfor %}
  )
  {%- endif -%}
{%- endmacro %}

{# There are no temporary tables: what is made for the moment is dropped by who made it. #}
{% macro trino__create_table_as(temporary, relation, sql) -%}
  create table {{ relation.render() }} {{ trino_table_properties() if not temporary }}
  as (
    {{ sql }}
  )
{%- endmacro %}

{% macro trino__create_view_as(relation, sql) -%}
  {%- set security = config.get("view_security") -%}
  create or replace view {{ relation.render() }} {{ "security " ~ security if security }}
  as
    {{ sql }}
{%- endmacro %}

{% macro trino__drop_relation(relation) -%}
  {% call statement("drop_relation", auto_begin=false) -%}
    drop {{ "materialized view" if relation.is_materialized_view else relation.type or "table" }} if exists {{ relation.render() }}
  {%- endcall %}
{%- endmacro %}

{% macro trino__rename_relation(from_relation, to_relation) -%}
  {% call statement("rename_relation") -%}
    alter {{ from_relation.type or "table" }} {{ from_relation.render() }} rename to {{ to_relation.render() }}
  {%- endcall %}
{%- endmacro %}

{% macro trino__truncate_relation(relation) -%}
  {% call statement("truncate_relation") -%}
    delete from {{ relation.render() }}
  {%- endcall %}
{%- endmacro %}

{% macro trino__get_incremental_default_sql(arg_dict) %}
  {% if arg_dict["unique_key"] %}
    {% do return(get_incremental_merge_sql(arg_dict)) %}
  {% endif %}
  {% do return(get_incremental_append_sql(arg_dict)) %}
{% endmacro %}

{% macro trino_catalog_rows(information_schema, condition) -%}
  {% call statement("catalog", fetch_result=true) %}
    select t.table_catalog as table_database, t.table_schema, t.table_name, t.table_type, '' as table_comment,
      c.column_name, c.ordinal_position as column_index, c.data_type as column_type, '' as column_comment, '' as table_owner
    from {{ information_schema_name(information_schema.database) }}.tables t
    join {{ information_schema_name(information_schema.database) }}.columns c
      on c.table_schema = t.table_schema and c.table_name = t.table_name
    where ({{ condition }})
    order by 2, 3, 7
  {% endcall %}
  {{ return(load_result("catalog").table) }}
{%- endmacro %}

{% macro trino__get_catalog(information_schema, schemas) -%}
  {% set condition -%}
    {% for schema in schemas %}t.table_schema = '{{ schema | lower }}'{{ " or " if not loop.last }}{% endfor %}
  {%- endset %}
  {{ return(trino_catalog_rows(information_schema, condition)) }}
{%- endmacro %}

{% macro trino__get_catalog_relations(information_schema, relations) -%}
  {% set condition -%}
    {% for it in relations %}(t.table_schema = '{{ it.schema | lower }}' and t.table_name = '{{ it.identifier | lower }}'){{ " or " if not loop.last }}{% endfor %}
  {%- endset %}
  {{ return(trino_catalog_rows(information_schema, condition)) }}
{%- endmacro %}
