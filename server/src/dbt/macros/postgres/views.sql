{% macro postgres__drop_view(relation) -%}
  drop view if exists {{ relation.render() }} cascade
{%- endmacro %}

{% macro postgres__get_rename_view_sql(relation, new_name) -%}
  alter view {{ relation.render() }} rename to {{ new_name }}
{%- endmacro %}

{% macro postgres__get_replace_view_sql(relation, sql) -%}
  {%- set sql_header = config.get("sql_header", none) -%}
  {{ sql_header if sql_header is not none }}
  create or replace view {{ relation.render() }}
    {% if config.get("contract").enforced %}{{ get_assert_columns_equivalent(sql) }}{% endif %}
  as (
    {{ sql }}
  );
{%- endmacro %}
