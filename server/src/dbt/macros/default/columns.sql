{% macro get_columns_in_relation(relation) %}{{ return(adapter.dispatch("get_columns_in_relation", "dbt")(relation)) }}{% endmacro %}

{% macro default__get_columns_in_relation(relation) -%}
  {{ exceptions.raise_not_implemented("get_columns_in_relation macro not implemented for adapter " ~ adapter.type()) }}
{% endmacro %}

{# Rows of (name, type, character size, precision, scale) as columns. #}
{% macro sql_convert_columns_in_relation(table) -%}
  {% set columns = [] %}
  {% for row in table %}
    {% do columns.append(api.Column(*row)) %}
  {% endfor %}
  {{ return(columns) }}
{% endmacro %}

{# A query with the columns of another and no rows. #}
{% macro get_empty_subquery_sql(select_sql, select_sql_header=none) %}{{ return(adapter.dispatch("get_empty_subquery_sql", "dbt")(select_sql, select_sql_header)) }}{% endmacro %}

{% macro default__get_empty_subquery_sql(select_sql, select_sql_header=none) -%}
    {%- if select_sql_header is not none -%}
    {{ select_sql_header }}
    {%- endif -%}
    select * from (
        {{ select_sql }}
    ) as __dbt_sbq
    where false
    limit 0
{% endmacro %}

{# A query of no rows with the columns and types that YAML declares. #}
{% macro get_empty_schema_sql(columns) %}{{ return(adapter.dispatch("get_empty_schema_sql", "dbt")(columns)) }}{% endmacro %}

{% macro default__get_empty_schema_sql(columns) %}
  {%- set selected = [] -%}
  {%- for column in columns.values() -%}
    {%- if column.data_type is not defined or column.data_type is none -%}
      {{ exceptions.column_type_missing(column_names=[column.name]) }}
    {%- endif -%}
    {%- set name = adapter.quote(column.name) if column.get("quote") else column.name -%}
    {%- do selected.append("cast(null as " ~ column.data_type ~ ") as " ~ name) -%}
  {%- endfor -%}
  select {{ selected | join(", ") }}
{% endmacro %}

{# The columns of a query, with the types of its driver. #}
{% macro get_column_schema_from_query(select_sql, select_sql_header=none) -%}
  {{ return(adapter.get_column_schema_from_query(get_empty_subquery_sql(select_sql, select_sql_header))) }}
{% endmacro %}

{# The names of a query's columns. #}
{% macro get_columns_in_query(select_sql) %}{{ return(adapter.dispatch("get_columns_in_query", "dbt")(select_sql)) }}{% endmacro %}

{% macro default__get_columns_in_query(select_sql) %}
  {% call statement("get_columns_in_query", fetch_result=true, auto_begin=false) -%}
    {{ get_empty_subquery_sql(select_sql) }}
  {% endcall %}
  {{ return(load_result("get_columns_in_query").table.columns | map(attribute="name") | list) }}
{% endmacro %}

{% macro alter_column_type(relation, column_name, new_column_type) %}{{ return(adapter.dispatch("alter_column_type", "dbt")(relation, column_name, new_column_type)) }}{% endmacro %}

{# Not every warehouse can change a type in place: a new column takes the values and then the name. #}
{% macro default__alter_column_type(relation, column_name, new_column_type) -%}
  {%- set old = adapter.quote(column_name) -%}
  {%- set interim = adapter.quote(column_name ~ "__dbt_alter") -%}
  {% call statement("alter_column_type") %}
    alter table {{ relation.render() }} add column {{ interim }} {{ new_column_type }};
    update {{ relation.render() }} set {{ interim }} = {{ old }};
    alter table {{ relation.render() }} drop column {{ old }} cascade;
    alter table {{ relation.render() }} rename column {{ interim }} to {{ old }}
  {% endcall %}
{% endmacro %}

{% macro alter_relation_add_remove_columns(relation, add_columns=none, remove_columns=none) %}{{ return(adapter.dispatch("alter_relation_add_remove_columns", "dbt")(relation, add_columns, remove_columns)) }}{% endmacro %}

{% macro default__alter_relation_add_remove_columns(relation, add_columns, remove_columns) %}
  {% set changes = [] %}
  {% for column in add_columns or [] %}
    {% do changes.append("add column " ~ column.quoted ~ " " ~ column.data_type) %}
  {% endfor %}
  {% for column in remove_columns or [] %}
    {% do changes.append("drop column " ~ column.quoted) %}
  {% endfor %}
  {% if changes %}
    {% do run_query("alter " ~ relation.type ~ " " ~ relation.render() ~ " " ~ changes | join(", ")) %}
  {% endif %}
{% endmacro %}
