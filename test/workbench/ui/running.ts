import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { check } from './check.ts';
import type { Check } from './check.ts';
import {
  activeEditor,
  activeTab,
  clickOn,
  editorOf,
  openFile,
  placeOf,
  replaceText,
  showsText,
  type,
} from './editor.ts';
import { dataPage, graphPage, grid, gridCell, openSidebar, treeRow, treeRows } from './views.ts';
import { runCommand, until } from './window.ts';

/** Seeing what a model becomes: compiled, built and queried. */
export const running: readonly Check[] = [
  check('Preview Compiled SQL shows the statement beside the editor', async window => {
    await openFile(window, 'fact_product_funnel.sql');
    await runCommand(window, 'Sluice: Preview Compiled SQL');
    const preview = editorOf(window, 'sluice-compiled');
    await showsText(preview, '"product_funnel"."main"."int_product_funnel"');
    const [left, right] = [await placeOf(activeEditor(window)), await placeOf(preview)];
    assert.ok(left.right <= right.left, 'the preview is not beside the editor');
  }),
  check('the compiled SQL follows typing, before anything is saved', async window => {
    await openFile(window, 'stg_users.sql');
    await runCommand(window, 'Sluice: Preview Compiled SQL');
    const preview = editorOf(window, 'sluice-compiled');
    await showsText(preview, '"product_funnel"');
    await replaceText(window, "select {{ 6 * 7 }} as answer from {{ ref('stg_events') }}");
    await showsText(preview, 'select 42 as answer from "product_funnel"."main_staging"."stg_events"');
  }),
  check('a template that does not render keeps its last SQL and says why', async window => {
    await openFile(window, 'stg_users.sql');
    await replaceText(window, 'select {{ 6 * 7 }} as answer');
    await runCommand(window, 'Sluice: Preview Compiled SQL');
    const preview = editorOf(window, 'sluice-compiled');
    await showsText(preview, 'select 42 as answer');
    await window.page.keyboard.press('Control+End');
    await type(window, ' {{ nothing_by_this_name() }}');
    await preview.locator('.codelens-decoration', { hasText: 'nothing_by_this_name' }).waitFor();
    await showsText(preview, 'select 42 as answer');
  }),
  check('Build Project builds and tests every node, each with its state', async window => {
    await openFile(window, 'fact_product_funnel.sql');
    await runCommand(window, 'Sluice: Build Project');
    await treeRow(window, 'Build project').waitFor();
    await treeRow(window, /good.* done in/).waitFor({ timeout: 90_000 });
    assert.match(await treeRow(window, 'Build project').innerText(), /\d+ good · done in [\d.]+ s$/);
  }),
  check('Run Model builds it and shows its first rows', async window => {
    await openFile(window, 'fact_product_funnel.sql');
    await runCommand(window, 'Sluice: Run Model');
    await treeRow(window, 'Run fact_product_funnel').waitFor();
    await treeRow(window, /1 good.* done in/).waitFor();
    await grid(window, 'fact_product_funnel')
      .locator('[role=columnheader]', { hasText: 'last_step' })
      .first()
      .waitFor();
    await gridCell(window, 0, 0).waitFor();
  }),
  check('Preview Data queries the unsaved text', async window => {
    await openFile(window, 'dim_users.sql');
    // Nothing of the project needs to be built for it.
    await replaceText(window, "select 41 + 1 as answer, '{{ ref('dim_users').name }}, not saved' as state");
    await runCommand(window, 'Sluice: Preview Data');
    await gridCell(window, 0, 0).filter({ hasText: '42' }).waitFor();
    await gridCell(window, 0, 1).filter({ hasText: 'dim_users, not saved' }).waitFor();
  }),
  check('a code lens above a CTE shows its rows, with the CTE it needs', async window => {
    await openFile(window, 'dim_users.sql');
    await replaceText(
      window,
      'with a as (select 41 as x),\n\nb as (select x + 1 as answer from a)\n\nselect 0 as zero from b',
    );
    await activeEditor(window).locator('.codelens-decoration a', { hasText: 'Preview b' }).click();
    await gridCell(window, 0, 0).filter({ hasText: '42' }).waitFor();
    await grid(window, 'dim_users (CTE)').waitFor();
  }),
  check('a mistake that only the warehouse sees is told at its place', async window => {
    await openFile(window, 'dim_users.sql');
    await replaceText(window, "select user_id,\n  no_such_column\nfrom {{ ref('stg_users') }}");
    await runCommand(window, 'Sluice: Preview Data');
    const page = dataPage(window);
    await page.getByRole('alert').filter({ hasText: 'no_such_column' }).waitFor();
    await page.getByRole('button', { name: 'Go to the Place' }).click();
    await window.page.locator('.statusbar-item', { hasText: 'Ln 2, Col 3' }).waitFor();
  }),
  check('the lineage view shows parents and children, and a click opens them', async window => {
    await openFile(window, 'int_product_funnel.sql');
    await openSidebar(window, 'Sluice');
    await treeRow(window, 'Made from').waitFor();
    await treeRow(window, 'stg_events').waitFor();
    await treeRow(window, 'fact_product_funnel').click();
    await showsText(activeEditor(window), 'One row per session: the last funnel step');
    await treeRow(window, 'fact_orders').waitFor();
  }),
  check('the lineage view follows the editor', async window => {
    await openSidebar(window, 'Sluice');
    await openFile(window, 'stg_events.sql');
    await treeRow(window, 'int_sessions').waitFor();
    await until(window, 'events is a parent', async () => (await treeRows(window)).some(it => it.startsWith('events')));
  }),
  check('the lineage graph draws the neighbours, and a click opens one', async window => {
    await openFile(window, 'int_product_funnel.sql');
    await runCommand(window, 'Sluice: Show Lineage Graph');
    const node = graphPage(window).getByRole('button', { name: /^fact_product_funnel/ });
    await node.waitFor();
    await graphPage(window)
      .getByRole('button', { name: /^stg_events/ })
      .waitFor();
    await node.click();
    await activeTab(window, 'fact_product_funnel.sql').waitFor();
  }),
  check('the panels follow the theme', async window => {
    await openFile(window, 'dim_users.sql');
    await replaceText(window, 'select 1 as one');
    await runCommand(window, 'Sluice: Preview Data');
    await gridCell(window, 0, 0).waitFor();
    const before = await brightnessOfText(gridCell(window, 0, 0));
    await runCommand(window, 'Preferences: Toggle between Light/Dark Themes');
    await until(window, 'the text is bright', async () => (await brightnessOfText(gridCell(window, 0, 0))) > 150);
    await runCommand(window, 'Preferences: Toggle between Light/Dark Themes');
    await until(window, 'the text is dark', async () => (await brightnessOfText(gridCell(window, 0, 0))) < 100);
    assert.ok(before < 100, 'the window did not begin in a light theme');
  }),
  check('the cursor of the template shows in the compiled SQL', async window => {
    await openFile(window, 'stg_users.sql');
    await replaceText(window, 'select\n  1 as a,\n  {{ 6 * 7 }} as answer');
    await runCommand(window, 'Sluice: Preview Compiled SQL');
    const preview = editorOf(window, 'sluice-compiled');
    await showsText(preview, '42 as answer');
    await clickOn(window, 'answer');
    // What an extension decorates has a class of its own; the editor's own decorations do not.
    const marks = preview.locator('.view-overlays [class*="ced-"]');
    await marks.first().waitFor({ state: 'attached' });
    const line = await placeOf(preview.locator('.view-line', { hasText: '42 as answer' }));
    assert.equal((await placeOf(marks)).top, line.top);
  }),
];

/** How bright a text is drawn, from 0 for black to 255 for white. */
async function brightnessOfText(text: Locator): Promise<number> {
  const colour = await text.evaluate(it => getComputedStyle(it).color);
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return (red + green + blue) / 3;
}
