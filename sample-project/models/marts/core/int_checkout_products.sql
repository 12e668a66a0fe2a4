{{ config(materialized='ephemeral') }}

-- One row per checkout and product bought in it. The event of a checkout names only its order; the lines of the order
-- name the products. Ephemeral, because it is one join that a single model needs: it becomes a CTE there, and the
-- warehouse is spared a relation that nobody would query.
with

events as (
    select * from {{ ref('stg_events') }}
),

order_items as (
    select * from {{ ref('stg_order_items') }}
)

select
    events.session_id,
    order_items.product_id,
    events.event_type as funnel_step
from events
inner join order_items
    on events.order_id = order_items.order_id
where events.event_type = 'checkout'
