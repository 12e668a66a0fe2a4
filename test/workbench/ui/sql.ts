import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { check } from './check.ts';
import type { Check } from './check.ts';
import {
  activeEditor,
  activeTab,
  clickOn,
  goTo,
  hoverAtCursor,
  openFile,
  replaceText,
  showsText,
  squiggles,
  suggestion,
  takeFix,
  textOf,
  type,
} from './editor.ts';
import { graphPage, openSidebar, treeRow } from './views.ts';
import { appears, runCommand, statusItem, until } from './window.ts';

/** SQL understood to the column, in the sample project. */
export const sql: readonly Check[] = [
  check('columns complete in half-written SQL, and hovering one shows its type and origin', async window => {
    await openFile(window, 'dim_users.sql');
    // Each bracket closes in its own line: what is inserted may get indentation and brackets as typed text does.
    await replaceText(window, "with events as (select * from {{ ref('stg_events') }})\nselect \nfrom events as e\n");
    await goTo(window, 2, 8);
    await type(window, 'e.even');
    await (await suggestion(window, 'event_at')).click();
    await showsText(activeEditor(window), 'select e.event_at');
    await clickOn(window, 'event_at');
    const hover = await hoverAtCursor(window, 'stg_events.event_at');
    assert.match(await hover.innerText(), /timestamp/i);
  }),
  check('an unknown column is underlined unsaved, and the quick fix writes the nearest name', async window => {
    await openFile(window, 'stg_users.sql');
    await replaceText(window, "select evnt_type from {{ ref('stg_events') }}");
    await squiggles(window, 'error').first().waitFor();
    await clickOn(window, 'evnt_type');
    await hoverAtCursor(window, 'sql-unknown-column');
    await window.page.keyboard.press('Escape');
    await takeFix(window, "Change to 'event_type'");
    await showsText(activeEditor(window), 'select event_type from');
    await until(window, 'the squiggle goes', async () => (await squiggles(window, 'error').count()) === 0);
  }),
  check('F12 on a column goes to the CTE, and from there to the select list upstream', async window => {
    await openFile(window, 'int_sessions.sql');
    await clickOn(window, 'min(event_at)');
    await window.page.keyboard.press('F12');
    await activeTab(window, 'stg_events.sql').waitFor();
  }),
  check('F2 renames a CTE in all of its query, and says why a column of the model stays', async window => {
    await openFile(window, 'dim_users.sql');
    await replaceText(window, 'with paid as (select 1 as x)\nselect paid.x as y from paid');
    await goTo(window, 2, 10);
    const box = window.page.locator('.rename-box input').first();
    await until(window, 'the name can be changed', async () => {
      await window.page.keyboard.press('F2');
      return appears(box, 3_000);
    });
    await box.fill('orders');
    await window.page.keyboard.press('Enter');
    await showsText(activeEditor(window), 'with orders as (select 1 as x)\nselect orders.x as y from orders');
    await goTo(window, 2, 20);
    await window.page.keyboard.press('F2');
    await window.page.locator('.monaco-editor-overlaymessage', { hasText: 'column of the model' }).waitFor();
  }),
  check('the column under the cursor has its lineage in the side bar, and a click goes on', async window => {
    await openFile(window, 'fact_product_funnel.sql');
    await openSidebar(window, 'Sluice');
    await goTo(window, 41, 38);
    const input = treeRow(window, /^funnel_step.*int_product_funnel.*copied/);
    await input.waitFor();
    await input.click();
    await activeTab(window, 'int_product_funnel.sql').waitFor();
  }),
  check('the lineage of a column is drawn from source to use, and a click on a column goes there', async window => {
    await openFile(window, 'int_sessions.sql');
    await clickOn(window, 'session_started_at');
    await runCommand(window, 'Sluice: Show Column Lineage');
    const page = graphPage(window);
    await page
      .getByRole('button', { name: /^column session_started_at/ })
      .first()
      .waitFor();
    const upstream = page.getByRole('button', { name: /^column event_at/ });
    await upstream.click();
    await activeTab(window, 'stg_events.sql').waitFor();
  }),
  check('a selection and a document are laid out, and SQL that would break says why not', async window => {
    await openFile(window, 'dim_products.sql');
    await replaceText(window, "select a,b from {{ ref('stg_products') }} -- x\nwhere a=1");
    await runCommand(window, 'Format Document');
    await showsText(
      activeEditor(window),
      /select\n\s+a,\n\s+b\nfrom\n\s+\{\{ ref\('stg_products'\) \}\} -- x\nwhere\n\s+a = 1/,
    );
    await replaceText(window, 'select {{ x from a');
    await runCommand(window, 'Format Document');
    await statusItem(window, 'Not formatted').waitFor();
  }),
];

/** In a project that nobody has tidied: mixed case, no types anywhere, broken models beside whole ones. */
export const messy: readonly Check[] = [
  check('columns complete in a CTE that is not closed, beside models that do not parse', async window => {
    await openFile(window, 'unclosed.sql');
    await goTo(window, 3, 11);
    await type(window, 'Am');
    await (await suggestion(window, 'Amount')).waitFor();
  }),
  check('types stand behind the items of the select list', async window => {
    await openFile(window, 'Bookings.sql');
    await until(window, 'a type is shown', async () => /integer|bigint/i.test(await textOf(activeEditor(window))));
  }),
  check('saving lays a file out, and leaves one alone that cannot be', async window => {
    await openFile(window, 'Bookings.sql');
    await window.page.keyboard.press('Control+End');
    await type(window, ' ');
    await window.page.keyboard.press('Control+S');
    await showsText(activeEditor(window), /SELECT\n\s+1 AS/);
    await openFile(window, 'broken.sql');
    await window.page.keyboard.press('Control+End');
    await type(window, ' ');
    await window.page.keyboard.press('Control+S');
    await statusItem(window, 'Not formatted').waitFor();
    await showsText(activeEditor(window), 'select a,, from {{ ref(');
  }),
  check('a ref behind a schema of its own is called what it is', async window => {
    await openFile(window, 'mangled.sql');
    await squiggles(window, 'warning').first().waitFor();
    await clickOn(window, 'ref');
    await hoverAtCursor(window, 'sql-mangled-ref');
  }),
];

/** The settings that the checks of the messy project need. */
export const messySettings = { 'sluice.inlayTypes': true, 'editor.formatOnSave': true };

/** Writes the messy project into a folder. */
export function writeMessyProject(folder: string): void {
  mkdirSync(path.join(folder, 'models'), { recursive: true });
  const write = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);
  write('dbt_project.yml', 'name: messy\nversion: "1.0"\nprofile: messy\n');
  write('profiles.yml', 'messy: {target: dev, outputs: {dev: {type: duckdb, path: messy.duckdb}}}\n');
  write('models/Bookings.sql', 'SELECT 1 AS Id, 2.5 AS Amount, \'x\' AS "Odd Name"');
  write('models/unclosed.sql', "with a as (\n  select\n    Id, o.\n  from {{ ref('Bookings') }} o\n");
  write('models/broken.sql', "select a,, from {{ ref('Bookings') \n");
  write('models/mangled.sql', "select * from main.{{ ref('Bookings') }}\n");
}
