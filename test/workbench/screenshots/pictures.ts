import { activeTab, clickOn, editorOf, goTo, openFile, showsText, squiggles, suggestion, type } from '../ui/editor.ts';
import { graphPage, gridCell, openSidebar, treeRow } from '../ui/views.ts';
import { closeEverything, runCommand, statusItem } from '../ui/window.ts';
import type { Window } from '../ui/window.ts';

/** A picture: what a person did until the window looked like that. */
export interface Picture {
  readonly name: string;
  readonly arrange: (window: Window) => Promise<void>;
  readonly leave: (window: Window) => Promise<void>;
}

/** The pictures of the README, in its order. */
export const pictures: readonly Picture[] = [
  picture('compiled', async window => {
    await openFile(window, 'fact_product_funnel.sql');
    await openSidebar(window, 'Sluice');
    await treeRow(window, 'int_product_funnel').waitFor();
    await runCommand(window, 'Sluice: Preview Compiled SQL');
    await showsText(editorOf(window, 'sluice-compiled'), '"product_funnel"."main"."int_product_funnel"');
    await clickOn(window, 'int_product_funnel');
    // The last thing that a window brings up.
    await window.page.getByRole('button', { name: 'Build Project' }).waitFor();
    await statusItem(window, 'Ln 7').waitFor();
  }),
  picture('data', async window => {
    await openFile(window, 'which_products_lose_the_most_sessions.sql');
    await runCommand(window, 'Sluice: Preview Data');
    await gridCell(window, 0, 0).waitFor();
  }),
  picture('writing', async window => {
    await openFile(window, 'dim_users.sql');
    await window.page.keyboard.press('Control+End');
    await type(window, "\nselect * from {{ ref('fact_ordrs') }}\n");
    await squiggles(window, 'error').first().waitFor();
    await type(window, "select * from {{ ref('fact_");
    await suggestion(window, 'fact_product_funnel');
  }),
  picture('lineage', async window => {
    await openFile(window, 'fact_product_funnel.sql');
    await runCommand(window, 'Sluice: Show Lineage Graph');
    // A double click on a tab gives its group most of the room.
    await activeTab(window, 'Lineage').dblclick();
    await graphPage(window)
      .getByRole('button', { name: /^fact_product_funnel/ })
      .waitFor();
    await graphPage(window).getByRole('button', { name: 'Fit' }).click();
  }),
  picture('columns', async window => {
    await openFile(window, 'fact_product_funnel.sql');
    await openSidebar(window, 'Sluice');
    await goTo(window, 55, 20);
    await treeRow(window, /^order_total.*fact_orders/).waitFor();
    await runCommand(window, 'Sluice: Show Column Lineage');
    const focus = graphPage(window).getByRole('button', { name: /^column order_total/ });
    await focus.first().waitFor();
    // A double click on a tab gives its group most of the room.
    await activeTab(window, 'Lineage').dblclick();
    await graphPage(window).getByLabel('Steps around the model').selectOption('6');
    await graphPage(window).getByRole('status').filter({ hasText: '5 nodes' }).waitFor();
    await graphPage(window).getByRole('button', { name: 'Fit' }).click();
  }),
];

function picture(name: string, arrange: (window: Window) => Promise<void>): Picture {
  return { name, arrange, leave: closeEverything };
}
