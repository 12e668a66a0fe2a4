with

source as (
    select * from {{ ref('orders') }}
),

renamed as (
    select
        order_id,
        user_id,
        promo_id,
        address_id,
        status as order_status,
        cast(order_cost as numeric(10, 2)) as order_cost,
        cast(shipping_cost as numeric(10, 2)) as shipping_cost,
        cast(order_total as numeric(10, 2)) as order_total,
        tracking_id,
        shipping_service,
        cast(created_at as {{ dbt.type_timestamp() }}) as ordered_at,
        cast(estimated_delivery_at as {{ dbt.type_timestamp() }}) as estimated_delivery_at,
        cast(delivered_at as {{ dbt.type_timestamp() }}) as delivered_at
    from source
)

select * from renamed
