{% macro duckdb__create_schema(relation) -%}
  {%- call statement("create_schema") -%}
    create schema if not exists {{ relation.without_identifier() }}
  {%- endcall -%}
{% endmacro %}

{% macro duckdb__drop_schema(relation) -%}
  {%- call statement("drop_schema") -%}
    drop schema if exists {{ relation.without_identifier() }} cascade
  {%- endcall -%}
{% endmacro %}

{% macro duckdb__list_schemas(database) -%}
  {% call statement("list_schemas", fetch_result=true, auto_begin=false) %}
    select distinct schema_name
    from information_schema.schemata
    {% if database %}where lower(catalog_name) = lower('{{ database | replace('"', "") }}'){% endif %}
  {% endcall %}
  {{ return(load_result("list_schemas").table) }}
{% endmacro %}

{% macro duckdb__check_schema_exists(information_schema, schema) -%}
  {% call statement("check_schema_exists", fetch_result=true, auto_begin=false) %}
    select count(*)
    from information_schema.schemata
    where lower(schema_name) = lower('{{ schema }}')
      and lower(catalog_name) = lower('{{ information_schema.database }}')
  {% endcall %}
  {{ return(load_result("check_schema_exists").table) }}
{% endmacro %}

{# A temporary relation has no schema; DuckDB keeps it in a catalog of its own. #}
{% macro duckdb__get_columns_in_relation(relation) -%}
  {% call statement("get_columns_in_relation", fetch_result=true) %}
    select
      column_name,
      data_type,
      character_maximum_length,
      numeric_precision,
      numeric_scale
    from information_schema.columns
    where lower(table_name) = lower('{{ relation.identifier }}')
      {% if relation.schema -%}
      and lower(table_schema) = lower('{{ relation.schema }}')
      {%- else -%}
      and table_catalog = 'temp'
      {%- endif %}
      {% if relation.database -%}
      and lower(table_catalog) = lower('{{ relation.database }}')
      {%- endif %}
    order by ordinal_position
  {% endcall %}
  {{ return(sql_convert_columns_in_relation(load_result("get_columns_in_relation").table)) }}
{% endmacro %}

{% macro duckdb__list_relations_without_caching(schema_relation) %}
  {% call statement("list_relations_without_caching", fetch_result=true) -%}
    select
      '{{ schema_relation.database }}' as database,
      table_name as name,
      table_schema as schema,
      case table_type when 'BASE TABLE' then 'table' when 'VIEW' then 'view' when 'LOCAL TEMPORARY' then 'table' else lower(table_type) end as type
    from information_schema.tables
    where lower(table_schema) = lower('{{ schema_relation.schema }}')
      and lower(table_catalog) = lower('{{ schema_relation.database }}')
  {% endcall %}
  {{ return(load_result("list_relations_without_caching").table) }}
{% endmacro %}

{% macro duckdb__make_temp_relation(base_relation, suffix) %}
  {# A temporary table lives as long as its session, which builds more than one batch. #}
  {% set identifier = base_relation.identifier ~ suffix ~ run_started_at.strftime("%H%M%S%f") ~ (model.batch.id if model.batch else "") %}
  {{ return(base_relation.incorporate(path={"identifier": identifier, "schema": none, "database": none})) }}
{% endmacro %}

{% macro duckdb__make_intermediate_relation(base_relation, suffix) %}
  {{ return(base_relation.incorporate(path={"identifier": base_relation.identifier ~ suffix})) }}
{% endmacro %}

{% macro duckdb__create_table_as(temporary, relation, sql) -%}
  {%- set sql_header = config.get("sql_header", none) -%}
  {%- set contract = config.get("contract") -%}
  {{ sql_header if sql_header is not none }}
  create {{ "temporary " if temporary }}table {{ relation.render() }}
  {% if contract.enforced and not temporary -%}
    {{ get_assert_columns_equivalent(sql) }}
    {{ get_table_columns_and_constraints() }};
  insert into {{ relation.render() }} ({{ adapter.dispatch("get_column_names", "dbt")() }})
    {%- set sql = get_select_subquery(sql) %}
  {% else %}
  as
  {% endif %}
  (
    {{ sql }}
  );
{%- endmacro %}

{% macro duckdb__create_view_as(relation, sql) -%}
  {%- set sql_header = config.get("sql_header", none) -%}
  {{ sql_header if sql_header is not none }}
  create view {{ relation.render() }}
    {% if config.get("contract").enforced %}{{ get_assert_columns_equivalent(sql) }}{% endif %}
  as (
    {{ sql }}
  );
{%- endmacro %}

{% macro duckdb__rename_relation(from_relation, to_relation) -%}
  {% set kind = "view" if from_relation.type == "view" else "table" %}
  {% call statement("rename_relation") -%}
    alter {{ kind }} {{ from_relation.render() }} rename to {{ adapter.quote_as_configured(to_relation.identifier, "identifier") }}
  {%- endcall %}
{%- endmacro %}

{# DuckDB drops one kind of relation by its own statement only. #}
{% macro duckdb__drop_relation(relation) -%}
  {% call statement("drop_relation", auto_begin=false) -%}
    drop {{ relation.type or "table" }} if exists {{ relation.render() }} cascade
  {%- endcall %}
{%- endmacro %}

{% macro duckdb__truncate_relation(relation) -%}
  {% call statement("truncate_relation") -%}
    delete from {{ relation.render() }} where 1 = 1
  {%- endcall %}
{%- endmacro %}

{% macro duckdb__alter_column_type(relation, column_name, new_column_type) -%}
  {% call statement("alter_column_type") %}
    alter table {{ relation.render() }} alter column {{ adapter.quote(column_name) }} set data type {{ new_column_type }}
  {% endcall %}
{% endmacro %}

{# DuckDB changes one column in a statement. #}
{% macro duckdb__alter_relation_add_remove_columns(relation, add_columns, remove_columns) %}
  {% for column in add_columns or [] %}
    {% do run_query("alter table " ~ relation.render() ~ " add column " ~ adapter.quote(column.name) ~ " " ~ column.data_type) %}
  {% endfor %}
  {% for column in remove_columns or [] %}
    {% do run_query("alter table " ~ relation.render() ~ " drop column " ~ adapter.quote(column.name)) %}
  {% endfor %}
{% endmacro %}

{% macro duckdb_escape_comment(comment) -%}
  {% if comment is not string %}
    {% do exceptions.raise_compiler_error("cannot escape a non-string: " ~ comment) %}
  {% endif %}
  '{{ comment | replace("'", "''") }}'
{%- endmacro %}

{% macro duckdb__alter_relation_comment(relation, relation_comment) %}
  comment on {{ relation.type }} {{ relation.render() }} is {{ duckdb_escape_comment(relation_comment) }};
{% endmacro %}

{% macro duckdb__alter_column_comment(relation, column_dict) %}
  {% set existing = adapter.get_columns_in_relation(relation) | map(attribute="name") | list %}
  {% for name, column in validate_doc_columns(relation, column_dict, existing).items() %}
    comment on column {{ relation.render() }}.{{ adapter.quote(name) if column.get("quote") else name }} is {{ duckdb_escape_comment(column["description"]) }};
  {% endfor %}
{% endmacro %}

{# DuckDB has no users, so there is nothing to grant. #}
{% macro duckdb__apply_grants(relation, grant_config, should_revoke=true) %}
  {% if grant_config %}
    {{ log("Grants are ignored: DuckDB does not have users") }}
  {% endif %}
{% endmacro %}

{% macro duckdb__get_binding_char() %}
  {{ return("?") }}
{% endmacro %}

{% macro duckdb_catalog_rows(information_schema, condition) -%}
  {% call statement("catalog", fetch_result=true) %}
    select
      '{{ information_schema.database }}' as table_database,
      t.table_schema,
      t.table_name,
      t.table_type,
      t.TABLE_COMMENT as table_comment,
      c.column_name,
      c.ordinal_position as column_index,
      c.data_type as column_type,
      c.COLUMN_COMMENT as column_comment,
      '' as table_owner
    from information_schema.tables t
    join information_schema.columns c using (table_catalog, table_schema, table_name)
    where t.table_catalog = '{{ information_schema.database }}'
      and ({{ condition }})
    order by 2, 3, 7
  {% endcall %}
  {{ return(load_result("catalog").table) }}
{%- endmacro %}

{% macro duckdb__get_catalog(information_schema, schemas) -%}
  {% set condition -%}
    {% for schema in schemas %}upper(t.table_schema) = upper('{{ schema }}'){{ " or " if not loop.last }}{% endfor %}
  {%- endset %}
  {{ return(duckdb_catalog_rows(information_schema, condition)) }}
{%- endmacro %}

{% macro duckdb__get_catalog_relations(information_schema, relations) -%}
  {% set condition -%}
    {% for it in relations %}(lower(t.table_schema) = lower('{{ it.schema }}') and lower(t.table_name) = lower('{{ it.identifier }}')){{ " or " if not loop.last }}{% endfor %}
  {%- endset %}
  {{ return(duckdb_catalog_rows(information_schema, condition)) }}
{%- endmacro %}
