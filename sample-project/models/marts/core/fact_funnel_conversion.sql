-- One row per funnel step: how many sessions reached it, and how many were lost on the way to it.
with

funnel as (
    select * from {{ ref('int_product_funnel') }}
),

steps as (
    {{- funnel_step_rows() }}
),

sessions_by_step as (
    select
        steps.step_number,
        steps.funnel_step,
        count(funnel.session_id) as session_count
    from steps
    left join funnel
        on steps.step_number = funnel.step_number
    group by
        steps.step_number,
        steps.funnel_step
),

compared as (
    select
        *,
        lag(session_count) over (order by step_number) as previous_session_count,
        first_value(session_count) over (
            order by step_number
            rows between unbounded preceding and current row
        ) as first_session_count
    from sessions_by_step
),

final as (
    select
        step_number,
        funnel_step,
        session_count,
        previous_session_count,
        previous_session_count - session_count as drop_off_count,
        {{ funnel_helpers.rate('session_count', 'previous_session_count') }} as step_conversion_rate,
        {{ funnel_helpers.rate('previous_session_count - session_count', 'previous_session_count') }} as drop_off_rate,
        {{ funnel_helpers.rate('session_count', 'first_session_count') }} as overall_conversion_rate,
        -- Nothing is lost on the way to the first step, so it has no rank.
        case
            when previous_session_count is not null
                then rank() over (order by previous_session_count - session_count desc nulls last)
        end as drop_off_rank
    from compared
)

select * from final
