{# Python models need an interpreter that Sluice does not have. #}
{% macro py_script_postfix(model) %}
  {{ exceptions.raise_compiler_error("Python models are not supported: " ~ model.name ~ " is written in Python") }}
{% endmacro %}
