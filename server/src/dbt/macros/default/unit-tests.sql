{# The given rows of a unit test as a query, with the columns and types of the relation that they stand for. #}
{% macro get_fixture_sql(rows, column_name_to_data_types) %}
  {%- set types, quoted = column_name_to_data_types or {}, {} -%}
  {%- set relation = none if types else (defer_relation or load_relation(this)) -%}
  {%- for column in (adapter.get_columns_in_relation(relation) if relation else []) -%}
    {%- do types.update({column.name | lower: column.data_type}) -%}
    {%- do quoted.update({column.name | lower: column.quoted}) -%}
  {%- endfor -%}
  {%- if not types -%}
    {{ exceptions.raise_compiler_error("Not able to get columns for unit test '" ~ model.name ~ "' from relation " ~ this ~ " because the relation doesn't exist") }}
  {%- endif -%}
  {%- set absent = {} -%}
  {%- for name, type in types.items() -%}{%- do absent.update({name: safe_cast('null', type) | trim}) -%}{%- endfor -%}
  {%- set selects = [] -%}
  {%- for row in rows or [] -%}
    {%- do selects.append(select_of_row(dict(absent, **format_row(row, types)), quoted)) -%}
  {%- endfor -%}
  -- Fixture for {{ model.name }}
  {{ selects | join(' union all ') if selects else select_of_row(absent, quoted) ~ ' limit 0' }}
{% endmacro %}

{# The expected rows as a query, with the types of the model's own columns. #}
{% macro get_expected_sql(rows, column_name_to_data_types, column_name_to_quoted) %}
  {%- set selects = [] -%}
  {%- for row in rows or [] -%}
    {%- do selects.append(select_of_row(format_row(row, column_name_to_data_types), column_name_to_quoted)) -%}
  {%- endfor -%}
  {{ selects | join(' union all ') if selects else 'select * from dbt_internal_unit_test_actual limit 0' }}
{% endmacro %}

{% macro select_of_row(values, quoted) -%}
  select {% for name, value in values.items() %}{{ value }} as {{ quoted[name] }}{{ ', ' if not loop.last }}{% endfor %}
{%- endmacro %}

{# A row's values as casts to the types of their columns. #}
{% macro format_row(row, column_name_to_data_types) %}
  {%- set formatted = {} -%}
  {%- for name, value in row.items() -%}
    {%- set type = column_name_to_data_types.get(name | lower) -%}
    {%- if type is none -%}
      {%- set fixture = 'expected output' if model.resource_type == 'unit_test' else "'" ~ model.name ~ "'" -%}
      {{ exceptions.raise_compiler_error("Invalid column name: '" ~ name ~ "' in unit test fixture for " ~ fixture ~ '.\nAccepted columns for ' ~ fixture ~ ' are: ' ~ (column_name_to_data_types | list)) }}
    {%- endif -%}
    {%- if value is none -%}{%- set literal = 'null' -%}
    {%- elif value is number or value is boolean -%}{%- set literal = value -%}
    {%- else -%}{%- set literal = dbt.string_literal(dbt.escape_single_quotes(value | string)) -%}
    {%- endif -%}
    {%- do formatted.update({name | lower: safe_cast(literal, type)}) -%}
  {%- endfor -%}
  {{ return(formatted) }}
{% endmacro %}
