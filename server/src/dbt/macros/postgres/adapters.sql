{# A table, by its query or with the columns of its contract. #}
{% macro postgres__create_table_as(temporary, relation, sql) -%}
  {%- set unlogged = config.get("unlogged", default=false) -%}
  {%- set sql_header = config.get("sql_header", none) -%}
  {%- set contract = config.get("contract") -%}
  {{ sql_header if sql_header is not none }}
  create {% if temporary -%}
    temporary
  {%- elif unlogged -%}
    unlogged
  {%- endif %} table {{ relation.render() }}
  {% if contract.enforced -%}
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

{% macro postgres__get_create_index_sql(relation, index_dict) -%}
  {%- set index = adapter.parse_index(index_dict) -%}
  {%- if index -%}
  create {{ "unique" if index.unique }} index if not exists "{{ index.render(relation) }}"
  on {{ relation.render() }} {{ "using " ~ index.type if index.type }} ({{ index.columns | join(", ") }})
  {%- endif -%}
{%- endmacro %}

{% macro postgres__get_show_indexes_sql(relation) %}
  select
    i.relname as name,
    m.amname as method,
    ix.indisunique as "unique",
    array_to_string(array_agg(a.attname order by array_position(ix.indkey::int2[], a.attnum)), ',') as column_names
  from pg_index ix
  join pg_class i on i.oid = ix.indexrelid
  join pg_am m on m.oid = i.relam
  join pg_class t on t.oid = ix.indrelid
  join pg_namespace n on n.oid = t.relnamespace
  join pg_attribute a on a.attrelid = t.oid and a.attnum = any(ix.indkey)
  where t.relname = '{{ relation.identifier }}' and n.nspname = '{{ relation.schema }}' and t.relkind in ('r', 'm')
  group by 1, 2, 3
  order by 1, 2, 3
{% endmacro %}

{% macro postgres__get_drop_index_sql(relation, index_name) -%}
  drop index if exists "{{ relation.schema }}"."{{ index_name }}"
{%- endmacro %}

{% macro postgres__create_schema(relation) -%}
  {% if relation.database -%}
    {{ adapter.verify_database(relation.database) }}
  {%- endif -%}
  {%- call statement("create_schema") -%}
    create schema if not exists {{ relation.without_identifier().include(database=false) }}
  {%- endcall -%}
{% endmacro %}

{% macro postgres__drop_schema(relation) -%}
  {% if relation.database -%}
    {{ adapter.verify_database(relation.database) }}
  {%- endif -%}
  {%- call statement("drop_schema") -%}
    drop schema if exists {{ relation.without_identifier().include(database=false) }} cascade
  {%- endcall -%}
{% endmacro %}

{% macro postgres__get_columns_in_relation(relation) -%}
  {% call statement("get_columns_in_relation", fetch_result=true) %}
    select
      column_name,
      data_type,
      character_maximum_length,
      numeric_precision,
      numeric_scale
    from {{ relation.information_schema("columns") }}
    where table_name = '{{ relation.identifier }}'
      {% if relation.schema -%}
      and table_schema = '{{ relation.schema }}'
      {%- endif %}
    order by ordinal_position
  {% endcall %}
  {{ return(sql_convert_columns_in_relation(load_result("get_columns_in_relation").table)) }}
{% endmacro %}

{% macro postgres__list_relations_without_caching(schema_relation) %}
  {% call statement("list_relations_without_caching", fetch_result=true) -%}
    select '{{ schema_relation.database }}' as database, tablename as name, schemaname as schema, 'table' as type
    from pg_tables
    where schemaname ilike '{{ schema_relation.schema }}'
    union all
    select '{{ schema_relation.database }}', viewname, schemaname, 'view'
    from pg_views
    where schemaname ilike '{{ schema_relation.schema }}'
    union all
    select '{{ schema_relation.database }}', matviewname, schemaname, 'materialized_view'
    from pg_matviews
    where schemaname ilike '{{ schema_relation.schema }}'
  {% endcall %}
  {{ return(load_result("list_relations_without_caching").table) }}
{% endmacro %}

{% macro postgres__information_schema_name(database) -%}
  {% if database -%}
    {{ adapter.verify_database(database) }}
  {%- endif -%}
  information_schema
{%- endmacro %}

{% macro postgres__list_schemas(database) %}
  {% if database -%}
    {{ adapter.verify_database(database) }}
  {%- endif -%}
  {% call statement("list_schemas", fetch_result=true, auto_begin=false) %}
    select distinct nspname from pg_namespace
  {% endcall %}
  {{ return(load_result("list_schemas").table) }}
{% endmacro %}

{% macro postgres__check_schema_exists(information_schema, schema) -%}
  {% call statement("check_schema_exists", fetch_result=true, auto_begin=false) %}
    select count(*) from pg_namespace where nspname = '{{ schema }}'
  {% endcall %}
  {{ return(load_result("check_schema_exists").table) }}
{% endmacro %}

{# Names of helper relations keep within the length that Postgres allows. #}
{% macro postgres__make_relation_with_suffix(base_relation, suffix, dstring) %}
  {% if dstring %}
    {# A temporary table lives as long as its session, which builds more than one batch. #}
    {% set suffix = suffix ~ run_started_at.strftime("%H%M%S%f") ~ (model.batch.id if model.batch else "") %}
  {% endif %}
  {% set room = base_relation.relation_max_name_length() - suffix | length %}
  {{ return(base_relation.incorporate(path={"identifier": base_relation.identifier[:room] ~ suffix})) }}
{% endmacro %}

{% macro postgres__make_intermediate_relation(base_relation, suffix) %}
  {{ return(postgres__make_relation_with_suffix(base_relation, suffix, dstring=false)) }}
{% endmacro %}

{# A temporary table has no schema of its own. #}
{% macro postgres__make_temp_relation(base_relation, suffix) %}
  {% set temp_relation = postgres__make_relation_with_suffix(base_relation, suffix, dstring=true) %}
  {{ return(temp_relation.incorporate(path={"schema": none, "database": none})) }}
{% endmacro %}

{% macro postgres__make_backup_relation(base_relation, backup_relation_type, suffix) %}
  {{ return(postgres__make_relation_with_suffix(base_relation, suffix, dstring=false).incorporate(type=backup_relation_type)) }}
{% endmacro %}

{# A quote of the comment that no text in it can end. #}
{% macro postgres_escape_comment(comment) -%}
  {% if comment is not string %}
    {% do exceptions.raise_compiler_error("cannot escape a non-string: " ~ comment) %}
  {% endif %}
  {%- set delimiter = "$dbt_comment_literal_block$" -%}
  {%- if delimiter in comment -%}
    {%- do exceptions.raise_compiler_error("The string " ~ delimiter ~ " is not allowed in comments.") -%}
  {%- endif -%}
  {{ delimiter }}{{ comment }}{{ delimiter }}
{%- endmacro %}

{% macro postgres__alter_relation_comment(relation, comment) %}
  {% set kind = "materialized view" if relation.type == "materialized_view" else relation.type %}
  comment on {{ kind }} {{ relation.render() }} is {{ postgres_escape_comment(comment) }}
{% endmacro %}

{% macro postgres__alter_column_comment(relation, column_dict) %}
  {% set existing = adapter.get_columns_in_relation(relation) | map(attribute="name") | list %}
  {% for name, column in validate_doc_columns(relation, column_dict, existing).items() %}
    comment on column {{ relation.render() }}.{{ adapter.quote(name) if column.get("quote") else name }} is {{ postgres_escape_comment(column["description"]) }};
  {% endfor %}
{% endmacro %}

{% macro postgres__get_show_grant_sql(relation) %}
  select grantee, privilege_type
  from {{ relation.information_schema("role_table_grants") }}
  where grantor = current_role
    and grantee != current_role
    and table_schema = '{{ relation.schema }}'
    and table_name = '{{ relation.identifier }}'
{% endmacro %}

{# Grants belong to the relation, and a rebuilt relation has none. #}
{% macro postgres__copy_grants() %}
  {{ return(false) }}
{% endmacro %}

{% macro postgres_catalog_rows(information_schema, condition) -%}
  {% call statement("catalog", fetch_result=true) %}
    select
      '{{ information_schema.database }}' as table_database,
      n.nspname as table_schema,
      c.relname as table_name,
      case c.relkind when 'v' then 'VIEW' when 'm' then 'MATERIALIZED VIEW' else 'BASE TABLE' end as table_type,
      td.description as table_comment,
      a.attname as column_name,
      a.attnum as column_index,
      pg_catalog.format_type(a.atttypid, a.atttypmod) as column_type,
      cd.description as column_comment,
      pg_get_userbyid(c.relowner) as table_owner
    from pg_namespace n
    join pg_class c on c.relnamespace = n.oid
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_description td on td.objoid = c.oid and td.objsubid = 0
    left join pg_description cd on cd.objoid = c.oid and cd.objsubid = a.attnum
    where c.relkind in ('r', 'v', 'm', 'f', 'p')
      and ({{ condition }})
    order by 2, 3, 7
  {% endcall %}
  {{ return(load_result("catalog").table) }}
{%- endmacro %}

{% macro postgres__get_catalog(information_schema, schemas) -%}
  {% set condition -%}
    {% for schema in schemas %}upper(n.nspname) = upper('{{ schema }}'){{ " or " if not loop.last }}{% endfor %}
  {%- endset %}
  {{ return(postgres_catalog_rows(information_schema, condition)) }}
{%- endmacro %}

{% macro postgres__get_catalog_relations(information_schema, relations) -%}
  {% set condition -%}
    {% for it in relations %}(upper(n.nspname) = upper('{{ it.schema }}') and upper(c.relname) = upper('{{ it.identifier }}')){{ " or " if not loop.last }}{% endfor %}
  {%- endset %}
  {{ return(postgres_catalog_rows(information_schema, condition)) }}
{%- endmacro %}
