import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { postgresWarehouse } from '../../server/src/warehouse/postgres/warehouse.ts';
import type { Session, Warehouse } from '../../server/src/warehouse/warehouse.ts';
import { startPostgres, type TestServer } from '../warehouse/postgres/server.ts';
import { readCase, shellWords, type ConformanceCase } from './dbt/case.ts';
import { runCase, type RecordedRun } from './dbt/run-case.ts';

/** The commands that build or read relations. */
const COMMANDS: ReadonlySet<string> = new Set(['run', 'build', 'seed', 'snapshot', 'test', 'run-operation']);
const DATABASE = 'confdb';

/**
 * Runs the cases of a folder that use a warehouse: by the built command line, against a real PostgreSQL server.
 * `CASES=incremental` runs those whose names hold the word. Prints what differs from dbt, and one line of JSON.
 */
export async function run(folder: string): Promise<number> {
  const server = await startPostgres();
  let passed = 0;
  let failed = 0;
  try {
    for (const test of runningCases(folder)) {
      const differences = await differencesOnServer(folder, test, server);
      if (differences.length === 0) passed++;
      else failed++;
      if (differences.length > 0) console.log(`${test.name}\n${differences.map(it => `  ${it}`).join('\n')}`);
    }
  } finally {
    await server.stop();
  }
  console.log(JSON.stringify({ passed, failed }));
  return failed;
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
export async function differencesOnServer(folder: string, test: ConformanceCase, server: TestServer): Promise<readonly string[]> {
  const text = readFileSync(path.join(folder, 'expected', `${test.name}.json`), 'utf8');
  const recorded = JSON.parse(text.replaceAll(/: -?(?:Infinity|NaN)\b/g, ': null')) as { readonly steps: readonly RecordedRun[] };
  await inDatabase(server, 'postgres', async session => {
    await session.execute(`drop database if exists ${DATABASE} with (force)`, { fetch: false });
    await session.execute(`create database ${DATABASE}`, { fetch: false });
  });
  const home = mkdtempSync(path.join(tmpdir(), 'sluice-case-'));
  const [project, profiles] = ['project', 'profiles'].map(name => path.join(home, name)) as [string, string];
  for (const made of [project, profiles]) mkdirSync(made);
  writeFileSync(path.join(profiles, 'profiles.yml'), profileText(server));
  const cli = path.resolve(process.env['SLUICE_DIST'] ?? 'dist', 'cli.cjs');
  try {
    return await inDatabase(server, DATABASE, session => runCase(test, recorded.steps, { cli, folder: project, profiles, session }));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function profileText({ credentials }: TestServer): string {
  const { host, port, user, password } = credentials;
  const target = (schema: string) => ({ type: 'postgres', host, port, user, password, dbname: DATABASE, schema, threads: 1 });
  return JSON.stringify({ conf: { target: 'dev', outputs: { dev: target('conf'), prod: target('conf_prod') } } });
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
