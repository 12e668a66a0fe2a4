import type { Credentials } from '../../server/src/warehouse/warehouse.ts';
import { startPostgres } from '../warehouse/postgres/server.ts';
import { measureOverhead } from './run/overhead.ts';
import { measurePreview } from './run/preview.ts';
import { measureSeeds } from './run/seeds.ts';
import { measureWide } from './run/wide.ts';

/**
 * `npm run bench -- run [overhead] [wide] [seeds] [preview]`: what a run costs beside the warehouse, on a real PostgreSQL
 * server and on DuckDB. One line for each measurement, then all of them as JSON.
 */
type Measurement = Readonly<Record<string, number>>;

const DUCKDB: Credentials = { type: 'duckdb', path: ':memory:', schema: 'main' };

async function measure(wanted: readonly string[]): Promise<Readonly<Record<string, Measurement>>> {
  const server = await startPostgres();
  const { credentials } = server;
  const parts: Readonly<Record<string, () => Promise<Measurement>>> = {
    'overhead on PostgreSQL': () => measureOverhead(credentials),
    'wide on PostgreSQL': () => measureWide(credentials),
    'seeds on DuckDB': () => measureSeeds(DUCKDB),
    'seeds on PostgreSQL': () => measureSeeds(credentials),
    'preview on DuckDB': () => measurePreview(DUCKDB),
    'preview on PostgreSQL': () => measurePreview(credentials),
  };
  const measured: Record<string, Measurement> = {};
  try {
    for (const [name, part] of Object.entries(parts)) {
      if (wanted.length > 0 && !wanted.some(it => name.startsWith(it))) continue;
      const figures = await part();
      measured[name] = figures;
      const shown = Object.entries(figures).map(([key, value]) => `${key} ${Math.round(value * 100) / 100}`);
      console.log(`${name.padEnd(24)} ${shown.join('  ')}`);
    }
  } finally {
    await server.stop();
  }
  return measured;
}

void measure(process.argv.slice(2)).then(measured => console.log(JSON.stringify({ benchmark: 'run', measured })));
