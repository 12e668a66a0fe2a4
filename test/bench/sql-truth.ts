import { catalogOf, describeInDuckdb, duckdbWith, NESTED, SHOP } from '../binder/truth/engine.ts';
import { truthOfQueries } from '../binder/truth/corpus.ts';
import { DUCKDB } from '../binder/truth/duckdb-grammar.ts';
import { Generator } from '../binder/truth/generate.ts';
import { mutatedDuckdb, mutations } from '../binder/truth/mutate.ts';

/** `npm run bench -- sql-truth [QUERIES] [SEED]`: the binder against DuckDB on generated queries, at length. */
const [queries = '2000', seed = '1'] = process.argv.slice(2);
const TABLES = { ...SHOP, ...NESTED };

async function types(): Promise<void> {
  const connection = await duckdbWith(TABLES);
  const generator = new Generator(Number(seed), TABLES, DUCKDB);
  const settings = { catalog: catalogOf(TABLES, 'duckdb'), dialect: 'duckdb' } as const;
  const found = await truthOfQueries(generator, Number(queries), sql => describeInDuckdb(connection, sql), settings);
  for (const it of found.wrong.slice(0, 20)) console.log(it);
  const { wrong, unknown, ...counts } = found;
  console.log(JSON.stringify({ benchmark: 'sql-truth', ...counts, wrong: wrong.length, unknown: unknown.length }));
}

async function lineage(): Promise<void> {
  const connection = await mutatedDuckdb(TABLES, 8);
  const { trials, changed, misses } = await mutations(connection, TABLES, {
    seed: Number(seed),
    nTrials: Number(queries) * 5,
  });
  for (const it of misses.slice(0, 20)) console.log(it);
  console.log(JSON.stringify({ benchmark: 'sql-mutations', trials, changed, misses: misses.length }));
}

void types().then(lineage);
