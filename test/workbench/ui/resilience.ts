import assert from 'node:assert/strict';
import { check } from './check.ts';
import type { Check, CheckAfterwards } from './check.ts';
import { clickOn, hoverAtCursor, openFile, replaceText } from './editor.ts';
import { kill, processesOf } from './processes.ts';
import { gridCell } from './views.ts';
import { runCommand, statusItem } from './window.ts';

let sessionFolder = '';

/** What happens when a process dies. */
export const resilience: readonly Check[] = [
  check('a language server that was killed starts again', async window => {
    sessionFolder = window.session.folder;
    await openFile(window, 'fact_product_funnel.sql');
    await statusItem(window, 'product_funnel · dev').waitFor();
    assert.equal(kill(sessionFolder, 'server.cjs'), 1);
    await statusItem(window, 'product_funnel · dev').waitFor({ state: 'detached' });
    await statusItem(window, 'product_funnel · dev').waitFor();
    await clickOn(window, 'int_product_funnel');
    await hoverAtCursor(window, 'One row per session and funnel step');
  }),
  check('a warehouse process that was killed takes no editor feature with it, and starts again', async window => {
    await openFile(window, 'dim_users.sql');
    await replaceText(window, 'select 40 + 2 as answer');
    await runCommand(window, 'Sluice: Preview Data');
    await gridCell(window, 0, 0).filter({ hasText: '42' }).waitFor();
    assert.equal(kill(sessionFolder, 'warehouse.cjs'), 1);
    await replaceText(window, "select 40 + 3 as answer -- {{ ref('stg_users') }}");
    await clickOn(window, 'stg_users');
    await hoverAtCursor(window, 'stg_users');
    await runCommand(window, 'Sluice: Preview Data');
    await gridCell(window, 0, 0).filter({ hasText: '43' }).waitFor();
  }),
];

/** What is left of the window after it was closed. */
export const afterClosing: readonly CheckAfterwards[] = [
  {
    title: 'no process is left when the window has closed',
    run: async () => {
      await new Promise(resolve => setTimeout(resolve, 2_000));
      assert.deepEqual(commands(), []);
    },
  },
];

function commands(): readonly string[] {
  return processesOf(sessionFolder).map(it => it.command);
}
