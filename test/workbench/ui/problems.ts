import assert from 'node:assert/strict';
import { check } from './check.ts';
import type { Check } from './check.ts';
import { clickOn, hoverAtCursor, openFile, replaceText, squiggles } from './editor.ts';
import type { Window } from './window.ts';
import { runCommand, statusItem } from './window.ts';

/** A project that is broken in one place works everywhere else. */
export const problems: readonly Check[] = [
  check('the status bar names project, target and state', async window => {
    await openFile(window, 'stg_events.sql');
    await statusItem(window, 'product_funnel · dev').waitFor();
    assert.equal(await statusItem(window, 'product_funnel · dev').locator('.codicon-check').count(), 1);
  }),
  check('a broken model is a problem in that model, and the next one works', async window => {
    await openFile(window, 'stg_events.sql');
    await replaceText(window, 'select {{ 1 + }} as a');
    await squiggles(window, 'error').first().waitFor();
    await problemIsListed(window, 'stg_events.sql');
    await hoverWorks(window);
  }),
  check('a broken properties file is a problem in that file, and models work', async window => {
    await openFile(window, '_staging.yml');
    await replaceText(window, 'models:\n  - name: [stg_events\n  description: x\n');
    await squiggles(window, 'error').first().waitFor();
    await problemIsListed(window, '_staging.yml');
    await hoverWorks(window);
  }),
  check('a broken dbt_project.yml is a problem in that file, and models work', async window => {
    await openFile(window, 'dbt_project.yml');
    await replaceText(window, 'name: product_funnel\nmodel-paths: ["models"\n');
    await squiggles(window, 'error').first().waitFor();
    await problemIsListed(window, 'dbt_project.yml');
    const files = window.page.locator('.markers-panel .monaco-list-row .resource-label-container');
    assert.deepEqual(await files.locator('.label-name').allInnerTexts(), ['dbt_project.yml']);
    await hoverWorks(window);
  }),
];

async function problemIsListed(window: Window, file: string): Promise<void> {
  await runCommand(window, 'Problems: Focus on Problems View');
  await window.page.locator('.markers-panel .monaco-list-row', { hasText: file }).first().waitFor();
}

async function hoverWorks(window: Window): Promise<void> {
  await openFile(window, 'fact_product_funnel.sql');
  await clickOn(window, 'int_product_funnel');
  await hoverAtCursor(window, 'int_product_funnel');
}
