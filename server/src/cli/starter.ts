/** The files of a new project, by their paths in it: a seed, two models over it and their tests, ready to be built. */
export function starterFiles(name: string, profile: string): ReadonlyMap<string, string> {
  return new Map([
    ['dbt_project.yml', PROJECT.replaceAll('NAME', name).replaceAll('PROFILE', profile)],
    ['README.md', README.replaceAll('NAME', name)],
    ['.gitignore', GITIGNORE],
    ['seeds/raw_visits.csv', VISITS],
    ['models/staging/stg_visits.sql', STAGING],
    ['models/staging/stg_visits.yml', STAGING_PROPERTIES],
    ['models/visits_per_day.sql', MART],
    ['models/visits_per_day.yml', MART_PROPERTIES],
    ...['analyses', 'macros', 'snapshots', 'tests'].map(folder => [`${folder}/.gitkeep`, ''] as const),
  ]);
}

/** A profile for DuckDB, which needs nothing installed and keeps its data in one file. */
export function starterProfile(profile: string, database: string): string {
  return `${profile}:
  target: dev
  outputs:
    dev:
      type: duckdb
      path: ${database}
      schema: main
      threads: 4
`;
}

const PROJECT = `name: NAME
version: '1.0.0'
profile: PROFILE

model-paths: [models]
seed-paths: [seeds]
macro-paths: [macros]
snapshot-paths: [snapshots]
analysis-paths: [analyses]
test-paths: [tests]

clean-targets: [target, dbt_packages]

models:
  NAME:
    staging:
      +materialized: view
`;

const README = `# NAME

\`\`\`
sluice build                      # seeds, models and tests, in order
sluice show -s visits_per_day     # the first rows
sluice compile -s visits_per_day  # the SQL it becomes
\`\`\`

- \`seeds/\` holds small tables as CSV files.
- \`models/staging/\` cleans what comes in, one model for each table.
- \`models/\` holds what people query.
- \`profiles.yml\` says which database is used. Keep passwords out of it: \`"{{ env_var('NAME_PASSWORD') }}"\`.
`;

const GITIGNORE = `target/
dbt_packages/
logs/
*.duckdb
*.duckdb.wal
.env
`;

const VISITS = `visit_id,visitor,page,visited_at
1,ada,/,2024-03-01 09:00:00
2,ada,/pricing,2024-03-01 09:02:00
3,bob,/,2024-03-01 17:30:00
4,cyd,/docs,2024-03-02 08:15:00
5,ada,/docs,2024-03-02 10:45:00
6,bob,/pricing,2024-03-03 12:00:00
`;

const STAGING = `select
    visit_id,
    visitor,
    page,
    cast(visited_at as timestamp) as visited_at
from {{ ref('raw_visits') }}
`;

const STAGING_PROPERTIES = `models:
  - name: stg_visits
    description: One row for each visit of a page.
    columns:
      - name: visit_id
        data_tests: [unique, not_null]
      - name: visited_at
        data_tests: [not_null]
`;

const MART = `{{ config(materialized='table') }}

select
    cast(visited_at as date) as day,
    count(*) as visits,
    count(distinct visitor) as visitors
from {{ ref('stg_visits') }}
group by 1
order by 1
`;

const MART_PROPERTIES = `models:
  - name: visits_per_day
    description: How many pages were visited on each day, and by how many people.
    columns:
      - name: day
        description: The day of the visits, in the time zone of the source.
        data_tests: [unique, not_null]
`;
