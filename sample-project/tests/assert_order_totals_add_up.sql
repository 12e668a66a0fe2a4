-- The shop writes the total of an order itself, so it can disagree with its parts.
select
    order_id,
    order_cost,
    shipping_cost,
    discount_amount,
    order_total
from {{ ref('fact_orders') }}
where order_cost + shipping_cost - discount_amount <> order_total
