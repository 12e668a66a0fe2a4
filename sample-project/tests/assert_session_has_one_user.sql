-- `int_sessions` names one user per session. That is only right as long as no session is shared.
select
    session_id,
    count(distinct user_id) as user_count
from {{ ref('stg_events') }}
group by session_id
having count(distinct user_id) > 1
