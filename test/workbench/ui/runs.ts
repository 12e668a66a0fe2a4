import { check } from './check.ts';
import type { Check } from './check.ts';
import { activeTab, clickOn, openFile, replaceText } from './editor.ts';
import { dataPage, grid, gridCell, openSidebar, treeRow } from './views.ts';
import { quickPickRow, runCommand, statusItem, until } from './window.ts';
import type { Window } from './window.ts';

/** Runs and queries by the ways a person has to them. `sleepers` counts the statements that sleep in the server. */
export function runs(sleepers: () => Promise<number>): readonly Check[] {
  return [
    check('a run is stopped by the button of its view, in the server as well', async window => {
      await openFile(window, 'names.sql');
      await replaceText(window, `${TABLE} select 1 as one from pg_sleep(600)`);
      await runCommand(window, 'Sluice: Run Model');
      await until(window, 'the server sleeps', async () => (await sleepers()) === 1);
      const header = window.page.locator('.sidebar .pane-header', { hasText: 'Runs' });
      await header.hover();
      await header.locator('[aria-label^="Cancel Run"]').click();
      await treeRow(window, /names.*cancelled/s).waitFor();
      await until(window, 'the server does not sleep any more', async () => (await sleepers()) === 0);
    }),
    check('a model that fails in a run leads to its place in the template', async window => {
      await openFile(window, 'names.sql');
      await replaceText(window, `${TABLE}\nselect\n  no_such_column from {{ ref('users') }}`);
      await runCommand(window, 'Sluice: Run Model');
      const row = treeRow(window, /names.*no_such_column/s);
      await row.waitFor();
      await openFile(window, 'users.sql');
      await row.click();
      await activeTab(window, 'names.sql').waitFor();
      await window.page.locator('.statusbar-item', { hasText: 'Ln 4, Col 17 (14 selected)' }).waitFor();
    }),
    check('a model is built with everything it needs from the title of its editor', async window => {
      await openFile(window, 'names.sql');
      await openSidebar(window, 'Sluice');
      await window.page.locator('.editor-group-container.active .editor-actions .codicon-chevron-down').first().click();
      await window.page.locator('.monaco-menu .action-label', { hasText: 'Everything It Needs' }).first().click();
      await treeRow(window, 'Build +names').waitFor();
      await treeRow(window, /4 good.* done in/).waitFor();
    }),
    check('keys preview the file, the selection and the CTE at the cursor', async window => {
      await openFile(window, 'names.sql');
      await replaceText(
        window,
        'with a as (select 41 as x), b as (select x + 1 as answer from a) select 7 as zero from b',
      );
      await clickOn(window, 'answer');
      await press(window, 'Control+k', 'q');
      await grid(window, 'names').waitFor();
      await gridCell(window, 0, 0).filter({ hasText: '7' }).waitFor();
      await press(window, 'Control+k', 'Shift+Q');
      await grid(window, 'names (CTE)').waitFor();
      await gridCell(window, 0, 0).filter({ hasText: '42' }).waitFor();
      await replaceText(window, 'select 5 as five');
      await window.page.keyboard.press('Control+a');
      await press(window, 'Control+k', 'Shift+E');
      await grid(window, 'names (selection)').waitFor();
      await gridCell(window, 0, 0).filter({ hasText: '5' }).waitFor();
    }),
    check('the target is chosen from the status bar, and previews go there', async window => {
      await openFile(window, 'names.sql');
      await replaceText(window, "select '{{ target.schema }} of {{ target.name }}' as place");
      await chooseTarget(window, { from: 'dev', to: 'prod' });
      await runCommand(window, 'Sluice: Preview Data');
      await gridCell(window, 0, 0).filter({ hasText: 'prod of prod' }).waitFor();
      await chooseTarget(window, { from: 'prod', to: 'dev' });
      await dataPage(window).getByRole('button', { name: 'Run Again' }).click();
      await gridCell(window, 0, 0).filter({ hasText: 'public of dev' }).waitFor();
    }),
    check('the test explorer runs the tests of a model', async window => {
      await runCommand(window, 'Testing: Focus on Test Explorer View');
      await treeRow(window, 'users').click();
      await runCommand(window, 'Test: Run All Tests');
      await window.page
        .locator('.sidebar [aria-label*="2/2"], .sidebar .result-summary', { hasText: '2/2' })
        .first()
        .waitFor();
    }),
  ];
}

/** A brace that is typed while everything is selected would put braces around it, so a text begins with something else. */
const TABLE = "-- A table.\n{{ config(materialized='table') }}";

/** A chord: two keys, one after the other. */
async function press({ page }: Window, first: string, second: string): Promise<void> {
  await page.keyboard.press(first);
  await page.keyboard.press(second);
}

async function chooseTarget(
  window: Window,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await statusItem(window, `shop · ${from}`).click();
  await quickPickRow(window, 'Select Target').click();
  await window.page.locator('.quick-input-widget', { hasText: 'Target of shop' }).waitFor();
  await quickPickRow(window, to).click();
  await statusItem(window, `shop · ${to}`).waitFor();
}
