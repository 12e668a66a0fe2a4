{#
    Fails for each row whose value lies outside the range; either end may be left open, and nulls pass.

    A rate above 1 or a negative price is a mistake in a model, and neither not_null nor accepted_values can see it.
#}
{% test within_range(model, column_name, min_value=none, max_value=none) %}

select {{ column_name }}
from {{ model }}
where 1 = 0
{%- if min_value is not none %}
    or {{ column_name }} < {{ min_value }}
{%- endif %}
{%- if max_value is not none %}
    or {{ column_name }} > {{ max_value }}
{%- endif %}

{% endtest %}
