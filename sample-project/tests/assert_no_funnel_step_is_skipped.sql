-- A visitor cannot check out what was never put in the cart, nor put in the cart what was never seen. A session that
-- reaches a step without the one before means that the web tracking lost events, and then every rate of the funnel
-- is wrong.
with

funnel as (
    select * from {{ ref('int_product_funnel') }}
),

steps_per_session as (
    select
        session_id,
        max(step_number) as last_step_number,
        count(*) as step_count
    from funnel
    group by session_id
)

select *
from steps_per_session
where step_count <> last_step_number
