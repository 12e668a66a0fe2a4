with

source as (
    select * from {{ ref('addresses') }}
),

renamed as (
    select
        address_id,
        street,
        zipcode as zip_code,
        state,
        country
    from source
)

select * from renamed
