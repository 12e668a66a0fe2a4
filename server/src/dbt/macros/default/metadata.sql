{% macro information_schema_name(database) %}{{ return(adapter.dispatch("information_schema_name", "dbt")(database)) }}{% endmacro %}

{% macro default__information_schema_name(database) -%}
  {%- if database -%}
    {{ database }}.INFORMATION_SCHEMA
  {%- else -%}
    INFORMATION_SCHEMA
  {%- endif -%}
{%- endmacro %}

{% macro list_schemas(database) %}{{ return(adapter.dispatch("list_schemas", "dbt")(database)) }}{% endmacro %}

{% macro default__list_schemas(database) -%}
  {{ return(run_query("select distinct schema_name from " ~ information_schema_name(database) ~ ".schemata where catalog_name ilike '" ~ database ~ "'")) }}
{% endmacro %}

{% macro check_schema_exists(information_schema, schema) %}{{ return(adapter.dispatch("check_schema_exists", "dbt")(information_schema, schema)) }}{% endmacro %}

{% macro default__check_schema_exists(information_schema, schema) -%}
  {{ return(run_query("select count(*) from " ~ information_schema.replace(information_schema_view="SCHEMATA") ~ " where catalog_name = '" ~ information_schema.database ~ "' and schema_name = '" ~ schema ~ "'")) }}
{% endmacro %}

{# Rows of (database, name, schema, type) for the relations of a schema. #}
{% macro list_relations_without_caching(schema_relation) %}{{ return(adapter.dispatch("list_relations_without_caching", "dbt")(schema_relation)) }}{% endmacro %}

{% macro default__list_relations_without_caching(schema_relation) %}
  {{ exceptions.raise_not_implemented("list_relations_without_caching macro not implemented for adapter " ~ adapter.type()) }}
{% endmacro %}

{% macro get_catalog(information_schema, schemas) %}{{ return(adapter.dispatch("get_catalog", "dbt")(information_schema, schemas)) }}{% endmacro %}

{# The same rows, of these relations of one database alone. #}
{% macro get_catalog_relations(information_schema, relations) %}{{ return(adapter.dispatch("get_catalog_relations", "dbt")(information_schema, relations)) }}{% endmacro %}

{% macro default__get_catalog_relations(information_schema, relations) -%}
  {{ exceptions.raise_not_implemented("get_catalog_relations not implemented for " ~ adapter.type()) }}
{% endmacro %}

{% macro default__get_catalog(information_schema, schemas) -%}
  {{ exceptions.raise_not_implemented("get_catalog not implemented for " ~ adapter.type()) }}
{% endmacro %}
