{% macro create_csv_table(model, agate_table) %}{{ return(adapter.dispatch("create_csv_table", "dbt")(model, agate_table)) }}{% endmacro %}

{# The columns' types are those of the config, else what the values look like. #}
{% macro default__create_csv_table(model, agate_table) %}
  {%- set types = model["config"].get("column_types", {}) -%}
  {%- set quote_columns = model["config"].get("quote_columns", none) -%}
  {% set sql %}
    create table {{ this.render() }} (
      {%- for name in agate_table.column_names %}
      {{ adapter.quote_seed_column(name, quote_columns) }} {{ types.get(name, adapter.convert_type(agate_table, loop.index0)) }}{{ ", " if not loop.last }}
      {%- endfor %}
    )
  {% endset %}
  {% call statement("_") -%}
    {{ sql }}
  {%- endcall %}
  {{ return(sql) }}
{% endmacro %}

{% macro reset_csv_table(model, full_refresh, old_relation, agate_table) %}{{ return(adapter.dispatch("reset_csv_table", "dbt")(model, full_refresh, old_relation, agate_table)) }}{% endmacro %}

{% macro default__reset_csv_table(model, full_refresh, old_relation, agate_table) %}
  {% if full_refresh %}
    {{ adapter.drop_relation(old_relation) }}
    {{ return(create_csv_table(model, agate_table)) }}
  {% endif %}
  {{ adapter.truncate_relation(old_relation) }}
  {{ return("truncate table " ~ old_relation.render()) }}
{% endmacro %}

{# What the run writes down as the seed's SQL. #}
{% macro get_csv_sql(create_or_truncate_sql, insert_sql) %}{{ return(adapter.dispatch("get_csv_sql", "dbt")(create_or_truncate_sql, insert_sql)) }}{% endmacro %}

{% macro default__get_csv_sql(create_or_truncate_sql, insert_sql) %}
  {{ create_or_truncate_sql }};
  -- dbt seed --
  {{ insert_sql }}
{% endmacro %}

{% macro get_binding_char() %}{{ return(adapter.dispatch("get_binding_char", "dbt")()) }}{% endmacro %}

{% macro default__get_binding_char() %}
  {{ return("%s") }}
{% endmacro %}

{% macro get_batch_size() %}{{ return(adapter.dispatch("get_batch_size", "dbt")()) }}{% endmacro %}

{% macro default__get_batch_size() %}
  {{ return(10000) }}
{% endmacro %}

{% macro get_seed_column_quoted_csv(model, column_names) %}
  {%- set quote_columns = model["config"].get("quote_columns", none) -%}
  {% set quoted = [] %}
  {% for name in column_names %}
    {% do quoted.append(adapter.quote_seed_column(name, quote_columns)) %}
  {% endfor %}
  {{ return(quoted | join(", ")) }}
{% endmacro %}

{% macro load_csv_rows(model, agate_table) %}{{ return(adapter.dispatch("load_csv_rows", "dbt")(model, agate_table)) }}{% endmacro %}

{# The adapter loads rows by the fastest way it has; the text is what would say the same. #}
{% macro default__load_csv_rows(model, agate_table) %}
  {%- set columns = [] -%}
  {%- for name in agate_table.column_names -%}
    {%- do columns.append(adapter.quote_seed_column(name, model.config.get('quote_columns'))) -%}
  {%- endfor -%}
  {% do adapter.insert_seed_rows(this.render(), agate_table, model.config.get('column_types') or {}, columns) %}
  {{ return('insert into ' ~ this.render() ~ ' (' ~ columns | join(', ') ~ ') values ...') }}
{% endmacro %}
