-- One row per product and funnel step: how many sessions took the step with this product. A session that viewed three
-- products counts once for each of them, so the products do not add up to `fact_funnel_conversion`.
with

events as (
    select * from {{ ref('stg_events') }}
),

checkout_products as (
    select * from {{ ref('int_checkout_products') }}
),

products as (
    select * from {{ ref('dim_products') }}
),

steps as (
    {{- funnel_step_rows() }}
),

product_steps as (
    select session_id, product_id, event_type as funnel_step
    from events
    where product_id is not null
    union all
    select session_id, product_id, funnel_step
    from checkout_products
),

-- Every product with every step, so that a product nobody bought has its zero.
products_and_steps as (
    select
        products.product_id,
        products.product_name,
        products.category,
        steps.step_number,
        steps.funnel_step
    from products
    cross join steps
),

sessions_by_product_step as (
    select
        products_and_steps.product_id,
        products_and_steps.product_name,
        products_and_steps.category,
        products_and_steps.step_number,
        products_and_steps.funnel_step,
        count(distinct product_steps.session_id) as session_count
    from products_and_steps
    left join product_steps
        on products_and_steps.product_id = product_steps.product_id
        and products_and_steps.funnel_step = product_steps.funnel_step
    group by
        products_and_steps.product_id,
        products_and_steps.product_name,
        products_and_steps.category,
        products_and_steps.step_number,
        products_and_steps.funnel_step
),

compared as (
    select
        *,
        lag(session_count) over (partition by product_id order by step_number) as previous_session_count,
        first_value(session_count) over (
            partition by product_id
            order by step_number
            rows between unbounded preceding and current row
        ) as first_session_count
    from sessions_by_product_step
),

final as (
    select
        {{ dbt.concat(['product_id', "'-'", 'funnel_step']) }} as product_step_id,
        product_id,
        product_name,
        category,
        step_number,
        funnel_step,
        session_count,
        previous_session_count,
        previous_session_count - session_count as drop_off_count,
        {{ funnel_helpers.rate('session_count', 'previous_session_count') }} as step_conversion_rate,
        {{ funnel_helpers.rate('previous_session_count - session_count', 'previous_session_count') }} as drop_off_rate,
        {{ funnel_helpers.rate('session_count', 'first_session_count') }} as overall_conversion_rate
    from compared
)

select * from final
