{# A copy of the relation that another environment built: a clone where the warehouse has them, else a view on it. #}
{%- materialization clone, default -%}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set other_existing_relation = load_cached_relation(defer_relation) -%}
  {%- if not defer_relation or other_existing_relation is none -%}
    {{ log("No relation found in state manifest for " ~ model.unique_id, info=true) }}
    {{ return({"relations": []}) }}
  {%- endif -%}
  {%- if existing_relation is not none and not flags.FULL_REFRESH -%}
    {{ log("Relation " ~ existing_relation ~ " already exists", info=true) }}
    {{ return({"relations": [existing_relation]}) }}
  {%- endif -%}
  {%- set target_relation = this.incorporate(type="view") -%}
  {{ drop_relation_if_exists(existing_relation) }}
  {% call statement("main") %}
    {{ get_create_view_as_sql(target_relation, "select * from " ~ defer_relation) }}
  {% endcall %}
  {{ adapter.commit() }}
  {{ return({"relations": [target_relation]}) }}
{%- endmaterialization -%}
