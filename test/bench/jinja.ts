import { createRequire } from 'node:module';
import { macroCallable, macrosIn } from '../../server/src/render/macro.ts';
import { compileProgram } from '../../server/src/render/program.ts';
import { render } from '../../server/src/render/render.ts';
import { Callable } from '../../server/src/render/value.ts';
import type { Value } from '../../server/src/render/value.ts';
import { parseJinja } from '../../server/src/syntax/jinja/parse.ts';

/** A model of about 3 KB as companies write them: refs, a config, a loop over steps, an incremental filter, two macros. */
function typicalModel(): string {
  const columns = ['user_id', 'page_id', 'product_id', 'country', 'device', 'referrer', 'campaign', 'landing_page'];
  const list = (prefix: string): string => columns.map(it => `        ${prefix}.${it},`).join('\n');
  const cte = (name: string): string => `${name} as (
    -- the latest state of every ${name}
    select
${list(name[0] ?? 'x')}
        row_number() over (partition by ${name[0]}.id order by ${name[0]}.updated_at desc) as recency
    from {{ ref('stg_${name}') }} as ${name[0]}
    where ${name[0]}.deleted_at is null
),
`;
  return `{{ config(materialized='incremental', unique_key='session_id', tags=['core']) }}

{%- set steps = ['view', 'cart', 'checkout', 'payment'] %}

with ${['users', 'products', 'orders', 'visits', 'campaigns', 'stores'].map(cte).join('\n')}
funnel as (
    select
        e.session_id,
        {% for step in steps -%}
        max(case when e.step = '{{ step }}' then e.occurred_at end) as {{ step }}_at{{ ',' if not loop.last }}
        {% endfor %}
    from {{ source('events', 'raw_events') }} as e
    {% if is_incremental() %}
    where e.occurred_at > (select max(occurred_at) from {{ this }})
    {% else %}
    where e.occurred_at >= '{{ var("start_date", "2024-01-01") }}'
    {% endif %}
    group by 1
    having {{ between('count(*)', 1, 1000) }}
)

select * from funnel
left join users using (user_id)
left join products using (product_id)
where {{ known('country') }} not in ('{{ ["xx", "yy"] | join("', '") }}')
`;
}

const MACROS = `{% macro between(value, low, high) -%}
  {{ value }} >= {{ low }} and {{ value }} <= {{ high }}
{%- endmacro %}
{% macro known(column, otherwise='unknown') -%}
  coalesce({{ column }}, '{{ otherwise }}')
{%- endmacro %}
`;

interface Timing {
  readonly name: string;
  readonly median: number;
  readonly p99: number;
}

/** Times of single calls in milliseconds, after a warm-up. */
function timed(name: string, runs: number, call: () => unknown): Timing {
  for (let i = 0; i < runs / 2; i++) call();
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    call();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor((times.length - 1) * share)] ?? Number.NaN;
  return { name, median: at(0.5), p99: at(0.99) };
}

interface Nunjucks {
  readonly Environment: new (loader: null, options: { autoescape: boolean }) => unknown;
  readonly Template: new (
    source: string,
    environment: unknown,
    path: string,
    eager: boolean,
  ) => { render(context: object): string };
}

const text = typicalModel();
const file = 'models/marts/funnel.sql';
const first = (name: string, index: number): Value => new Callable(name, ({ positional }) => positional[index] ?? null);
const names = new Map<string, Value>([
  ['config', new Callable('config', () => '')],
  ['ref', first('ref', 0)],
  ['source', first('source', 1)],
  ['var', first('var', 1)],
  ['is_incremental', new Callable('is_incremental', () => false)],
  ['this', '"db"."marts"."funnel"'],
]);
const context = { lookup: (name: string): Value | undefined => names.get(name) };
for (const macro of macrosIn(parseJinja(MACROS), 'macros/columns.sql')) {
  names.set(
    macro.name,
    macroCallable(macro, () => context),
  );
}

const template = parseJinja(text);
const { problem, segments } = render({ template, file, context });
if (problem !== undefined) throw new Error(`the measured model has a problem: ${problem.message}`);

const options = { mode: 'text', flavour: 'default' } as const;
const parse = timed('parse', 3000, () => parseJinja(text));
const compile = timed('compile', 3000, () => compileProgram(template, file, options));
const again = timed('render', 3000, () => render({ template, file, context }));
// A tree that nobody has rendered yet has no code; a new object with the same parts is one.
const whole = timed('compile and render', 3000, () => render({ template: { ...template }, file, context }));
const all = timed('parse, compile and render', 3000, () => render({ template: parseJinja(text), file, context }));

const { Environment, Template } = createRequire(import.meta.url)('nunjucks') as Nunjucks;
const environment = new Environment(null, { autoescape: false });
const plain = {
  config: () => '',
  ref: (name: string) => name,
  source: (_source: string, name: string) => name,
  var: (_name: string, value: string) => value,
  is_incremental: () => false,
  this: '"db"."marts"."funnel"',
};
// Nunjucks knows the same macros when they stand in the template itself.
const source = MACROS + text;
const kept = new Template(source, environment, file, true);
const otherAgain = timed('nunjucks: render', 1500, () => kept.render(plain));
const other = timed('nunjucks: parse, compile and render', 500, () =>
  new Template(source, environment, file, true).render(plain),
);

console.log(`${text.length} characters, ${segments.length} segments`);
for (const { name, median, p99 } of [parse, compile, again, whole, all, otherAgain, other]) {
  const perSecond = Math.round(1000 / median);
  console.log(`${name.padEnd(36)} p50 ${median.toFixed(3)} ms  p99 ${p99.toFixed(3)} ms  ${perSecond} a second`);
}
console.log(`parse: ${(text.length / 1e6 / (parse.median / 1000)).toFixed(1)} MB/s`);
console.log(`nunjucks takes ${(otherAgain.median / again.median).toFixed(1)} times as long to render what is compiled`);
console.log(`nunjucks takes ${(other.median / all.median).toFixed(1)} times as long from the text on`);
