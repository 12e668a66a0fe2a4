with

source as (
    select * from {{ ref('events') }}
),

renamed as (
    select
        event_id,
        session_id,
        user_id,
        product_id,
        order_id,
        event_type,
        page_url,
        cast(created_at as {{ dbt.type_timestamp() }}) as event_at
    from source
)

select * from renamed
