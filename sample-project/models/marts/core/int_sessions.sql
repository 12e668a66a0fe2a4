-- One row per session: who, when, and how much happened.
with

events as (
    select * from {{ ref('stg_events') }}
),

sessions as (
    select
        session_id,
        -- All events of a session have the same user (see tests/assert_session_has_one_user.sql).
        min(user_id) as user_id,
        min(event_at) as session_started_at,
        max(event_at) as session_ended_at,
        count(distinct product_id) as product_count,
        {{- count_events_by_type(funnel_steps()) }}
    from events
    -- A package is shipped by the warehouse, days after the visitor has left: that is no part of the visit.
    where event_type in ('{{ funnel_steps() | join("', '") }}')
    group by session_id
)

select * from sessions
