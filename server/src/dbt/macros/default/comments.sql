{% macro alter_column_comment(relation, column_dict) %}{{ return(adapter.dispatch("alter_column_comment", "dbt")(relation, column_dict)) }}{% endmacro %}

{% macro default__alter_column_comment(relation, column_dict) -%}
  {{ exceptions.raise_not_implemented("alter_column_comment macro not implemented for adapter " ~ adapter.type()) }}
{% endmacro %}

{% macro alter_relation_comment(relation, relation_comment) %}{{ return(adapter.dispatch("alter_relation_comment", "dbt")(relation, relation_comment)) }}{% endmacro %}

{% macro default__alter_relation_comment(relation, relation_comment) -%}
  {{ exceptions.raise_not_implemented("alter_relation_comment macro not implemented for adapter " ~ adapter.type()) }}
{% endmacro %}

{# Writes descriptions into the warehouse, as `persist_docs` asks for the relation, its columns or both. #}
{% macro persist_docs(relation, model, for_relation=true, for_columns=true) %}{{ return(adapter.dispatch("persist_docs", "dbt")(relation, model, for_relation, for_columns)) }}{% endmacro %}

{% macro default__persist_docs(relation, model, for_relation, for_columns) -%}
  {% if for_relation and config.persist_relation_docs() and model.description %}
    {% do run_query(alter_relation_comment(relation, model.description)) %}
  {% endif %}
  {% if for_columns and config.persist_column_docs() and model.columns %}
    {% set comments = alter_column_comment(relation, model.columns) %}
    {% if comments and comments | trim %}
      {% do run_query(comments) %}
    {% endif %}
  {% endif %}
{% endmacro %}

{# The declared columns that the relation has; a warning for the others. #}
{% macro validate_doc_columns(relation, column_dict, existing_column_names) %}
  {% set present = {} %}
  {% set absent = [] %}
  {% for name in column_dict %}
    {% if name in existing_column_names or name | lower in existing_column_names | map("lower") | list %}
      {% do present.update({name: column_dict[name]}) %}
    {% else %}
      {% do absent.append(name) %}
    {% endif %}
  {% endfor %}
  {% if absent %}
    {% do exceptions.warn("In relation " ~ relation.render() ~ ": The following columns are specified in the schema but are not present in the database: " ~ absent | join(", ")) %}
  {% endif %}
  {{ return(present) }}
{% endmacro %}
