-- Which steps of the product funnel have the largest drop-off?
-- A row is read as: on the way to this step, that many sessions were lost.
select
    drop_off_rank,
    funnel_step,
    previous_session_count,
    session_count,
    drop_off_count,
    drop_off_rate
from {{ ref('fact_funnel_conversion') }}
where drop_off_rank is not null
order by drop_off_rank
