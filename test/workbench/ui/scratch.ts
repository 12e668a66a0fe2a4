import { check } from './check.ts';
import type { Check } from './check.ts';
import {
  activeEditor,
  activeTab,
  clickOn,
  editorOf,
  openFile,
  replaceText,
  showsText,
  squiggles,
  suggestion,
  type,
} from './editor.ts';
import { gridCell, grid } from './views.ts';
import { runCommand, statusItem } from './window.ts';
import type { Window } from './window.ts';

/** Queries that are no part of the project. */
export const scratch: readonly Check[] = [
  check('a scratch query completes models, and its mistakes are underlined', async window => {
    await newScratchQuery(window);
    await type(window, "select * from {{ ref('dim_u");
    await (await suggestion(window, 'dim_users')).click();
    await showsText(activeEditor(window), "select * from {{ ref('dim_users')");
    await replaceText(window, "select no_such_column from {{ ref('dim_users') }}");
    await squiggles(window, 'error').first().waitFor();
    await clickOn(window, 'dim_users');
    await window.page.keyboard.press('F12');
    await activeTab(window, 'dim_users.sql').waitFor();
  }),
  check('a scratch query is compiled and asked as a model is, saved nowhere', async window => {
    await newScratchQuery(window);
    await replaceText(window, "select {{ 6 * 7 }} as answer, '{{ target.name }}' as target");
    await runCommand(window, 'Sluice: Preview Compiled SQL');
    await showsText(editorOf(window, 'sluice-compiled'), "select 42 as answer, 'dev' as target");
    await clickOn(window, 'answer');
    await runCommand(window, 'Sluice: Preview Data');
    await grid(window, 'Untitled-1').waitFor();
    await gridCell(window, 0, 0).filter({ hasText: '42' }).waitFor();
    await gridCell(window, 0, 1).filter({ hasText: 'dev' }).waitFor();
  }),
];

async function newScratchQuery(window: Window): Promise<void> {
  await openFile(window, 'dim_products.sql');
  await runCommand(window, 'Sluice: New Scratch Query');
  await activeTab(window, 'Untitled-1').waitFor();
  await statusItem(window, 'product_funnel · dev').waitFor();
  await activeEditor(window).click();
}
