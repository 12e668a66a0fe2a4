{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='session_date',
        on_schema_change='append_new_columns'
    )
}}

-- One row per day: the funnel of the sessions that began on it. Incremental, because past days no longer change: a run
-- computes the newest days again, and the table keeps its history when the shop deletes old events.
{%- set steps = funnel_steps() %}

with

product_funnel as (
    select * from {{ ref('fact_product_funnel') }}
    {%- if is_incremental() %}
    -- Events may arrive late, so the last days before the newest one are replaced too. The coalesce is for a table
    -- that exists but is empty: without it, nothing would ever be added.
    where session_date >= (
        select
            coalesce(
                {{ dbt.dateadd('day', var('funnel_lookback_days') * -1, 'max(session_date)') }},
                cast('1900-01-01' as {{ dbt.type_timestamp() }})
            )
        from {{ this }}
    )
    {%- endif %}
),

days as (
    select
        session_date,
        count(distinct user_id) as user_count,
        {%- for step in steps %}
        count(case when last_step_number >= {{ loop.index }} then 1 end) as {{ step }}_session_count,
        {%- endfor %}
        cast(coalesce(sum(order_total), 0) as numeric(12, 2)) as revenue
    from product_funnel
    group by session_date
),

final as (
    select
        session_date,
        user_count,
        {%- for step in steps %}
        {{ step }}_session_count,
        {%- endfor %}
        {{ funnel_helpers.rate(steps | last ~ '_session_count', steps | first ~ '_session_count') }}
            as overall_conversion_rate,
        revenue
    from days
)

select * from final
