import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import type { Locator } from 'playwright-core';
import { startPostgres, type TestServer } from '../../warehouse/postgres/server.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { check } from './check.ts';
import type { Scenario } from './check.ts';
import { openFile, replaceText } from './editor.ts';
import { runs } from './runs.ts';
import { dataPage, grid, gridCell, treeRow } from './views.ts';
import { notification, quickPickRow, runCommand, statusItem, until } from './window.ts';
import type { Window, WindowSetup } from './window.ts';

let server: TestServer | undefined;

/** A project that is built and asked on a real PostgreSQL server. */
export const postgres: Scenario = {
  title: 'a project on PostgreSQL',
  setUp,
  checks: [
    check('Build Project builds and tests it there', async window => {
      await openFile(window, 'users.sql');
      await statusItem(window, 'shop · dev').locator('.codicon-check').waitFor();
      await runCommand(window, 'Sluice: Build Project');
      await treeRow(window, /good.* done in/).waitFor();
      const built = await ask("select relkind from pg_class where relname in ('users', 'names') order by relname");
      assert.deepEqual(
        built.map(it => it['relkind']),
        ['v', 'r'],
      );
    }),
    check('Preview Data queries the unsaved text there, with exact values', async window => {
      await openFile(window, 'names.sql');
      await replaceText(
        window,
        "select 41 + user_id as answer, 9007199254740993::bigint as big from {{ ref('users') }}",
      );
      await runCommand(window, 'Sluice: Preview Data');
      await gridCell(window, 0, 0).filter({ hasText: '42' }).waitFor();
      await gridCell(window, 0, 1).filter({ hasText: '9007199254740993' }).waitFor();
    }),
    check(
      'a query that is expected to cost more than the setting allows runs only when it is confirmed',
      async window => {
        await openFile(window, 'names.sql');
        await replaceText(window, `select n from generate_series(1, ${COSTLY_ROWS}) as n`);
        await runCommand(window, 'Sluice: Preview Data');
        await costQuestion(window)
          .getByText(/expected to cost [\d,]+ units of the planner \(the limit is 5,000 /)
          .waitFor();
        await costQuestion(window).getByRole('button', { name: 'Cancel' }).click();
        await dataPage(window).getByText('The query was not run.').waitFor();
        assert.equal(await begunQueries(), 0);
        await runCommand(window, 'Sluice: Preview Data');
        await costQuestion(window).getByRole('button', { name: 'Run Anyway' }).click();
        await gridCell(window, 0, 0).filter({ hasText: '1' }).waitFor();
        assert.equal(await begunQueries(), 1);
      },
    ),
    check('a query that takes too long is stopped by the button, in the server as well', async window => {
      await openFile(window, 'names.sql');
      await replaceText(window, 'select pg_sleep(600)');
      await runCommand(window, 'Sluice: Preview Data');
      await until(window, 'the server sleeps', async () => (await sleepers()) === 1);
      await dataPage(window).getByRole('button', { name: 'Cancel' }).click();
      await dataPage(window).getByText('The query was cancelled.').waitFor();
      await until(window, 'the server does not sleep any more', async () => (await sleepers()) === 0);
    }),
    check('a mistake that only the server sees is told at its place in the template', async window => {
      await openFile(window, 'names.sql');
      await replaceText(window, "select user_id,\n  no_such_column\nfrom {{ ref('users') }}");
      await runCommand(window, 'Sluice: Preview Data');
      await dataPage(window).getByRole('alert').filter({ hasText: 'no_such_column' }).waitFor();
      await dataPage(window).getByRole('button', { name: 'Go to the Place' }).click();
      await window.page.locator('.statusbar-item', { hasText: 'Ln 2, Col 3' }).waitFor();
    }),
    check('a page that takes too long is stopped by the button, and the rows before it stay', async window => {
      await openFile(window, 'names.sql');
      await replaceText(window, 'select n from generate_series(1, 600) as n union all select 1 from pg_sleep(600)');
      await runCommand(window, 'Sluice: Preview Data');
      await grid(window, 'names').focus();
      await window.page.keyboard.press('Control+End');
      await dataPage(window).getByRole('button', { name: 'Stop' }).click();
      await dataPage(window).getByRole('status').filter({ hasText: 'The query was stopped.' }).waitFor();
      await until(window, 'the server does not sleep any more', async () => (await sleepers()) === 0);
      await gridCell(window, 499, 0).filter({ hasText: '500' }).waitFor();
    }),
    check('a connection that is lost takes no rows with it, and the panel says why there are no more', async window => {
      await openFile(window, 'names.sql');
      await replaceText(window, 'select n from generate_series(1, 100000) as n');
      await runCommand(window, 'Sluice: Preview Data');
      await grid(window, 'names').focus();
      await window.page.keyboard.press('Control+End');
      await dataPage(window).getByRole('status').filter({ hasText: 'first 1,500 rows' }).waitFor();
      await ask(
        `select pg_terminate_backend(pid) from pg_stat_activity where query like '%generate_series%' and ${OTHERS}`,
      );
      await window.page.keyboard.press('Control+End');
      await dataPage(window).getByRole('alert').filter({ hasText: 'terminating connection' }).waitFor();
      await gridCell(window, 1499, 0).filter({ hasText: '1500' }).waitFor();
    }),
    check('Save as CSV writes all rows, also those that nobody looked at', async window => {
      await openFile(window, 'names.sql');
      await replaceText(
        window,
        "select n, case when n = 2 then null else '' end as t from generate_series(1, 30000) as n",
      );
      await runCommand(window, 'Sluice: Preview Data');
      // An older grid has no second column.
      await gridCell(window, 0, 1).filter({ hasText: 'empty' }).waitFor();
      await dataPage(window).getByRole('button', { name: 'Save as CSV' }).click();
      const input = window.page.locator('.quick-input-widget input').first();
      await input.waitFor();
      // The dialog puts its own name in once it has read the folder, and takes another one when it has read that folder.
      await quickPickRow(window, '..').waitFor();
      const file = path.join(window.folder, '../rows.csv');
      await input.fill(file);
      await quickPickRow(window, 'profiles').waitFor();
      await window.page.getByRole('button', { name: 'OK' }).click();
      await notification(window, 'Saved 30,000 rows.').waitFor();
      const lines = readFileSync(file, 'utf8').split('\r\n');
      assert.deepEqual(lines.slice(0, 3), ['n,t', '1,""', '2,']);
      assert.deepEqual(lines.slice(-2), ['30000,""', '']);
    }),
    check('a profile outside of the workspace counts as soon as it is saved', async window => {
      await openFile(window, 'names.sql');
      await statusItem(window, 'shop · dev').waitFor();
      writeProfiles(window.folder, 'prod');
      await statusItem(window, 'shop · prod').waitFor();
      writeProfiles(window.folder, 'dev');
      await statusItem(window, 'shop · dev').waitFor();
    }),
    // A target that was chosen counts more than the profile's own from then on.
    ...runs(sleepers),
  ],
};

async function setUp(): Promise<WindowSetup> {
  server = await startPostgres();
  const folder = path.join(temporaryFolder('sluice-postgres-project-'), 'shop');
  mkdirSync(path.join(folder, 'models'), { recursive: true });
  const write = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);
  write('dbt_project.yml', 'name: shop\nversion: "1.0"\nprofile: shop\n');
  // The editor finds files that git knows.
  write('.gitignore', 'target/\n');
  // Outside of the folder that the window shows, as most people have theirs.
  mkdirSync(path.join(folder, '../profiles'));
  writeProfiles(folder, 'dev');
  write('models/users.sql', "{{ config(materialized='table') }}\nselect 1 as user_id, 'Ada' as name\n");
  write('models/names.sql', "select name from {{ ref('users') }}\n");
  write('models/models.yml', 'models: [{name: users, columns: [{name: user_id, data_tests: [unique, not_null]}]}]\n');
  const settings = {
    'sluice.profilesDir': '../profiles',
    'sluice.previewCostLimit': { cost: 5000 },
    // All messages between the editor and the server go to the log, where the password must not be.
    'sluice.trace.server': 'verbose',
  };
  return { content: { folder }, settings, leave: async () => server?.stop() };
}

/** Two targets on the server, one of which is the profile's own. */
function writeProfiles(folder: string, target: string): void {
  const outputs = { dev: { ...server?.credentials, threads: 2 }, prod: { ...server?.credentials, schema: 'prod' } };
  writeFileSync(path.join(folder, '../profiles/profiles.yml'), JSON.stringify({ shop: { target, outputs } }));
}

/** So many rows are over the limit of the settings, those of the other checks are not. */
const COSTLY_ROWS = 1_000_001;

function costQuestion({ page }: Window): Locator {
  return page.locator('.monaco-dialog-box');
}

/** How many sessions did more with the costly query than ask what it would cost. */
async function begunQueries(): Promise<number> {
  const sql = `select from pg_stat_activity where query like '%${COSTLY_ROWS}%' and query not like 'explain%' and ${OTHERS}`;
  return (await ask(sql)).length;
}

const OTHERS = 'pid <> pg_backend_pid()';

async function sleepers(): Promise<number> {
  return (await ask(`select from pg_stat_activity where state = 'active' and query like '%pg_sleep%' and ${OTHERS}`))
    .length;
}

/** The rows of a query, over a connection of its own. */
async function ask(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  // The keys of a profile are those of the driver, but for the database.
  const client = new Client({ ...server?.credentials, database: 'postgres' });
  await client.connect();
  const { rows } = await client.query<Readonly<Record<string, unknown>>>(sql);
  await client.end();
  return rows;
}
