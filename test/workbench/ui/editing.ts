import assert from 'node:assert/strict';
import { check } from './check.ts';
import type { Check } from './check.ts';
import {
  activeEditor,
  activeTab,
  boxOf,
  clickOn,
  followLink,
  hoverAtCursor,
  openFile,
  placeOf,
  replaceText,
  showsText,
  squiggles,
  suggestion,
  type,
} from './editor.ts';
import { projectIsReady, until } from './window.ts';
import type { Window } from './window.ts';

/** Writing models. */
export const editing: readonly Check[] = [
  check('models complete inside ref and are inserted whole', async window => {
    await openFile(window, 'fact_product_funnel.sql');
    await projectIsReady(window);
    await clickOn(window, 'int_product_funnel');
    await window.page.keyboard.press('Control+Shift+ArrowLeft');
    await window.page.keyboard.press('Control+Delete');
    await type(window, 'int_s');
    await (await suggestion(window, 'int_sessions')).click();
    await showsText(activeEditor(window), "select * from {{ ref('int_sessions') }}");
  }),
  check('braces and quotes close by themselves', async window => {
    await openFile(window, 'dim_users.sql');
    await replaceText(window, 'select 1 as one\n');
    await isColoured(window, 'select 1 as one');
    await type(window, "from {{ ref('");
    await showsText(activeEditor(window), "from {{ ref('')}}");
  }),
  check('a misspelt ref is underlined exactly, unsaved, and the nearest name is suggested', async window => {
    await openFile(window, 'stg_events.sql');
    await replaceText(window, "select * from {{ ref('fact_ordrs') }}");
    await squiggles(window, 'error').first().waitFor();
    await underlines(window, 'fact_ordrs');
    await clickOn(window, 'fact_ordrs');
    await hoverAtCursor(window, 'fact_orders');
  }),
  check('F12 on a ref goes to the model', async window => {
    await openFile(window, 'fact_product_funnel.sql');
    await clickOn(window, 'int_product_funnel');
    await window.page.keyboard.press('F12');
    await activeTab(window, 'int_product_funnel.sql').waitFor();
  }),
  check('Ctrl-click on a ref goes to the model', async window => {
    await openFile(window, 'fact_product_funnel.sql');
    await followLink(window, 'int_sessions');
    await activeTab(window, 'int_sessions.sql').waitFor();
  }),
  check('hovering a ref shows what the model is', async window => {
    await openFile(window, 'fact_product_funnel.sql');
    await clickOn(window, 'int_product_funnel');
    await hoverAtCursor(window, 'One row per session and funnel step');
  }),
];

/** Waits until a line is coloured: brackets are closed by themselves only where the editor knows what is code. */
async function isColoured(window: Window, line: string): Promise<void> {
  const parts = activeEditor(window).locator('.view-line', { hasText: line }).locator('span[class*="mtk"]');
  await until(window, `'${line}' is coloured`, async () => (await parts.count()) > 1);
}

/** The only squiggle spans a word and nothing else; a pixel of rounding is allowed on each side. */
async function underlines(window: Window, word: string): Promise<void> {
  assert.equal(await squiggles(window, 'error').count(), 1);
  const wanted = await boxOf(window, word);
  const found = await placeOf(squiggles(window, 'error'));
  assert.ok(Math.abs(found.left - wanted.left) <= 1.5, `begins at ${found.left}, the word at ${wanted.left}`);
  assert.ok(Math.abs(found.right - wanted.right) <= 1.5, `ends at ${found.right}, the word at ${wanted.right}`);
}
