-- Which products have the largest drop-off, and at which step?
-- Products seen by few sessions are left out: one lost session would be a large share of them.
{%- set min_session_count = 20 %}
select
    product_name,
    category,
    funnel_step,
    previous_session_count,
    session_count,
    drop_off_count,
    drop_off_rate
from {{ ref('fact_funnel_conversion_by_product') }}
where previous_session_count >= {{ min_session_count }}
order by
    drop_off_rate desc,
    drop_off_count desc,
    product_name
limit 10
