-- On which days did events arrive, and how many? A day that is missing or thin points at the loader, not at the visitors.
select
    cast(created_at as date) as event_date,
    count(*) as event_count
from {{ source('shop', 'events') }}
group by cast(created_at as date)
order by event_date
