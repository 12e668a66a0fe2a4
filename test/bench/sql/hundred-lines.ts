import type { Catalog, KnownColumn } from '../../../server/src/binder/catalog.ts';
import { parseType } from '../../../server/src/binder/type-names.ts';
import type { DialectName } from '../../../server/src/syntax/sql/dialect.ts';

const MEASURES = ['revenue', 'quantity', 'discount', 'tax', 'shipping', 'margin', 'refunds', 'cost'];

/** A query of about a hundred lines, as a model with a few CTEs compiles to. */
export function hundredLines(): string {
  const sums = MEASURES.map(
    it => `    sum(case when o.status = 'paid' and o.${it} > 0 then o.${it} else 0 end) as total_${it}`,
  );
  const cte = (n: number): string => `daily_${n} as (
  -- one row per customer and day
  select
    o.customer_id,
    date_trunc('day', o.ordered_at) as day,
${sums.join(',\n')},
    count(distinct o.order_id) as n_orders,
    row_number() over (partition by o.customer_id order by o.ordered_at desc, o.order_id) as recency,
    coalesce(c.country, 'unknown') as country
  from analytics.orders_${n} as o
  left join analytics.customers c on o.customer_id = c.id and c.is_active
  where o.ordered_at between '2024-01-01' and '2024-12-31' and o.channel in ('web', 'app', 'store')
  group by 1, 2, c.country, o.ordered_at, o.order_id
)`;
  const ctes = [1, 2, 3, 4, 5].map(cte).join(',\n');
  const unions = [1, 2, 3, 4, 5].map(it => `select * from daily_${it} where recency = 1`).join('\nunion all\n');
  return `with ${ctes}\n${unions}\norder by day desc nulls last, customer_id\nlimit 1000\n`;
}

/** The tables that the query reads, with a type for each column. */
export function hundredLinesCatalog(dialect: DialectName): Catalog {
  const columns = (spelt: readonly (readonly [string, string])[]): readonly KnownColumn[] =>
    spelt.map(([name, type]) => ({ name, type: parseType(type, dialect), nullable: undefined }));
  const orders = columns([
    ['order_id', 'bigint'],
    ['customer_id', 'bigint'],
    ['ordered_at', 'timestamp'],
    ['status', 'varchar'],
    ['channel', 'varchar'],
    ...MEASURES.map(it => [it, 'double precision'] as const),
  ]);
  const customers = columns([
    ['id', 'bigint'],
    ['country', 'varchar'],
    ['is_active', 'boolean'],
  ]);
  return ({ parts }) => {
    const last = parts.at(-1);
    if (last?.kind !== 'name') return undefined;
    return { id: last.text, columns: last.text === 'customers' ? customers : orders, isOpen: false };
  };
}
