import { cpSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createModelDb } from '../../server/src/model/create-db.ts';
import { readProjectFiles } from '../../server/src/run/project-files.ts';
import type { DialectName } from '../../server/src/syntax/sql/dialect.ts';
import { postgresWarehouse } from '../../server/src/warehouse/postgres/warehouse.ts';
import { truthOf, type BuiltRelations, type Truth } from '../binder/truth/built.ts';
import { duckdbDatabase } from '../conformance/dbt/duckdb-database.ts';
import { readRelations } from '../conformance/dbt/relations.ts';
import { settings } from '../kit/project.ts';
import { bundledCommandLine } from '../warehouse/bundle.ts';
import { startPostgres, type TestServer } from '../warehouse/postgres/server.ts';
import { ProjectOnDisk } from './command-line.ts';

let server: TestServer;
let built: Awaited<ReturnType<typeof bundledCommandLine>>;

beforeAll(async () => {
  [server, built] = await Promise.all([startPostgres(), bundledCommandLine()]);
  await standInForRedshift();
}, 60_000);

afterAll(async () => {
  rmSync(built.folder, { recursive: true });
  await server.stop();
});

/** What Redshift's catalog has and PostgreSQL has not, as far as the project's build asks for it. */
async function standInForRedshift(): Promise<void> {
  const { host, port, user, password, dbname } = server.credentials;
  const client = new Client({
    host: String(host),
    port: Number(port),
    user: String(user),
    password: String(password),
    database: String(dbname),
  });
  await client.connect();
  await client.query('create view public.svv_columns as select * from information_schema.columns');
  await client.end();
}

const SAMPLE = path.resolve(import.meta.dirname, '../../sample-project');

/** The functions of Redshift that PostgreSQL cannot be given, because their first argument is a bare word. */
const REDSHIFT_MACROS = `
{% macro redshift__datediff(first_date, second_date, datepart) %}{{ dbt.postgres__datediff(first_date, second_date, datepart) }}{% endmacro %}
{% macro redshift__dateadd(datepart, interval, from_date) %}{{ dbt.default__dateadd(datepart, interval, from_date) }}{% endmacro %}
`;

/** How the columns that are told of the built nodes differ from those of their relations. */
function differencesOf(root: string, after: BuiltRelations, dialect: DialectName): Truth {
  const db = createModelDb({
    root,
    files: readProjectFiles(root),
    profiles: { file: 'profiles.yml', text: readFileSync(path.join(root, 'profiles.yml'), 'utf8') },
    settings,
  });
  const built = db.ids().filter(it => /^(?:model|seed|snapshot)\./.test(it));
  return truthOf(db, new Set(built), { before: {}, after, dialect });
}

/** Builds and tests the sample project on a target, and answers its funnel. */
async function funnelOn(
  target: unknown,
  {
    files = {},
    look,
  }: { readonly files?: Readonly<Record<string, string>>; readonly look?: (root: string) => Promise<void> } = {},
): Promise<unknown> {
  const project = new ProjectOnDisk(built.cli, {}, { target });
  try {
    for (const name of [
      'models',
      'seeds',
      'macros',
      'tests',
      'snapshots',
      'analyses',
      'packages',
      'packages.yml',
      'dbt_project.yml',
    ]) {
      cpSync(path.join(SAMPLE, name), path.join(project.root, name), { recursive: true });
    }
    for (const [file, text] of Object.entries(files)) project.write(file, text);
    project.write('profiles.yml', JSON.stringify({ product_funnel: { target: 'dev', outputs: { dev: target } } }));
    const { code, printed } = await project.run('build');
    expect(printed).toMatch(/Done in .*: \d+ ok/);
    expect({ code, printed: code === 0 ? '' : printed }).toEqual({ code: 0, printed: '' });
    await look?.(project.root);
    const shown = await project.run(
      'show',
      '--select',
      'how_do_users_move_through_the_funnel',
      '--output',
      'json',
      '--limit',
      '-1',
      '--quiet',
    );
    const { show } = JSON.parse(shown.printed.slice(shown.printed.indexOf('{'))) as {
      readonly show: readonly Record<string, unknown>[];
    };
    return show.map(row => Object.values(row).map(value => (Number.isNaN(Number(value)) ? value : Number(value))));
  } finally {
    project.remove();
  }
}

async function postgresRelations(): Promise<BuiltRelations> {
  const warehouse = postgresWarehouse({ credentials: server.credentials, projectRoot: '/' });
  const opened = await warehouse.session();
  if (!opened.ok) throw new Error(opened.failure.message);
  const relations = await readRelations(opened.value);
  await opened.value.close();
  await warehouse.close();
  return relations;
}

function expectTrue({ nNodes, nColumns, wrong, unknown }: Truth): void {
  expect(wrong).toEqual([]);
  expect(nNodes).toBeGreaterThan(10);
  expect(unknown.length / nColumns, unknown.join('\n')).toBeLessThanOrEqual(0.01);
}

describe('the sample project builds, passes its tests, has the columns that are told of it and gives the same funnel', () => {
  let onDuckdb: unknown;

  test('on DuckDB', async () => {
    const look = async (root: string): Promise<void> => {
      const relations = await duckdbDatabase(path.join(root, 'funnel.duckdb')).relations();
      expectTrue(differencesOf(root, relations, 'duckdb'));
    };
    onDuckdb = await funnelOn({ type: 'duckdb', path: 'funnel.duckdb', schema: 'main', threads: 2 }, { look });
    expect(onDuckdb).not.toEqual([]);
  }, 60_000);

  test('on PostgreSQL', async () => {
    const look = async (root: string): Promise<void> => {
      expectTrue(differencesOf(root, await postgresRelations(), 'postgres'));
    };
    expect(await funnelOn({ ...server.credentials, schema: 'funnel', threads: 2 }, { look })).toEqual(onDuckdb);
  }, 60_000);

  test("on the Redshift target, over PostgreSQL with Redshift's view of columns", async () => {
    const target = {
      ...server.credentials,
      type: 'redshift',
      sslmode: 'disable',
      schema: 'funnel_redshift',
      threads: 2,
    };
    expect(await funnelOn(target, { files: { 'macros/stand_in.sql': REDSHIFT_MACROS } })).toEqual(onDuckdb);
  }, 60_000);
});
