import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../server/src/host/clock.ts';
import { silentLog } from '../../server/src/host/log.ts';
import { createModelDb } from '../../server/src/model/create-db.ts';
import type { ProjectInput } from '../../server/src/model/project-input.ts';
import type { Artifact } from '../../server/src/run/artifacts.ts';
import type { RunEvent } from '../../server/src/run/events.ts';
import type { RunCommand } from '../../server/src/run/plan.ts';
import { runProject } from '../../server/src/run/run.ts';
import { warehouseInProcess } from '../../server/src/warehouse/client.ts';
import type { Warehouse } from '../../server/src/warehouse/warehouse.ts';
import { parseFixture } from '../kit/fixture.ts';
import { bundled } from '../warehouse/bundle.ts';

let workerFile: string;
let processFile: string;
let warehouse: Warehouse;

beforeAll(async () => {
  workerFile = await bundled('server/src/run/worker.ts', 'run-worker');
  processFile = await bundled('server/src/warehouse/process.ts', 'run-warehouse');
});

afterEach(() => warehouse.close());

afterAll(() => {
  rmSync(workerFile);
  rmSync(processFile);
});

const PROJECT = 'name: shop\nprofile: shop\nmodels:\n  shop:\n    +materialized: table\n';
const PROFILES = 'shop: {target: dev, outputs: {dev: {type: duckdb, path: ":memory:", schema: main, threads: 2}}}\n';

interface Ran {
  readonly kind: string;
  readonly statuses: Readonly<Record<string, string>>;
  readonly events: readonly RunEvent[];
  readonly artifacts: ReadonlyMap<string, string>;
  readonly rows: (sql: string) => Promise<unknown>;
  readonly resultOf: (name: string) => Extract<RunEvent, { kind: 'finished' }>['result'];
}

/** Runs a project on an empty DuckDB in memory, all of it. */
async function ran(
  fixture: string,
  command: RunCommand = 'build',
  more: { readonly signal?: AbortSignal; readonly onEvent?: (event: RunEvent) => void } = {},
): Promise<Ran> {
  const files = new Map([['dbt_project.yml', PROJECT], ...parseFixture(fixture).files]);
  const settings = {
    vars: {},
    environment: {},
    runStartedAt: '2024-02-29T12:00:00.000000+00:00',
    invocationId: 'run-1',
    fullRefresh: false,
    flags: { which: command },
  };
  const input: ProjectInput = { root: '/shop', files, profiles: { file: 'profiles.yml', text: PROFILES }, settings };
  const db = createModelDb(input);
  warehouse = warehouseInProcess({
    credentials: { type: 'duckdb', path: ':memory:' },
    projectRoot: '/',
    processFile,
    log: silentLog,
  });
  const events: RunEvent[] = [];
  const artifacts: Artifact[] = [];
  const manifest = db.manifest();
  const outcome = await runProject({
    db,
    input,
    command,
    selected: [...manifest.nodes.keys(), ...manifest.unitTests.keys()],
    warehouse,
    threads: 2,
    failFast: false,
    workerFile,
    clock: systemClock,
    signal: more.signal ?? new AbortController().signal,
    onEvent: event => {
      events.push(event);
      more.onEvent?.(event);
    },
    onArtifact: it => artifacts.push(it),
  });
  const finished = events.filter(it => it.kind === 'finished');
  return {
    kind: outcome.kind,
    statuses: Object.fromEntries(finished.map(({ node, result }) => [node.name, result.status])),
    events,
    artifacts: new Map(artifacts.map(it => [it.path, it.text])),
    rows: async sql => {
      const session = await warehouse.session();
      if (!session.ok) throw new Error(session.failure.message);
      const answer = await session.value.execute(sql, { fetch: true });
      return answer.ok ? answer.value.rows : answer.failure.message;
    },
    resultOf: name => finished.find(it => it.node.name === name)!.result,
  };
}

const SHOP = `
//- seeds/events.csv
user_id,step
1,view
1,cart
2,view
//- models/stg.sql
select user_id, step from {{ ref('events') }}
//- models/funnel.sql
{{ config(schema='marts') }}
{% set steps = run_query('select distinct step from ' ~ ref('stg') ~ ' order by 1') %}
select step, count(*) as n from {{ ref('stg') }}
where step in ({% for row in (steps.rows if execute else []) %}'{{ row[0] }}'{{ ',' if not loop.last }}{% endfor %})
group by 1
//- models/s.yml
models:
  - name: stg
    columns:
      - {name: user_id, data_tests: [not_null]}
`;

describe('a build', () => {
  test('loads seeds, asks the warehouse while it renders, creates schemas, runs tests', async () => {
    const { kind, statuses, rows, resultOf } = await ran(SHOP);
    expect(kind).toBe('done');
    expect(statuses).toEqual({ events: 'success', stg: 'success', not_null_stg_user_id: 'pass', funnel: 'success' });
    expect(await rows('select * from main_marts.funnel order by step')).toEqual([
      ['cart', 1],
      ['view', 2],
    ]);
    expect(resultOf('events').rows).toBe(3);
  });

  test('leaves what dbt leaves: compiled and run code, results', async () => {
    const { artifacts } = await ran(SHOP);
    expect(artifacts.get('compiled/shop/models/stg.sql')).toBe('select user_id, step from "memory"."main"."events"');
    expect(artifacts.get('run/shop/models/stg.sql')).toMatch(/create\s+(or replace )?table/i);
    expect([...artifacts.keys()].filter(it => it.includes('s.yml'))).toEqual([
      'compiled/shop/models/s.yml/not_null_stg_user_id.sql',
      'run/shop/models/s.yml/not_null_stg_user_id.sql',
    ]);
    const results = JSON.parse(artifacts.get('run_results.json')!);
    expect(results.metadata).toMatchObject({ invocation_id: 'run-1' });
    expect(
      results.results.map((it: { unique_id: string; status: string }) => [it.unique_id, it.status]),
    ).toContainEqual(['model.shop.funnel', 'success']);
  });

  test('a refused statement fails its node at the word the warehouse names, and skips what lies below', async () => {
    const fixture = `
//- macros/wrong.sql
{% macro wrong(column) %}{{ column }} as x, nowhere as y{% endmacro %}
//- models/a.sql
select 1 as n
//- models/b.sql
select
  missing
from {{ ref('a') }}
//- models/c.sql
select {{ wrong('n') }} from {{ ref('a') }}
//- models/d.sql
select * from {{ ref('b') }}
`;
    const { statuses, resultOf } = await ran(fixture);
    expect(statuses).toEqual({ a: 'success', b: 'error', c: 'error', d: 'skipped' });
    const { failure, message } = resultOf('b');
    expect(failure).toMatchObject({
      message: expect.stringMatching(/^Binder Error: Referenced column "missing" not found/),
      place: { origin: { file: 'models/b.sql', start: 9, end: 16 }, calls: [] },
    });
    expect(message).toMatch(/^Database Error in model b \(models\/b\.sql\)\n {2}Binder Error/);
    expect(resultOf('c').failure?.place).toMatchObject({
      origin: { file: 'macros/wrong.sql' },
      calls: [{ macro: 'wrong', origin: { file: 'models/c.sql' } }],
    });
  });

  test('a failing test counts its rows and keeps what lies below from being built', async () => {
    const fixture = `
//- models/a.sql
select null as n union all select null
//- models/b.sql
select * from {{ ref('a') }}
//- models/s.yml
models:
  - name: a
    columns:
      - name: n
        data_tests: [not_null, {unique: {config: {severity: warn}}}]
`;
    const { statuses, resultOf } = await ran(fixture);
    expect(statuses).toEqual({ a: 'success', not_null_a_n: 'fail', unique_a_n: 'pass', b: 'skipped' });
    expect(resultOf('not_null_a_n')).toMatchObject({
      failures: 2,
      message: 'Got 2 results, configured to fail if != 0',
    });
  });

  test('a template that fails is placed in the template', async () => {
    const { statuses, resultOf } = await ran(`
//- models/a.sql
select {{ exceptions.raise_compiler_error('not today') if execute }}
`);
    expect(statuses).toEqual({ a: 'error' });
    expect(resultOf('a').failure).toMatchObject({ message: 'not today', place: { origin: { file: 'models/a.sql' } } });
  });

  test('what templates log is an event', async () => {
    const { events } = await ran(
      "//- models/a.sql\n{{ log('hello', info=true) }}{{ exceptions.warn('careful') }}select 1 as n\n",
    );
    expect(events.filter(it => it.kind === 'log')).toEqual(
      expect.arrayContaining([
        { kind: 'log', level: 'info', message: 'hello' },
        { kind: 'log', level: 'warning', message: expect.stringContaining('careful') },
      ]),
    );
  });
});

describe('hooks', () => {
  const withHooks = (start: string): string => `
//- dbt_project.yml
name: shop
profile: shop
on-run-start: ["${start}"]
on-run-end:
  - "create table ended as select {{ results | length }} as n, '{{ results[0].status }}' as first"
//- models/a.sql
select 1 as n
`;

  test('run around the nodes, and the later ones see the results', async () => {
    const { statuses, rows } = await ran(withHooks('create table begun as select 1 as n'), 'run');
    expect(statuses).toEqual({ 'shop.on-run-start.0': 'success', a: 'success', 'shop.on-run-end.0': 'success' });
    expect(await rows('select ended.n, first from ended, begun')).toEqual([[1, 'success']]);
  });

  test('that fail are results of their own', async () => {
    const { statuses, resultOf } = await ran(withHooks('select nonsense'), 'run');
    expect(statuses).toMatchObject({ 'shop.on-run-start.0': 'error', a: 'success' });
    expect(resultOf('shop.on-run-start.0').message).toMatch(/^shop\.on-run-start\.0 failed, error:\n Binder Error/);
  });
});

test('cancelling stops the statement in the warehouse and starts nothing more', async () => {
  const controller = new AbortController();
  const fixture = `
//- models/a.sql
select count(*) as n from range(100000000000) x, range(1000) y
//- models/b.sql
select * from {{ ref('a') }}
`;
  const { kind, statuses } = await ran(fixture, 'run', {
    signal: controller.signal,
    onEvent: event => {
      if (event.kind === 'started') setTimeout(() => controller.abort(), 500);
    },
  });
  expect(kind).toBe('cancelled');
  expect(statuses).toEqual({ a: 'cancelled', b: 'cancelled' });
});
