import type { ProjectOnDisk } from './command-line.ts';

/** Events of three days, and a model that counts on them day by day. `key` is what PostgreSQL's strategy asks for. */
export function microbatchFiles({ key }: { readonly key: string }): Readonly<Record<string, string>> {
  return {
    'models/events.sql': [
      "{{ config(event_time='happened') }}",
      "select 1 as id, cast('2024-09-15 10:00:00' as timestamp) as happened, 5 as amount",
      "union all select 2, cast('2024-09-16 11:00:00' as timestamp), 10",
      "union all select 3, cast('2024-09-17 00:00:00' as timestamp), 15",
      '',
    ].join('\n'),
    'models/daily.sql': [
      "{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='happened', batch_size='day',",
      `    begin='2024-09-15', lookback=0${key}) }}`,
      "select id, happened, amount, '{{ model.batch.id if model.batch }}' as batch, {{ is_incremental() }} as is_added,",
      "  cast(case when id = {{ var('bad', 0) }} then 'none' else '1' end as integer) as one",
      "from {{ ref('events') }}",
      '',
    ].join('\n'),
    'models/after.sql': "select count(*) as n from {{ ref('daily') }}\n",
  };
}

export const PERIOD: readonly string[] = ['--event-time-start', '2024-09-15', '--event-time-end', '2024-09-18'];

/** What `run_results.json` says of the batches of a model, by their days. */
export function batchesOf(
  project: ProjectOnDisk,
  model: string,
): {
  readonly status: string;
  readonly message: string;
  readonly successful: readonly string[];
  readonly failed: readonly string[];
} {
  const { results } = JSON.parse(project.read('target/run_results.json')) as {
    readonly results: readonly {
      readonly unique_id: string;
      readonly status: string;
      readonly message: string;
      readonly batch_results: Readonly<Record<'successful' | 'failed', readonly (readonly [string, string])[]>> | null;
    }[];
  };
  const found = results.find(it => it.unique_id === `model.shop.${model}`);
  if (found === undefined) throw new Error(`no result of ${model}`);
  const days = (pairs: readonly (readonly [string, string])[] = []): readonly string[] =>
    pairs.map(([start]) => start.slice(0, 10));
  const { status, message, batch_results: batches } = found;
  return { status, message, successful: days(batches?.successful), failed: days(batches?.failed) };
}
