import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { copyOfSampleProject } from '../sample-copy.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { check } from './check.ts';
import type { Scenario } from './check.ts';
import { activeTab, clickOn, openFile, replaceText, showsText, editorOf } from './editor.ts';
import { messy, messySettings, writeMessyProject } from './sql.ts';
import { appears, runCommand, statusItem } from './window.ts';

/** Projects in one workspace: two with a model of the same name, and a messy one. */
export const twoProjects: Scenario = {
  title: 'two projects in one workspace',
  setUp: () => ({ content: { workspaceFile: workspaceOfTwo() }, settings: messySettings }),
  checks: [
    ...messy,
    check('each model belongs to its own project', async window => {
      await openFile(window, 'billing_report.sql');
      await statusItem(window, 'billing').waitFor();
      await clickOn(window, 'invoices');
      await window.page.keyboard.press('F12');
      await activeTab(window, 'invoices.sql').waitFor();
      await openFile(window, 'fact_product_funnel.sql');
      await statusItem(window, 'product_funnel').waitFor();
    }),
    check('a ref resolves inside its project, also for a name that both have', async window => {
      await openFile(window, 'billing_report.sql');
      await replaceText(window, "select * from {{ ref('stg_users') }}");
      await runCommand(window, 'Sluice: Preview Compiled SQL');
      await showsText(editorOf(window, 'sluice-compiled'), '"billing"."main"."stg_users"');
    }),
  ],
};

/** A folder of SQL files that is no project. */
export const noProject: Scenario = {
  title: 'a folder without a project',
  setUp: () => ({ content: { folder: folderWithoutProject() } }),
  checks: [
    check('the status bar says quietly that there is no project', async window => {
      await openFile(window, 'query.sql');
      await statusItem(window, 'Sluice: no project').waitFor();
      assert.ok(!(await appears(window.page.locator('.notification-toast'), 1_000)), 'a notification pops up');
      assert.equal(await window.page.locator('.squiggly-error, .squiggly-warning').count(), 0);
    }),
  ],
};

/** A folder that the user has not said to trust. */
export const restricted: Scenario = {
  title: 'a folder that is not trusted',
  setUp: () => ({ content: { folder: copyOfSampleProject() }, isRestricted: true }),
  checks: [
    check('models compile', async window => {
      await openFile(window, 'fact_product_funnel.sql');
      await runCommand(window, 'Sluice: Preview Compiled SQL');
      await showsText(editorOf(window, 'sluice-compiled'), '"product_funnel"."main"."int_product_funnel"');
    }),
    check('nothing can be run', async window => {
      await openFile(window, 'fact_product_funnel.sql');
      const { page } = window;
      await page.keyboard.press('F1');
      await page.locator('.quick-input-widget input').first().fill('>Sluice: ');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Preview Compiled SQL' }).waitFor();
      const runs = page.locator('.quick-input-list .monaco-list-row', {
        hasText: /Run Model|Build Model|Preview Data/,
      });
      assert.equal(await runs.count(), 0);
    }),
  ],
};

function workspaceOfTwo(): string {
  const first = copyOfSampleProject();
  const second = path.join(path.dirname(first), 'billing');
  mkdirSync(path.join(second, 'models'), { recursive: true });
  const project = { name: 'billing', version: '1.0.0', profile: 'billing', 'model-paths': ['models'] };
  writeFileSync(path.join(second, 'dbt_project.yml'), JSON.stringify(project));
  const target = { type: 'duckdb', path: 'billing.duckdb', schema: 'main' };
  writeFileSync(
    path.join(second, 'profiles.yml'),
    JSON.stringify({ billing: { target: 'dev', outputs: { dev: target } } }),
  );
  writeFileSync(path.join(second, 'models/invoices.sql'), 'select 1 as invoice_id\n');
  writeFileSync(path.join(second, 'models/stg_users.sql'), 'select 1 as user_id\n');
  writeFileSync(path.join(second, 'models/billing_report.sql'), "select * from {{ ref('invoices') }}\n");
  writeMessyProject(path.join(path.dirname(first), 'messy'));
  const file = path.join(path.dirname(first), 'both.code-workspace');
  writeFileSync(
    file,
    JSON.stringify({ folders: [{ path: 'sample-project' }, { path: 'billing' }, { path: 'messy' }] }),
  );
  return file;
}

function folderWithoutProject(): string {
  const folder = temporaryFolder('sluice-no-project-');
  writeFileSync(path.join(folder, 'query.sql'), 'select * from orders\n');
  return folder;
}
