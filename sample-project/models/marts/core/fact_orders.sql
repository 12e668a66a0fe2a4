-- One row per order, with what was taken off by a promotion and how much was bought.
with

orders as (
    select * from {{ ref('stg_orders') }}
),

promos as (
    select * from {{ ref('stg_promos') }}
),

order_items as (
    select * from {{ ref('stg_order_items') }}
),

items_by_order as (
    select
        order_id,
        count(*) as product_count,
        cast(sum(quantity) as {{ dbt.type_bigint() }}) as item_quantity
    from order_items
    group by order_id
),

final as (
    select
        orders.order_id,
        orders.user_id,
        orders.address_id,
        orders.promo_id,
        orders.order_status,
        orders.ordered_at,
        orders.delivered_at,
        items_by_order.product_count,
        items_by_order.item_quantity,
        orders.order_cost,
        orders.shipping_cost,
        coalesce(promos.discount_amount, 0) as discount_amount,
        orders.order_total
    from orders
    left join promos
        on orders.promo_id = promos.promo_id
    left join items_by_order
        on orders.order_id = items_by_order.order_id
)

select * from final
