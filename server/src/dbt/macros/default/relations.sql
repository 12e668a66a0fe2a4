{# The relation that a build writes to before it takes the place of the old one. #}
{% macro make_intermediate_relation(base_relation, suffix="__dbt_tmp") %}{{ return(adapter.dispatch("make_intermediate_relation", "dbt")(base_relation, suffix)) }}{% endmacro %}

{% macro default__make_intermediate_relation(base_relation, suffix) %}
  {{ return(default__make_temp_relation(base_relation, suffix)) }}
{% endmacro %}

{# The relation that holds the new rows of one incremental run. #}
{% macro make_temp_relation(base_relation, suffix="__dbt_tmp") %}{{ return(adapter.dispatch("make_temp_relation", "dbt")(base_relation, suffix)) }}{% endmacro %}

{% macro default__make_temp_relation(base_relation, suffix) %}
  {{ return(base_relation.incorporate(path={"identifier": base_relation.identifier ~ suffix})) }}
{% endmacro %}

{# Where the old relation waits until the new one stands. #}
{% macro make_backup_relation(base_relation, backup_relation_type, suffix="__dbt_backup") %}{{ return(adapter.dispatch("make_backup_relation", "dbt")(base_relation, backup_relation_type, suffix)) }}{% endmacro %}

{% macro default__make_backup_relation(base_relation, backup_relation_type, suffix) %}
  {% set renamed = base_relation.incorporate(path={"identifier": base_relation.identifier ~ suffix}, type=backup_relation_type) %}
  {{ return(renamed) }}
{% endmacro %}

{% macro truncate_relation(relation) %}{{ return(adapter.dispatch("truncate_relation", "dbt")(relation)) }}{% endmacro %}

{% macro default__truncate_relation(relation) -%}
  {% call statement("truncate_relation") -%}
    truncate table {{ relation.render() }}
  {%- endcall %}
{%- endmacro %}

{# Whether a relation is there, and one to stand for it: the pair that custom materializations start with. #}
{% macro get_or_create_relation(database, schema, identifier, type) %}{{ return(adapter.dispatch("get_or_create_relation", "dbt")(database, schema, identifier, type)) }}{% endmacro %}

{% macro default__get_or_create_relation(database, schema, identifier, type) %}
  {% set found = adapter.get_relation(database=database, schema=schema, identifier=identifier) %}
  {% if found %}
    {% do return([true, found]) %}
  {% endif %}
  {% do return([false, api.Relation.create(database=database, schema=schema, identifier=identifier, type=type)]) %}
{% endmacro %}

{% macro load_cached_relation(relation) %}
  {% do return(adapter.get_relation(database=relation.database, schema=relation.schema, identifier=relation.identifier)) %}
{% endmacro %}

{# The older name of load_cached_relation. #}
{% macro load_relation(relation) %}
  {{ return(load_cached_relation(relation)) }}
{% endmacro %}
