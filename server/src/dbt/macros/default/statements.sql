{# Runs what its call block renders; with a name, load_result finds the answer by it. `main` is what a build is known by. #}
{% macro statement(name=none, fetch_result=false, auto_begin=true, language='sql') -%}
  {%- if execute -%}
    {%- set code = caller() -%}
    {%- if language == 'python' %}{% do submit_python_job(model, code) %}{% endif -%}
    {%- if name == 'main' %}{% do write(code) %}{% endif -%}
    {%- set response, table = adapter.execute(code, auto_begin=auto_begin, fetch=fetch_result) -%}
    {%- if name is not none %}{% do store_result(name, response=response, agate_table=table) %}{% endif -%}
  {%- endif -%}
{%- endmacro %}

{# Keeps an answer that no statement gave, for materializations that have nothing to run. #}
{% macro noop_statement(name=none, message=none, code=none, rows_affected=none, res=none) %}
  {% if name is not none %}
    {% do store_raw_result(name, message=message, code=code, rows_affected=rows_affected, agate_table=res) %}
  {% endif %}
{% endmacro %}

{# The rows of a query as a table; none while parsing. #}
{% macro run_query(sql) %}
  {% call statement('run_query_statement', fetch_result=true, auto_begin=false) %}{{ sql }}{% endcall %}
  {{ return(load_result('run_query_statement').table) }}
{% endmacro %}
