with

source as (
    select * from {{ ref('order_items') }}
),

renamed as (
    select
        -- The shop gives the lines of an order no id; an order has one line per product.
        {{ dbt.concat(['order_id', "'-'", 'product_id']) }} as order_item_id,
        order_id,
        product_id,
        cast(quantity as {{ dbt.type_int() }}) as quantity
    from source
)

select * from renamed
