with

source as (
    select * from {{ ref('promos') }}
),

renamed as (
    select
        promo_id,
        cast(discount as numeric(10, 2)) as discount_amount,
        status as promo_status
    from source
)

select * from renamed
