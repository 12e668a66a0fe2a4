import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const DOMAINS =
  'sales billing support catalog stock search mail ads web app people money freight fraud growth labs'.split(' ');
const THINGS = 'order user item visit refund price plan seat ticket parcel lead offer review page event invoice'.split(
  ' ',
);
const PARTS = 'id name state amount moment count kind code share note'.split(' ');
const TYPES = ['text', 'int', 'numeric', 'timestamp', 'date'];
const N_HELPERS = 30;

interface Model {
  readonly name: string;
  readonly domain: string;
  readonly key: string;
  readonly columns: readonly string[];
}

/** Writes a project of so many models in three layers, with sources, tests, macros, docs and exposures; the same each time. */
export function generateProject(folder: string, nModels: number): void {
  const files = new Map<string, string>([
    ['dbt_project.yml', PROJECT],
    ['profiles.yml', PROFILES],
    ['macros/core.sql', CORE_MACROS],
    ['models/docs.md', [0, 1, 2, 3].map(docsBlock).join('\n')],
  ]);
  for (let at = 0; at < N_HELPERS; at++) files.set(`macros/helpers/helper_${at}.sql`, helper(at));
  const random = dice(7);
  const staging = range(nModels * 0.35).map(at => stagingModel(files, random, at));
  const joined = range(nModels * 0.25).map(at => joinedModel(files, random, at, staging));
  const marts = range(nModels - staging.length - joined.length).map(at =>
    martModel(files, random, at, joined, staging),
  );
  addProperties(files, 'staging', staging, true);
  addProperties(files, 'joined', joined, false);
  addProperties(files, 'marts', marts, true);
  const exposures = marts.filter((_, at) => at % 40 === 0).map(({ name }, at) => exposure(name, at));
  files.set('models/exposures.yml', `version: 2\nexposures:\n${exposures.join('')}`);
  for (const [at, { name, key }] of marts.filter((_, index) => index % 40 === 0).entries()) {
    files.set(`tests/assert_${at}.sql`, `select * from {{ ref('${name}') }} where ${key} is null\n`);
  }
  for (const [file, text] of files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
}

const range = (length: number): readonly number[] => Array.from({ length: Math.floor(length) }, (_, at) => at);

/** Numbers below a limit, the same ones for the same seed. */
function dice(seed: number): (limit: number) => number {
  let state = seed;
  return limit => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const pick = <T>(list: readonly T[], at: number): T => {
  const item = list[at % list.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

function stagingModel(files: Map<string, string>, random: (limit: number) => number, at: number): Model {
  const domain = pick(DOMAINS, at);
  const thing = pick(THINGS, Math.floor(at / DOMAINS.length));
  const table = `${thing}s_${Math.floor(at / DOMAINS.length / THINGS.length)}`;
  const columns = range(6 + random(19)).map(index => `${pick(THINGS, random(99))}_${pick(PARTS, random(99))}_${index}`);
  const isPlain = at % 20 < 12;
  const select = columns.map((name, index) => `        ${name}::${pick(TYPES, index)} as ${name}`).join(',\n');
  const extra = isPlain
    ? ''
    : `,\n        {{ to_money('amount_cents') }} as amount,\n        {{ row_key(['id', '${columns[0]}']) }} as row_key`;
  const body = `${at % 4 === 0 ? `{{ config(materialized='view', tags=['${domain}']) }}\n` : ''}
with source as (
    select * from {{ source('${domain}', '${table}') }}
    ${isPlain ? '' : "{{ recent_in_dev('created_at') }}"}
),

renamed as (
    select
        id as ${thing}_id,
${select}${extra},
        {# deleted rows are kept #}
        coalesce(_deleted, false) as is_deleted
    from source
)

select * from renamed
where not is_deleted
`;
  const name = `stg_${domain}__${table}`;
  files.set(`models/staging/${domain}/${name}.sql`, body);
  return { name, domain, key: `${thing}_id`, columns };
}

function joinedModel(
  files: Map<string, string>,
  random: (limit: number) => number,
  at: number,
  staging: readonly Model[],
): Model {
  const domain = pick(DOMAINS, at);
  const parents = range(2 + random(3)).map(() => pick(staging, random(staging.length)));
  const base = pick(parents, 0);
  const ctes = parents
    .map(({ name }, index) => `t${index} as (\n\n    select * from {{ ref('${name}') }}\n\n)`)
    .join(',\n\n');
  const columns = parents.flatMap((parent, index) => parent.columns.slice(0, 6).map(column => `${column}_${index}`));
  const select = parents.flatMap((parent, index) =>
    parent.columns.slice(0, 6).map(it => `        t${index}.${it} as ${it}_${index},`),
  );
  const bucket = at % 2 === 0 ? 't0.amount as bucket' : `{{ bucket_${at % N_HELPERS}('t0.amount', 25) }} as bucket`;
  const joins = parents
    .slice(1)
    .map(({ key }, index) => `    left join t${index + 1} on t0.${base.key} = t${index + 1}.${key}`);
  const name = `int_${domain}_${at}`;
  const body = `with ${ctes},

joined as (
    select
        t0.${base.key},
${select.join('\n')}
        ${bucket}
    from t0
${joins.join('\n')}
)

select * from joined
`;
  files.set(`models/joined/${domain}/${name}.sql`, body);
  return { name, domain, key: base.key, columns };
}

function martModel(
  files: Map<string, string>,
  random: (limit: number) => number,
  at: number,
  joined: readonly Model[],
  staging: readonly Model[],
): Model {
  const domain = pick(DOMAINS, at * 3);
  const parents = [pick(joined, random(joined.length)), pick(staging, random(staging.length))].slice(0, 1 + random(2));
  const base = pick(parents, 0);
  const grows = at % 10 === 3;
  const config = grows
    ? `{{\n  config(materialized='incremental', unique_key='${base.key}', on_schema_change='append_new_columns')\n}}`
    : at % 3 === 0
      ? `{{ config(materialized='table', tags=['mart', '${domain}'], meta={'owner': '${domain}'}) }}`
      : '';
  const filter = grows ? "{{ only_new('updated_at') }}" : '';
  const ctes = parents.map(
    ({ name }, index) => `u${index} as (\n    select * from {{ ref('${name}') }}\n    ${index === 0 ? filter : ''}\n)`,
  );
  const ratio = at % 5 < 2 ? '1.0 as ratio' : "{{ safe_ratio('sum(1)', 'count(*)') }} as ratio";
  const loop =
    at % 3 === 1
      ? `,\n    {% for kind in var('kinds') -%}\n    sum(case when u0.${base.columns[0]} = '{{ kind }}' then 1 else 0 end) as {{ kind }}_count{{ ',' if not loop.last }}\n    {% endfor %}`
      : '';
  const tiers = range(random(12)).map(
    tier => `    case when u0.${base.columns[1]} > ${tier} then 'tier_${tier}' else 'none' end as tier_${tier},`,
  );
  const name = `${at % 2 === 0 ? 'dim' : 'fct'}_${domain}_${at}`;
  const body = `${config}
with ${ctes.join(',\n')}

select
    u0.${base.key},
${base.columns
  .slice(0, 5)
  .map(it => `    u0.${it} as m_${it},`)
  .join('\n')}
${tiers.join('\n')}
    ${ratio}${loop}
from u0
${parents
  .slice(1)
  .map(({ key }, index) => `left join u${index + 1} on u0.${base.key} = u${index + 1}.${key}`)
  .join('\n')}
group by 1
`;
  files.set(`models/marts/${domain}/${name}.sql`, body);
  return { name, domain, key: base.key, columns: base.columns.slice(0, 5).map(it => `m_${it}`) };
}

function addProperties(files: Map<string, string>, layer: string, models: readonly Model[], isTested: boolean): void {
  for (const domain of DOMAINS) {
    const own = models.filter(model => model.domain === domain);
    if (own.length === 0) continue;
    files.set(
      `models/${layer}/${domain}/_models.yml`,
      `version: 2\nmodels:\n${own.map(it => entry(it, isTested)).join('')}`,
    );
    if (layer === 'staging') files.set(`models/staging/${domain}/_sources.yml`, sources(domain, own));
  }
}

function entry({ name, domain, key, columns }: Model, isTested: boolean): string {
  const described = columns.slice(0, 8).map((column, at) => {
    const text = at % 4 === 0 ? `"{{ doc('about_${at % 4}') }}"` : `What ${column.replaceAll('_', ' ')} says.`;
    const values =
      isTested && at === 1
        ? `        data_tests:\n          - accepted_values:\n              arguments: {values: ['a', 'b', 'c']}\n`
        : '';
    return `      - name: ${column}\n        description: ${text}\n${values}`;
  });
  return `  - name: ${name}\n    description: "Rows of ${domain}."\n    columns:\n      - name: ${key}\n        description: The key.\n        data_tests:\n          - unique\n          - not_null\n${described.join('')}`;
}

function sources(domain: string, models: readonly Model[]): string {
  const tables = models.map(({ name }) => {
    const table = name.split('__')[1] ?? name;
    return `      - name: ${table}\n        description: One row for each of ${table}.\n        columns:\n          - name: id\n            data_tests: [not_null, unique]\n`;
  });
  return `version: 2\nsources:\n  - name: ${domain}\n    schema: raw_${domain}\n    loaded_at_field: _loaded_at\n    freshness:\n      warn_after: {count: 12, period: hour}\n    tables:\n${tables.join('')}`;
}

const exposure = (model: string, at: number): string =>
  `  - name: board_${at}\n    type: dashboard\n    owner: {email: team@example.com}\n    depends_on:\n      - ref('${model}')\n`;

const docsBlock = (at: number): string =>
  `{% docs about_${at} %}\nWhat such a column says, in a *few* words (${at}).\n{% enddocs %}\n`;

const helper = (at: number): string => `{% macro bucket_${at}(column, size=10) -%}
  case
  {%- for step in range(0, 5) %}
    when {{ column }} < {{ (step + 1) * size }} then '{{ step * size }}-{{ (step + 1) * size }}'
  {%- endfor %}
    else 'more'
  end
{%- endmacro %}
`;

const PROJECT = `name: measured
version: 1.0.0
profile: measured
vars:
  start: '2020-01-01'
  kinds: [card, bank, gift]
models:
  measured:
    +materialized: view
    staging:
      +tags: [staging]
    joined:
      +materialized: ephemeral
    marts:
      +materialized: table
      +schema: marts
`;

const PROFILES = `measured:
  target: dev
  outputs:
    dev: {type: postgres, host: localhost, port: 5432, user: reader, password: none, dbname: shop, schema: dev, threads: 4}
`;

const CORE_MACROS = `{% macro to_money(column, digits=2) -%}
    round(({{ column }} / 100)::numeric, {{ digits }})
{%- endmacro %}

{% macro row_key(columns) -%}
  md5({%- for column in columns %}coalesce(cast({{ column }} as text), ''){% if not loop.last %} || '-' || {% endif %}{%- endfor %})
{%- endmacro %}

{% macro recent_in_dev(column, days=3) -%}
  {%- if target.name == 'dev' and var('recent_only', false) %}
  where {{ column }} >= current_date - interval '{{ days }} days'
  {%- endif %}
{%- endmacro %}

{% macro only_new(column) %}
  {% if is_incremental() %}
  where {{ column }} >= (select coalesce(max({{ column }}), '{{ var("start") }}') from {{ this }})
  {% endif %}
{% endmacro %}

{% macro safe_ratio(a, b) -%}{{ return(adapter.dispatch('safe_ratio', 'measured')(a, b)) }}{%- endmacro %}
{% macro default__safe_ratio(a, b) -%} {{ a }} / nullif({{ b }}, 0) {%- endmacro %}
`;
