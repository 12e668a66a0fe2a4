{# The names of dbt's own columns, as the config renames them. #}
{% macro get_snapshot_table_column_names() %}
  {% set renamed = config.get('snapshot_meta_column_names') or {} %}
  {% set names = {} %}
  {% for name in ['dbt_valid_to', 'dbt_valid_from', 'dbt_scd_id', 'dbt_updated_at', 'dbt_is_deleted'] %}
    {% do names.update({name: renamed.get(name) or name}) %}
  {% endfor %}
  {{ return(names) }}
{% endmacro %}

{# The end of a version that is still valid: null, or what the config puts there; typed by the time it is compared with. #}
{% macro get_dbt_valid_to_current(strategy, columns) -%}
  coalesce(nullif({{ strategy.updated_at }}, {{ strategy.updated_at }}), {{ config.get('dbt_valid_to_current') or 'null' }}) as {{ columns.dbt_valid_to }}
{%- endmacro %}

{# Whether a version is still valid. #}
{% macro snapshot_is_open(valid_to) -%}
  {%- set open_end = config.get('dbt_valid_to_current') -%}
  {{ '(' ~ valid_to ~ ' = ' ~ open_end ~ ' or ' ~ valid_to ~ ' is null)' if open_end else valid_to ~ ' is null' }}
{%- endmacro %}

{# The names under which both sides of the comparison carry the unique key. #}
{% macro snapshot_key_columns(strategy) %}
  {% if strategy.unique_key is string %}{{ return(['dbt_unique_key']) }}{% endif %}
  {% set names = [] %}
  {% for key in strategy.unique_key %}{% do names.append('dbt_unique_key_' ~ loop.index) %}{% endfor %}
  {{ return(names) }}
{% endmacro %}

{% macro unique_key_fields(unique_key) -%}
  {%- if unique_key is string -%}{{ unique_key }} as dbt_unique_key
  {%- else -%}
    {%- for key in unique_key -%}{{ key }} as dbt_unique_key_{{ loop.index }}{{ ', ' if not loop.last }}{%- endfor -%}
  {%- endif -%}
{%- endmacro %}

{% macro unique_key_join_on(unique_key, identifier, from_identifier) -%}
  {%- for name in snapshot_key_columns({'unique_key': unique_key}) -%}
    {{ identifier }}.{{ name }} = {{ from_identifier }}.{{ name }}{{ ' and ' if not loop.last }}
  {%- endfor -%}
{%- endmacro %}

{% macro unique_key_is_null(unique_key, identifier) -%}
  {{ identifier }}.{{ snapshot_key_columns({'unique_key': unique_key})[0] }} is null
{%- endmacro %}

{% macro unique_key_is_not_null(unique_key, identifier) -%}
  {{ identifier }}.{{ snapshot_key_columns({'unique_key': unique_key})[0] }} is not null
{%- endmacro %}
