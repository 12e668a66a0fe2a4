-- One row per session and funnel step the session reached. A session that viewed five pages has one row for the step
-- `page_view`: the funnel counts sessions, not events.
{%- set steps = funnel_steps() %}

with

events as (
    select * from {{ ref('stg_events') }}
),
{% for step in steps %}
{{ step }}_events as (
    select
        session_id,
        {{ loop.index }} as step_number,
        event_type as funnel_step,
        event_id,
        event_at,
        user_id,
        product_id,
        page_url,
        order_id
    from events
    where event_type = '{{ step }}'
),
{% endfor %}
unioned as (
    {%- for step in steps %}
    select * from {{ step }}_events
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

ranked as (
    select
        *,
        min(event_at) over (partition by session_id, step_number) as reached_at,
        count(*) over (partition by session_id, step_number) as event_count,
        row_number() over (
            partition by session_id, step_number
            -- The latest event stands for the step. Events that name a product come first, because a visitor who
            -- looks at a product and then at the home page was still interested in that product.
            order by
                case when product_id is null then 1 else 0 end,
                event_at desc,
                event_id desc
        ) as event_rank
    from unioned
),

session_steps as (
    select
        *,
        -- Goes up with every step that names a product, so a step without one has the number of the step before it.
        count(product_id) over (
            partition by session_id
            order by step_number
            rows between unbounded preceding and current row
        ) as product_number
    from ranked
    where event_rank = 1
),

final as (
    select
        {{ dbt.concat(['session_id', "'-'", 'funnel_step']) }} as session_step_id,
        session_id,
        step_number,
        funnel_step,
        user_id,
        -- A checkout names an order and no product, so it keeps the product of the step before.
        max(product_id) over (partition by session_id, product_number) as product_id,
        page_url,
        order_id,
        reached_at,
        event_count
    from session_steps
)

select * from final
