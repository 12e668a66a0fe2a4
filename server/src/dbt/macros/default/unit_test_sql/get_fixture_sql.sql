{# The given rows of a unit test as a query with the types of the relation they stand for. #}
{% macro get_fixture_sql(rows, column_name_to_data_types) %}
{% set default_row = {} %}

{%- if not column_name_to_data_types -%}
  {%- set relation_for_columns = defer_relation or load_relation(this) -%}
  {%- if relation_for_columns -%}
    {%- set column_name_to_data_types = {} -%}
    {%- set column_name_to_quoted = {} -%}
    {%- for column in adapter.get_columns_in_relation(relation_for_columns) -%}
      {%- do column_name_to_data_types.update({column.name | lower: column.str_type if column.data_type is none else column.data_type}) -%}
      {%- do column_name_to_quoted.update({column.name | lower: column.quoted}) -%}
    {%- endfor -%}
  {%- endif -%}
{%- endif -%}

{%- if not column_name_to_data_types -%}
  {{ exceptions.raise_compiler_error("Not able to get columns for unit test '" ~ model.name ~ "' from relation " ~ this ~ " because the relation doesn't exist") }}
{%- endif -%}

{%- for column_name in column_name_to_data_types -%}
  {%- do default_row.update({column_name: safe_cast("null", column_name_to_data_types[column_name]) | trim}) -%}
{%- endfor -%}

{%- for row in rows -%}
  {%- set formatted_row = format_row(row, column_name_to_data_types) -%}
  {%- set default_row_copy = default_row.copy() -%}
  {%- do default_row_copy.update(formatted_row) %}
select {% for column_name, column_value in default_row_copy.items() -%}
  {{ column_value }} as {{ column_name_to_quoted[column_name] }}{{ ", " if not loop.last }}
{%- endfor -%}
  {{ "\nunion all" if not loop.last }}
{%- endfor -%}

{%- if not rows %}
select {% for column_name, column_value in default_row.items() -%}
  {{ column_value }} as {{ column_name_to_quoted[column_name] }}{{ ", " if not loop.last }}
{%- endfor %}
    limit 0
{%- endif -%}
{% endmacro %}

{# The expected rows of a unit test as a query with the types of the model's own columns. #}
{% macro get_expected_sql(rows, column_name_to_data_types, column_name_to_quoted) %}
{%- if not rows -%}
    select * from dbt_internal_unit_test_actual
    limit 0
{%- endif -%}
{%- for row in rows -%}
  {%- set formatted_row = format_row(row, column_name_to_data_types) %}
select {% for column_name, column_value in formatted_row.items() -%}
  {{ column_value }} as {{ column_name_to_quoted[column_name] }}{{ ", " if not loop.last }}
{%- endfor -%}
  {{ "\nunion all" if not loop.last }}
{%- endfor -%}
{% endmacro %}

{# A row's values as casts to the types of their columns. #}
{%- macro format_row(row, column_name_to_data_types) -%}
  {%- set formatted_row = {} -%}
  {%- for name, value in row.items() -%}
    {%- set column_name = name | lower -%}
    {%- if column_name not in column_name_to_data_types -%}
      {%- set fixture_name = "expected output" if model.resource_type == "unit_test" else ("'" ~ model.name ~ "'") -%}
      {{ exceptions.raise_compiler_error("Invalid column name: '" ~ name ~ "' in unit test fixture for " ~ fixture_name ~ ".\nAccepted columns for " ~ fixture_name ~ " are: " ~ (column_name_to_data_types.keys() | list)) }}
    {%- endif -%}
    {%- set column_type = column_name_to_data_types[column_name] -%}
    {%- if value is string -%}
      {%- set written = string_literal(escape_single_quotes(value)) -%}
    {%- elif value is none -%}
      {%- set written = "null" -%}
    {%- elif value is number or value is boolean -%}
      {%- set written = value -%}
    {%- else -%}
      {%- set written = string_literal(value) -%}
    {%- endif -%}
    {%- do formatted_row.update({column_name: safe_cast(written, column_type)}) -%}
  {%- endfor -%}
  {{ return(formatted_row) }}
{%- endmacro -%}
