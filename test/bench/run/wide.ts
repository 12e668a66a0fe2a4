import type { Credentials } from '../../../server/src/warehouse/warehouse.ts';
import { openWarehouse, projectOf, timedRun } from './surroundings.ts';

const N_WIDE = 32;
const N_THREADS = 8;
const SECONDS = 0.5;

/** One slow table, many that read it, one that reads them all, on eight threads: the wall time against the least possible. */
export async function measureWide(credentials: Credentials): Promise<Readonly<Record<string, number>>> {
  const own = { ...credentials, schema: 'bench_wide', threads: N_THREADS };
  const slow = (from: string): string => `select 1 as id, pg_sleep(${SECONDS})::text as slept${from}\n`;
  const names = Array.from({ length: N_WIDE }, (_, at) => `w${at}`);
  const files = Object.fromEntries([
    ['models/root.sql', slow('')],
    ...names.map(name => [`models/${name}.sql`, slow(" from {{ ref('root') }}")] as const),
    ['models/last.sql', `${names.map(name => `-- depends_on: {{ ref('${name}') }}`).join('\n')}\n${slow('')}`],
  ]);
  const warehouse = openWarehouse(own);
  try {
    const wallMs = await timedRun(projectOf(files, own), warehouse, { command: 'run', threads: N_THREADS });
    const leastMs = (2 + N_WIDE / N_THREADS) * SECONDS * 1000;
    return { leastMs, wallMs, overLeastPercent: (wallMs / leastMs - 1) * 100 };
  } finally {
    await warehouse.close();
  }
}
