import assert from 'node:assert/strict';
import { check } from './check.ts';
import type { Check } from './check.ts';
import { openFile, replaceText } from './editor.ts';
import { kill } from './processes.ts';
import { dataPage, grid, gridCell } from './views.ts';
import { runCommand } from './window.ts';
import type { Window } from './window.ts';

/** A result that is larger than anybody wants to have at once. */
export const pages: readonly Check[] = [
  check('more rows come as somebody scrolls, and those further up stay', async window => {
    await previewManyRows(window);
    await facts(window, 'first 500 rows, more as you scroll');
    await grid(window, 'dim_users').hover();
    await window.page.mouse.wheel(0, 100_000);
    await facts(window, 'first 1,500 rows, more as you scroll');
    await gridCell(window, 499, 0).filter({ hasText: '499' }).waitFor();
    await grid(window, 'dim_users').focus();
    await window.page.keyboard.press('Control+End');
    await gridCell(window, 1499, 0).filter({ hasText: '1499' }).waitFor();
    await facts(window, 'first 2,500 rows, more as you scroll');
    await window.page.keyboard.press('Control+Home');
    await gridCell(window, 0, 0).filter({ hasText: '0' }).waitFor();
  }),
  check('the query is closed with the panel, and its rows stay', async window => {
    await previewManyRows(window);
    await runCommand(window, 'View: Toggle Panel Visibility');
    await grid(window, 'dim_users').waitFor({ state: 'hidden' });
    await runCommand(window, 'View: Toggle Panel Visibility');
    await grid(window, 'dim_users').focus();
    await window.page.keyboard.press('Control+End');
    await facts(window, 'The query was closed with the panel');
    await gridCell(window, 499, 0).filter({ hasText: '499' }).waitFor();
  }),
  check('a warehouse that is killed takes no rows with it, and the panel says why there are no more', async window => {
    await previewManyRows(window);
    await facts(window, 'first 500 rows, more as you scroll');
    assert.equal(kill(window.session.folder, 'warehouse.cjs'), 1);
    await grid(window, 'dim_users').focus();
    await window.page.keyboard.press('Control+End');
    await dataPage(window).getByRole('alert').filter({ hasText: 'The warehouse process ended' }).waitFor();
    await gridCell(window, 499, 0).filter({ hasText: '499' }).waitFor();
    await dataPage(window).getByRole('button', { name: 'Run Again' }).click();
    await facts(window, 'first 500 rows, more as you scroll');
  }),
];

async function previewManyRows(window: Window): Promise<void> {
  await openFile(window, 'dim_users.sql');
  await replaceText(window, 'select range as n from range(1000000)');
  await runCommand(window, 'Sluice: Preview Data');
  await gridCell(window, 0, 0).filter({ hasText: '0' }).waitFor();
}

async function facts(window: Window, text: string): Promise<void> {
  await dataPage(window).getByRole('status').filter({ hasText: text }).waitFor();
}
