{# The number of binary digits that can count to `upper_bound`. #}
{% macro get_powers_of_two(upper_bound) %}
  {{ return(adapter.dispatch("get_powers_of_two", "dbt")(upper_bound)) }}
{% endmacro %}

{% macro default__get_powers_of_two(upper_bound) %}
  {% if upper_bound <= 0 %}
    {{ exceptions.raise_compiler_error("upper bound must be positive") }}
  {% endif %}
  {% for exponent in range(1, 100) if 2 ** exponent >= upper_bound %}
    {{ return(exponent) }}
  {% endfor %}
{% endmacro %}

{# A query of the whole numbers from 1 to `upper_bound`, made by crossing pairs of binary digits. #}
{% macro generate_series(upper_bound) %}
  {{ return(adapter.dispatch("generate_series", "dbt")(upper_bound)) }}
{% endmacro %}

{% macro default__generate_series(upper_bound) %}

    {% set n_digits = dbt.get_powers_of_two(upper_bound) %}

    with p as (
        select 0 as generated_number union all select 1
    ), unioned as (

    select

    {% for digit in range(n_digits) %}
    p{{ digit }}.generated_number * power(2, {{ digit }})
    {% if not loop.last %} + {% endif %}
    {% endfor %}
    + 1
    as generated_number

    from

    {% for digit in range(n_digits) %}
    p as p{{ digit }}
    {% if not loop.last %} cross join {% endif %}
    {% endfor %}

    )

    select *
    from unioned
    where generated_number <= {{ upper_bound }}
    order by generated_number

{% endmacro %}
