{# Whether a rebuilt relation keeps the grants of the one it replaces. #}
{% macro copy_grants() %}{{ return(adapter.dispatch("copy_grants", "dbt")()) }}{% endmacro %}

{% macro default__copy_grants() %}
  {{ return(true) }}
{% endmacro %}

{% macro support_multiple_grantees_per_dcl_statement() %}{{ return(adapter.dispatch("support_multiple_grantees_per_dcl_statement", "dbt")()) }}{% endmacro %}

{% macro default__support_multiple_grantees_per_dcl_statement() -%}
  {{ return(true) }}
{% endmacro %}

{# Old grants can be left over only where the relation stayed, or where a new one inherits them. #}
{% macro should_revoke(existing_relation, full_refresh_mode=true) %}
  {% if not existing_relation %}
    {{ return(false) }}
  {% elif full_refresh_mode %}
    {{ return(copy_grants()) }}
  {% endif %}
  {{ return(true) }}
{% endmacro %}

{% macro get_show_grant_sql(relation) %}{{ return(adapter.dispatch("get_show_grant_sql", "dbt")(relation)) }}{% endmacro %}

{% macro default__get_show_grant_sql(relation) %}
  show grants on {{ relation.render() }}
{% endmacro %}

{% macro get_grant_sql(relation, privilege, grantees) %}{{ return(adapter.dispatch("get_grant_sql", "dbt")(relation, privilege, grantees)) }}{% endmacro %}

{% macro default__get_grant_sql(relation, privilege, grantees) -%}
  grant {{ privilege }} on {{ relation.render() }} to {{ grantees | join(", ") }}
{%- endmacro %}

{% macro get_revoke_sql(relation, privilege, grantees) %}{{ return(adapter.dispatch("get_revoke_sql", "dbt")(relation, privilege, grantees)) }}{% endmacro %}

{% macro default__get_revoke_sql(relation, privilege, grantees) -%}
  revoke {{ privilege }} on {{ relation.render() }} from {{ grantees | join(", ") }}
{%- endmacro %}

{% macro get_dcl_statement_list(relation, grant_config, get_dcl_macro) %}{{ return(adapter.dispatch("get_dcl_statement_list", "dbt")(relation, grant_config, get_dcl_macro)) }}{% endmacro %}

{% macro default__get_dcl_statement_list(relation, grant_config, get_dcl_macro) -%}
  {% set statements = [] %}
  {% for privilege, grantees in grant_config.items() if grantees %}
    {% if support_multiple_grantees_per_dcl_statement() %}
      {% do statements.append(get_dcl_macro(relation, privilege, grantees)) %}
    {% else %}
      {% for grantee in grantees %}
        {% do statements.append(get_dcl_macro(relation, privilege, [grantee])) %}
      {% endfor %}
    {% endif %}
  {% endfor %}
  {{ return(statements) }}
{%- endmacro %}

{% macro call_dcl_statements(dcl_statement_list) %}{{ return(adapter.dispatch("call_dcl_statements", "dbt")(dcl_statement_list)) }}{% endmacro %}

{% macro default__call_dcl_statements(dcl_statement_list) %}
  {% call statement("grants") %}
    {{ dcl_statement_list | join(";\n") }}{{ ";" if dcl_statement_list }}
  {% endcall %}
{% endmacro %}

{# Makes the grants of a relation those of the config, and touches none when they are. #}
{% macro apply_grants(relation, grant_config, should_revoke=true) %}{{ return(adapter.dispatch("apply_grants", "dbt")(relation, grant_config, should_revoke)) }}{% endmacro %}

{% macro default__apply_grants(relation, grant_config, should_revoke=true) %}
  {% if grant_config %}
    {% set missing = grant_config %}
    {% set surplus = {} %}
    {% if should_revoke %}
      {% set current = adapter.standardize_grants_dict(run_query(get_show_grant_sql(relation))) %}
      {% set missing = diff_of_two_dicts(grant_config, current) %}
      {% set surplus = diff_of_two_dicts(current, grant_config) %}
    {% endif %}
    {% set statements = get_dcl_statement_list(relation, surplus, get_revoke_sql) + get_dcl_statement_list(relation, missing, get_grant_sql) %}
    {% if statements %}
      {{ call_dcl_statements(statements) }}
    {% endif %}
  {% endif %}
{% endmacro %}
