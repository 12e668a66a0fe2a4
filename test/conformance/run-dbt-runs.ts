import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { postgresWarehouse } from '../../server/src/warehouse/postgres/warehouse.ts';
import type { Session, Warehouse } from '../../server/src/warehouse/warehouse.ts';
import { bothTruths, NOTHING_BUILT, type Truth } from '../binder/truth/built.ts';
import { startPostgres, type TestServer } from '../warehouse/postgres/server.ts';
import { truthOfCaseNamed, truthOfStep } from './dbt/built-columns.ts';
import { readCase, shellWords, type ConformanceCase } from './dbt/case.ts';
import { duckdbDatabase } from './dbt/duckdb-database.ts';
import { duckdbExceptions } from './dbt/duckdb-exceptions.ts';
import { readRelations } from './dbt/relations.ts';
import { runCase, type CaseDatabase, type RecordedRun, type RunSurroundings } from './dbt/run-case.ts';

/** The commands that build or read relations. */
const COMMANDS: ReadonlySet<string> = new Set(['run', 'build', 'seed', 'snapshot', 'test', 'run-operation']);
const DATABASE = 'confdb';

/**
 * Runs the cases of a folder that use a warehouse by the built command line: on a real PostgreSQL server, where all that
 * is recorded has to be the same, or with `WAREHOUSE=duckdb` on DuckDB, where the rows have to be, but for the
 * cases of `dbt/duckdb-exceptions.ts` with their reasons. `CASES=incremental`
 * runs those whose names hold the word. Prints what differs from dbt, and one line of JSON.
 */
export async function run(folder: string): Promise<number> {
  const tests = runningCases(folder);
  if (process.env['WAREHOUSE'] === 'duckdb') return runOnDuckdb(folder, tests);
  const server = await startPostgres();
  try {
    return print(await report(tests, test => differencesOnServer(folder, test, server)));
  } finally {
    await server.stop();
  }
}

/** What is told of the columns of what the cases build has to be what DuckDB says of them, or nothing. */
async function runOnDuckdb(folder: string, tests: readonly ConformanceCase[]): Promise<number> {
  let truth = NOTHING_BUILT;
  const counts = await report(tests, test => differencesOnDuckdb(folder, test, it => (truth = bothTruths(truth, it))), duckdbExceptions);
  for (const it of [...truth.wrong, ...truth.unknown.map(it => `unknown: ${it}`)]) console.log(it);
  const { nNodes, nColumns, wrong, unknown } = truth;
  console.log(`columns of built nodes: ${nColumns} of ${nNodes} nodes, ${wrong.length} wrong, ${unknown.length} unknown`);
  return print({ ...counts, failed: counts.failed + wrong.length });
}

interface Counts {
  readonly passed: number;
  readonly excepted?: number;
  readonly failed: number;
}

/** Prints what differs, and of the cases that have to differ the reason; one that no longer does is a failure too. */
async function report(
  tests: readonly ConformanceCase[],
  differencesOf: (test: ConformanceCase) => Promise<readonly string[]>,
  exceptions: ReadonlyMap<string, string> = new Map(),
): Promise<Counts> {
  let [failed, excepted] = [0, 0];
  for (const test of tests) {
    const reason = exceptions.get(test.name);
    const found = await differencesOf(test);
    const isException = reason !== undefined && found.length > 0;
    if (isException) excepted++;
    if (isException) console.log(`${test.name}\n  differs as it has to: ${reason}`);
    const differences = reason === undefined ? found : found.length > 0 ? [] : [`is the same, and should not be: ${reason}`];
    if (differences.length === 0) continue;
    failed++;
    console.log(`${test.name}\n${differences.map(it => `  ${it}`).join('\n')}`);
  }
  return { passed: tests.length - failed - excepted, ...(exceptions.size === 0 ? {} : { excepted }), failed };
}

function print(counts: Counts): number {
  console.log(JSON.stringify(counts));
  return counts.failed;
}

function runningCases(folder: string): readonly ConformanceCase[] {
  const root = path.join(folder, 'cases');
  const wanted = process.env['CASES'] ?? '';
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(it => it.endsWith('.txt')).toSorted();
  return files
    .map(file => readCase(file.replaceAll('\\', '/').replace(/\.txt$/, ''), readFileSync(path.join(root, file), 'utf8')))
    .filter(({ name, steps }) => name.includes(wanted) && steps.some(step => step.kind === 'invoke' && COMMANDS.has(shellWords(step.command)[0] ?? '')));
}

/** Runs one case against a server that is started already, and says what differs from dbt, a line each. */
export async function differencesOnServer(
  folder: string,
  test: ConformanceCase,
  server: TestServer,
): Promise<readonly string[]> {
  await inDatabase(server, 'postgres', async session => {
    await session.execute(`drop database if exists ${DATABASE} with (force)`, { fetch: false });
    await session.execute(`create database ${DATABASE}`, { fetch: false });
  });
  const { host, port, user, password } = server.credentials;
  const target = { type: 'postgres', host, port, user, password, dbname: DATABASE };
  return inDatabase(server, DATABASE, session => {
    const database: CaseDatabase = {
      change: async sql => void (await session.execute(sql, { fetch: false })),
      relations: () => readRelations(session),
    };
    return differencesOf(folder, test, { target: () => target, database: () => database, compares: 'all' });
  });
}

function differencesOnDuckdb(folder: string, test: ConformanceCase, onTruth: (it: Truth) => void): Promise<readonly string[]> {
  const file = (home: string): string => path.join(home, `${DATABASE}.duckdb`);
  return differencesOf(folder, test, {
    target: home => ({ type: 'duckdb', path: file(home) }),
    database: home => duckdbDatabase(file(home)),
    compares: 'rows',
    onBuilt: built => {
      const truth = truthOfStep({ ...built, dialect: 'duckdb' });
      if (truth !== undefined) onTruth(truthOfCaseNamed(test.name, truth));
    },
  });
}

/** A warehouse for cases; `home` is the folder of one case. */
interface CaseWarehouse {
  readonly target: (home: string) => Readonly<Record<string, unknown>>;
  readonly database: (home: string) => CaseDatabase;
  readonly compares: RunSurroundings['compares'];
  readonly onBuilt?: RunSurroundings['onBuilt'];
}

async function differencesOf(
  folder: string,
  test: ConformanceCase,
  { target, database, ...how }: CaseWarehouse,
): Promise<readonly string[]> {
  const text = readFileSync(path.join(folder, 'expected', `${test.name}.json`), 'utf8');
  const recorded = JSON.parse(text.replaceAll(/: -?(?:Infinity|NaN)\b/g, ': null')) as {
    readonly steps: readonly RecordedRun[];
  };
  const home = mkdtempSync(path.join(tmpdir(), 'sluice-case-'));
  const [project, profiles] = ['project', 'profiles'].map(name => path.join(home, name)) as [string, string];
  for (const made of [project, profiles]) mkdirSync(made);
  const output = (schema: string) => ({ ...target(home), schema, threads: 1 });
  const conf = { target: 'dev', outputs: { dev: output('conf'), prod: output('conf_prod') } };
  writeFileSync(path.join(profiles, 'profiles.yml'), JSON.stringify({ conf }));
  const cli = path.resolve(process.env['SLUICE_DIST'] ?? 'dist', 'cli.cjs');
  try {
    return await runCase(test, recorded.steps, { cli, folder: project, profiles, database: database(home), ...how });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function inDatabase<T>(server: TestServer, dbname: string, work: (session: Session) => Promise<T>): Promise<T> {
  const warehouse: Warehouse = postgresWarehouse({ credentials: { ...server.credentials, dbname }, projectRoot: '.' });
  const opened = await warehouse.session();
  if (!opened.ok) throw new Error(opened.failure.message);
  try {
    return await work(opened.value);
  } finally {
    await opened.value.close();
    await warehouse.close();
  }
}
