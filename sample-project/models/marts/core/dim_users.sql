-- One row per registered user, with the address of the account. Names, e-mail and telephone stay in staging: whoever
-- analyses the funnel has no need of them.
with

users as (
    select * from {{ ref('stg_users') }}
),

addresses as (
    select * from {{ ref('stg_addresses') }}
),

final as (
    select
        users.user_id,
        users.registered_at,
        addresses.zip_code,
        addresses.state,
        addresses.country
    from users
    left join addresses
        on users.address_id = addresses.address_id
)

select * from final
