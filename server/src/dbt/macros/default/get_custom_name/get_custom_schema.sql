{# The schema of a node: the target's own, or that and the custom one joined by an underscore. #}
{% macro generate_schema_name(custom_schema_name=none, node=none) -%}
  {{ return(adapter.dispatch("generate_schema_name", "dbt")(custom_schema_name, node)) }}
{%- endmacro %}

{% macro default__generate_schema_name(custom_schema_name, node) -%}
  {%- if custom_schema_name is none -%}
    {{ target.schema }}
  {%- else -%}
    {{ target.schema }}_{{ custom_schema_name | trim }}
  {%- endif -%}
{%- endmacro %}

{# An alternative to call from one's own generate_schema_name: custom schemas count in the target `prod` alone. #}
{% macro generate_schema_name_for_env(custom_schema_name, node) -%}
  {%- if target.name == "prod" and custom_schema_name is not none -%}
    {{ custom_schema_name | trim }}
  {%- else -%}
    {{ target.schema }}
  {%- endif -%}
{%- endmacro %}
