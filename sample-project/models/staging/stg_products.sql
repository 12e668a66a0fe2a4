with

source as (
    select * from {{ ref('products') }}
),

renamed as (
    select
        product_id,
        name as product_name,
        category,
        cast(price as numeric(10, 2)) as price,
        cast(inventory as {{ dbt.type_int() }}) as inventory,
        cast(updated_at as {{ dbt.type_timestamp() }}) as updated_at
    from source
)

select * from renamed
