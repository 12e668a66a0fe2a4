import { catalogOf, compared, describeInDuckdb, described, duckdbWith, SHOP } from '../binder/truth/engine.ts';
import { Generator } from '../binder/truth/generate.ts';
import { mutatedDuckdb, mutations } from '../binder/truth/mutate.ts';

/** `npm run bench -- sql-truth [QUERIES] [SEED]`: the binder against DuckDB on generated queries, at length. */
const [queries = '2000', seed = '1'] = process.argv.slice(2);

async function types(): Promise<void> {
  const connection = await duckdbWith(SHOP);
  const catalog = catalogOf(SHOP, 'duckdb');
  const generator = new Generator(Number(seed), SHOP, 'duckdb');
  const total = { queries: 0, refused: 0, columns: 0, names: 0, wrong: 0, unknown: 0, falseErrors: 0 };
  for (let n = 0; n < Number(queries); n++) {
    const { sql } = generator.query();
    const real = await describeInDuckdb(connection, sql);
    total.queries++;
    if (typeof real === 'string') {
      total.refused++;
      continue;
    }
    const { columns, isOpen, binding } = described(sql, catalog, 'duckdb');
    const verdict = compared(columns, isOpen, real);
    total.columns += verdict.nColumns;
    total.names += verdict.names.length;
    total.wrong += verdict.wrongTypes.length;
    total.unknown += verdict.unknownTypes.length;
    if (binding.problems.some(it => it.severity === 'error')) total.falseErrors++;
    for (const it of [...verdict.names, ...verdict.wrongTypes]) console.log(`${it}\n  ${sql}`);
  }
  console.log(JSON.stringify({ benchmark: 'sql-truth', ...total }));
}

async function lineage(): Promise<void> {
  const connection = await mutatedDuckdb(SHOP, 8);
  const { trials, changed, misses } = await mutations(connection, Number(seed), Number(queries) / 4);
  for (const it of misses.slice(0, 20)) console.log(it);
  console.log(JSON.stringify({ benchmark: 'sql-mutations', trials, changed, misses: misses.length }));
}

await types();
await lineage();
