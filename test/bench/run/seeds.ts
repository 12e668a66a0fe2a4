import type { Credentials } from '../../../server/src/warehouse/warehouse.ts';
import { openWarehouse, projectOf, timedRun } from './surroundings.ts';

const N_ROWS = 300_000;

/** One large seed from its text to its table, types inferred: rows a second. */
export async function measureSeeds(credentials: Credentials): Promise<Readonly<Record<string, number>>> {
  const own = { ...credentials, schema: 'bench_seeds', threads: 1 };
  const lines = Array.from(
    { length: N_ROWS },
    (_, at) => `${at},name ${at},${(at % 1000) / 8},2024-0${(at % 9) + 1}-1${at % 10}\n`,
  );
  const input = projectOf({ 'seeds/s.csv': `id,name,amount,day\n${lines.join('')}` }, own);
  const warehouse = openWarehouse(own);
  try {
    const ms = await timedRun(input, warehouse, { command: 'seed', threads: 1 });
    return { rows: N_ROWS, ms, rowsPerSecond: N_ROWS / (ms / 1000) };
  } finally {
    await warehouse.close();
  }
}
