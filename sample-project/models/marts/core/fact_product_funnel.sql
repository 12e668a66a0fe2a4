-- One row per session: the last funnel step it reached, with its user, product and page, and the facts of the session.
{%- set steps = funnel_steps() %}

with

funnel as (
    select * from {{ ref('int_product_funnel') }}
),

sessions as (
    select * from {{ ref('int_sessions') }}
),

orders as (
    select * from {{ ref('fact_orders') }}
),

steps as (
    {{- funnel_step_rows() }}
),

ranked as (
    select
        *,
        row_number() over (partition by session_id order by step_number desc) as steps_from_last
    from funnel
),

last_steps as (
    select * from ranked
    where steps_from_last = 1
),

final as (
    select
        last_steps.session_id,
        last_steps.user_id,
        last_steps.product_id,
        last_steps.order_id,
        last_steps.step_number as last_step_number,
        last_steps.funnel_step as last_step,
        -- The step the visitor did not take; null for a session that went all the way.
        steps.funnel_step as dropped_off_before,
        last_steps.step_number = {{ steps | length }} as is_converted,
        last_steps.page_url,
        last_steps.reached_at as last_step_at,
        cast(sessions.session_started_at as date) as session_date,
        sessions.session_started_at,
        sessions.session_ended_at,
        {{ funnel_helpers.minutes_between('sessions.session_started_at', 'sessions.session_ended_at') }} as session_minutes,
        sessions.product_count,
        {%- for step in steps %}
        sessions.{{ step }}_count,
        {%- endfor %}
        orders.order_total
    from last_steps
    inner join sessions
        on last_steps.session_id = sessions.session_id
    left join steps
        on steps.step_number = last_steps.step_number + 1
    left join orders
        on last_steps.order_id = orders.order_id
)

select * from final
