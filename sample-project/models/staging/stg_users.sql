with

source as (
    select * from {{ ref('users') }}
),

renamed as (
    select
        user_id,
        address_id,
        first_name,
        last_name,
        lower(email) as email,
        phone_number,
        cast(created_at as {{ dbt.type_timestamp() }}) as registered_at,
        cast(updated_at as {{ dbt.type_timestamp() }}) as updated_at
    from source
)

select * from renamed
