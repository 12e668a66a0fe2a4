-- How do users move through the product funnel?
-- Reads from top to bottom: of all sessions that viewed a page, which share came how far?
select
    step_number,
    funnel_step,
    session_count,
    step_conversion_rate,
    overall_conversion_rate
from {{ ref('fact_funnel_conversion') }}
order by step_number
