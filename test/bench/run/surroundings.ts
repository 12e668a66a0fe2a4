import path from 'node:path';
import { Client } from 'pg';
import { systemClock } from '../../../server/src/host/clock.ts';
import { silentLog } from '../../../server/src/host/log.ts';
import { createModelDb } from '../../../server/src/model/create-db.ts';
import type { ProjectInput } from '../../../server/src/model/project-input.ts';
import { runProject } from '../../../server/src/run/run.ts';
import type { RunCommand } from '../../../server/src/run/plan.ts';
import { warehouseInProcess } from '../../../server/src/warehouse/client.ts';
import type { Credentials, Warehouse } from '../../../server/src/warehouse/warehouse.ts';

/** The bundles that lie beside the benchmark's own folder. */
const bundle = (name: string): string => path.resolve(__dirname, '..', name);

/** A warehouse whose driver runs in the product's own process. */
export function openWarehouse(credentials: Credentials): Warehouse {
  return warehouseInProcess({
    credentials,
    projectRoot: '/',
    processFile: bundle('warehouse.cjs'),
    log: silentLog,
  });
}

/** PostgreSQL's driver as it comes, for the same database. */
export function rawClient({ host, port, user, password, dbname }: Credentials): Client {
  return new Client({
    host: String(host),
    port: Number(port),
    user: String(user),
    password: String(password),
    database: String(dbname),
  });
}

/** A project in memory, with its profile for these credentials. */
export function projectOf(files: Readonly<Record<string, string>>, credentials: Credentials): ProjectInput {
  const profiles = { bench: { target: 'dev', outputs: { dev: credentials } } };
  return {
    root: '/bench',
    files: new Map([['dbt_project.yml', PROJECT], ...Object.entries(files)]),
    profiles: { file: 'profiles.yml', text: JSON.stringify(profiles) },
    settings: {
      vars: {},
      environment: {},
      runStartedAt: '2024-02-29T12:00:00.000000+00:00',
      invocationId: 'bench',
      fullRefresh: false,
      flags: { which: 'run' },
    },
  };
}

export const PROJECT = 'name: bench\nprofile: bench\nmodels:\n  +materialized: table\n';

/** Runs everything of a project; answers the milliseconds from the first node's start to the last one's end. */
export async function timedRun(
  input: ProjectInput,
  warehouse: Warehouse,
  { command, threads }: { readonly command: RunCommand; readonly threads: number },
): Promise<number> {
  const db = createModelDb(input);
  let first = Number.NaN;
  let last = Number.NaN;
  const outcome = await runProject({
    db,
    input,
    command,
    selected: [...db.manifest().nodes.keys()],
    warehouse,
    threads,
    failFast: false,
    workerFile: bundle('render-worker.cjs'),
    clock: systemClock,
    signal: new AbortController().signal,
    onEvent: ({ kind }) => {
      if (kind === 'started' && Number.isNaN(first)) first = performance.now();
      if (kind === 'finished') last = performance.now();
    },
    onArtifact: () => undefined,
  });
  const failed = outcome.kind === 'refused' ? outcome.failure : outcome.results.find(it => it.failure)?.failure;
  if (failed !== undefined) throw new Error(failed.message);
  return last - first;
}

/** A project of one table of one row for each number. */
export function tables(count: number): Readonly<Record<string, string>> {
  const models = Array.from({ length: count }, (_, at) => [`models/m${at}.sql`, `select ${at} as id\n`] as const);
  return Object.fromEntries(models);
}
