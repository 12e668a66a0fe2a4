import assert from 'node:assert/strict';
import { copyOfSampleProject } from '../sample-copy.ts';
import { check } from './check.ts';
import type { Scenario } from './check.ts';
import { clickOn, hoverAtCursor, openFile } from './editor.ts';
import { kill, processesOf } from './processes.ts';
import { gridCell } from './views.ts';
import { runCommand, statusItem, until } from './window.ts';

let sessionFolder = '';

/** What happens when a process dies, and what is left when the window closes. */
export const resilience: Scenario = {
  title: 'processes that end',
  setUp: () => ({ content: { folder: copyOfSampleProject() } }),
  checks: [
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
    check('a warehouse process that was killed takes no editor feature with it', async window => {
      await openFile(window, 'events.csv');
      await openFile(window, 'how_do_users_move_through_the_funnel.sql');
      await runCommand(window, 'Sluice: Build Model and Everything It Needs');
      await until(window, 'the warehouse runs', () => commands().some(it => it.includes('warehouse.cjs')));
      kill(sessionFolder, 'warehouse.cjs');
      await openFile(window, 'fact_product_funnel.sql');
      await clickOn(window, 'int_product_funnel');
      await hoverAtCursor(window, 'One row per session and funnel step');
      await runCommand(window, 'Sluice: Build Model and Everything It Needs');
      await runCommand(window, 'Sluice: Preview Data');
      await gridCell(window, 0, 0).waitFor();
    }),
  ],
  afterwards: [
    {
      title: 'no process is left when the window has closed',
      run: async () => {
        await new Promise(resolve => setTimeout(resolve, 2_000));
        assert.deepEqual(commands(), []);
      },
    },
  ],
};

function commands(): readonly string[] {
  return processesOf(sessionFolder).map(it => it.command);
}
