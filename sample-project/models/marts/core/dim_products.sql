-- One row per product of the catalogue, with how often it was bought.
with

products as (
    select * from {{ ref('stg_products') }}
),

order_items as (
    select * from {{ ref('stg_order_items') }}
),

orders_by_product as (
    select
        product_id,
        count(distinct order_id) as order_count,
        cast(sum(quantity) as {{ dbt.type_bigint() }}) as ordered_quantity
    from order_items
    group by product_id
),

final as (
    select
        products.product_id,
        products.product_name,
        products.category,
        products.price,
        products.inventory,
        coalesce(orders_by_product.order_count, 0) as order_count,
        coalesce(orders_by_product.ordered_quantity, 0) as ordered_quantity
    from products
    left join orders_by_product
        on products.product_id = orders_by_product.product_id
)

select * from final
