import assert from 'node:assert/strict';
import { check } from './check.ts';
import type { Check } from './check.ts';
import {
  activeTab,
  clickOn,
  editorOf,
  goTo,
  openFile,
  replaceText,
  showsText,
  squiggles,
  suggestion,
  type,
} from './editor.ts';
import { openSidebar, treeRow } from './views.ts';
import { runCommand } from './window.ts';
import type { Window } from './window.ts';

/** Everything a project is made of besides models. */
export const nodeKinds: readonly Check[] = [
  check('sources, macros and vars complete where they are used', async window => {
    await openFile(window, 'stg_users.sql');
    await completes(window, { before: 'select * from {{ ', typed: "source('sh", label: 'shop' });
    await completes(window, { before: 'select * from {{ ', typed: "source('shop', 'ev", label: 'events' });
    await completes(window, { before: 'select {{ ', typed: "var('funnel_l", label: 'funnel_lookback_days' });
    await completes(window, { before: 'select {{ ', typed: 'funnel_step_r', label: 'funnel_step_rows' });
  }),
  check('F12 on a macro of a package goes into the package', async window => {
    await openFile(window, 'fact_funnel_conversion.sql');
    await goTo(window, 43, 30);
    await window.page.keyboard.press('F12');
    await activeTab(window, 'rate.sql').waitFor();
  }),
  check('a mistake in a properties file is underlined before it is saved', async window => {
    await openFile(window, '_exposures.yml');
    await clickOn(window, 'fact_daily_funnel');
    await type(window, 'x');
    await squiggles(window, 'error').first().waitFor();
    assert.equal(await squiggles(window, 'error').count(), 1);
  }),
  check('the lineage view knows seeds, sources, snapshots, tests and exposures', async window => {
    await openSidebar(window, 'Sluice');
    await openFile(window, 'dim_products.sql');
    await treeRow(window, 'product_funnel_dashboard').waitFor();
    await openFile(window, 'products_snapshot.yml');
    await treeRow(window, 'stg_products').waitFor();
    await openFile(window, 'assert_session_has_one_user.sql');
    await treeRow(window, 'stg_events').waitFor();
    await openFile(window, 'how_do_users_move_through_the_funnel.sql');
    await treeRow(window, 'fact_funnel_conversion').waitFor();
    await openFile(window, 'users.csv');
    await treeRow(window, 'users').waitFor();
  }),
  check('tests, snapshots and macros have a compiled preview: that of what the cursor is in', async window => {
    const compiled = editorOf(window, 'sluice-compiled');
    await openFile(window, 'assert_session_has_one_user.sql');
    await runCommand(window, 'Sluice: Preview Compiled SQL');
    await showsText(compiled, 'from "product_funnel"."main_staging"."stg_events"');
    await openFile(window, 'rate.sql');
    await showsText(compiled, '-- models/marts/core/fact_funnel_conversion.sql: funnel_helpers.rate(');
    await openFile(window, 'products_snapshot.yml');
    await goTo(window, 2, 5);
    await runCommand(window, 'Sluice: Preview Compiled SQL');
    await showsText(compiled, 'select * from "product_funnel"."main_staging"."stg_products"');
    await clickOn(window, 'not_null');
    await showsText(compiled, 'where product_id is null');
  }),
];

/** What is typed behind some text is completed by a suggestion with a label. */
async function completes(
  window: Window,
  { before, typed, label }: { readonly before: string; readonly typed: string; readonly label: string },
): Promise<void> {
  await replaceText(window, before);
  await type(window, typed);
  await suggestion(window, label);
  await window.page.keyboard.press('Escape');
}
