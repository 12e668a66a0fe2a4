import { createRequire } from 'node:module';
import type { DialectName } from '../../server/src/syntax/sql/dialect.ts';
import { parseSql } from '../../server/src/syntax/sql/parse.ts';

/** A query of about a hundred lines, as a model with a few CTEs compiles to. */
function hundredLines(): string {
  const measures = ['revenue', 'quantity', 'discount', 'tax', 'shipping', 'margin', 'refunds', 'cost'];
  const sums = measures.map(
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

interface Timing {
  readonly name: string;
  /** What an idle machine comes near to. */
  readonly least: number;
  readonly median: number;
  readonly p99: number;
  readonly megabytesPerSecond: number;
}

/** Times of single calls in milliseconds, after a warm-up. */
function timed(name: string, text: string, runs: number, call: () => unknown): Timing {
  for (let i = 0; i < runs / 5; i++) call();
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    call();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor((times.length - 1) * share)] ?? Number.NaN;
  return {
    name,
    least: at(0),
    median: at(0.5),
    p99: at(0.99),
    megabytesPerSecond: text.length / 1e6 / (at(0.5) / 1000),
  };
}

interface NodeSqlParser {
  readonly Parser: new () => { astify(sql: string): unknown };
}

const text = hundredLines();
const load = createRequire(import.meta.url);

function own(dialect: DialectName): Timing {
  return timed(`own ${dialect}`, text, 500, () => parseSql(text, dialect));
}

function other(grammar: string): Timing {
  const { Parser } = load(`node-sql-parser/build/${grammar}`) as NodeSqlParser;
  const parser = new Parser();
  return timed(`node-sql-parser ${grammar}`, text, 50, () => parser.astify(text));
}

const { problems } = parseSql(text, 'postgres');
if (problems.length > 0) throw new Error(`the measured query has a problem: ${problems[0]?.message}`);
console.log(`${text.split('\n').length} lines, ${text.length} characters`);
const timings = [own('postgres'), own('snowflake'), own('bigquery'), other('postgresql'), other('snowflake')];
for (const { name, least, median, p99, megabytesPerSecond } of timings) {
  console.log(
    `${name.padEnd(28)} least ${least.toFixed(3)} ms  median ${median.toFixed(3)} ms  p99 ${p99.toFixed(3)} ms  ${megabytesPerSecond.toFixed(1)} MB/s`,
  );
}
console.log(JSON.stringify({ benchmark: 'sql', lines: text.split('\n').length, timings }));
