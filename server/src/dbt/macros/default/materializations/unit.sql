{# Runs a model's query over given rows. The types of the expected rows are those of the query, learnt from an empty copy of it. #}
{% materialization unit, default %}
  {%- set expected_rows = config.get('expected_rows') -%}
  {%- set probe = make_temp_relation(this.incorporate(type='table')) -%}
  {% do run_query(get_create_table_as_sql(true, probe, get_empty_subquery_sql(sql))) %}
  {%- set types, quoted = {}, {} -%}
  {% for column in adapter.get_columns_in_relation(probe) %}
    {% do types.update({column.name | lower: column.data_type}) %}
    {% do quoted.update({column.name | lower: column.quoted}) %}
  {% endfor %}
  {%- set compared = [] -%}
  {% for name in (expected_rows[0] if expected_rows else get_columns_in_query(sql)) %}{% do compared.append(quoted[name | lower]) %}{% endfor %}
  {%- set expected_sql = config.get('expected_sql') or get_expected_sql(expected_rows, types, quoted) -%}

  {% call statement('main', fetch_result=true) %}{{ get_unit_test_sql(sql, expected_sql, compared) }}{% endcall %}
  {% do adapter.drop_relation(probe) %}
  {{ return({'relations': []}) }}
{% endmaterialization %}
