import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Credentials, Session, Warehouse } from '../../../server/src/warehouse/warehouse.ts';
import { openWarehouse, projectOf, rawClient, tables, timedRun } from './surroundings.ts';

const N_NODES = 100;
/** What dbt-core 1.11 needs for a node of the same project on the same kind of machine. */
const DBT_MS_PER_NODE = 123;

/** One-row tables on PostgreSQL with one thread: the time per node that is not the server's. */
export async function measureOverhead(credentials: Credentials): Promise<Readonly<Record<string, number>>> {
  const own = { ...credentials, schema: 'bench_overhead', threads: 1 };
  const input = projectOf(tables(N_NODES), own);
  const warehouse = openWarehouse(own);
  const options = { command: 'run', threads: 1 } as const;
  try {
    await timedRun(input, warehouse, options);
    const sent: string[] = [];
    await timedRun(input, listening(warehouse, sent), options);
    const runs: number[] = [];
    const replays: number[] = [];
    for (let round = 0; round < 4; round++) {
      runs.push(await timedRun(input, warehouse, options));
      replays.push(await replayed(own, sent));
    }
    const [run, replay] = [Math.min(...runs), Math.min(...replays)];
    return {
      nodes: N_NODES,
      statementsPerNode: sent.length / N_NODES,
      runMsPerNode: run / N_NODES,
      warehouseMsPerNode: replay / N_NODES,
      overheadMsPerNode: (run - replay) / N_NODES,
      wholeProcessMsPerNode: wholeProcess(own) / N_NODES,
      dbtMsPerNode: DBT_MS_PER_NODE,
    };
  } finally {
    await warehouse.close();
  }
}

/** The same warehouse; every statement that goes to it is written down. */
function listening(warehouse: Warehouse, sent: string[]): Warehouse {
  return {
    ...warehouse,
    async session() {
      const opened = await warehouse.session();
      if (!opened.ok) return opened;
      const executeAll: Session['executeAll'] = (statements, options) => {
        sent.push(...statements.map(it => it.sql));
        return opened.value.executeAll(statements, options);
      };
      return { ok: true, value: { ...opened.value, executeAll } };
    },
  };
}

/** The milliseconds that the driver alone needs for the same statements in the same order. */
async function replayed(credentials: Credentials, sent: readonly string[]): Promise<number> {
  const client = rawClient(credentials);
  await client.connect();
  const begun = performance.now();
  for (const sql of sent) await client.query(sql);
  const took = performance.now() - begun;
  await client.end();
  return took;
}

/** The milliseconds of the built command line from outside, starting and ending included. */
function wholeProcess(credentials: Credentials): number {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-bench-'));
  try {
    const { files, profiles } = projectOf(tables(N_NODES), credentials);
    for (const [name, text] of [...files, ['profiles.yml', profiles?.text ?? ''] as const]) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    const words = [path.resolve(__dirname, '../cli.cjs'), 'run', '--threads', '1', '--profiles-dir', folder];
    const times = [1, 2].map(() => {
      const begun = performance.now();
      const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' });
      if (status !== 0) throw new Error(stdout + stderr);
      return performance.now() - begun;
    });
    return Math.min(...times);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
