import type { FrameLocator, Locator } from 'playwright-core';
import type { Window } from './window.ts';

/** Opens a view container by the name of its icon in the activity bar. */
export async function openSidebar({ page }: Window, name: string): Promise<void> {
  const icon = page.locator(`.activitybar .action-item a[aria-label^="${name}"]`).first();
  await icon.waitFor();
  const isOpen = (await icon.locator('xpath=..').getAttribute('class'))?.includes('checked') === true;
  if (!isOpen) await icon.click();
}

/** A row of a tree in the side bar, by its text. */
export function treeRow({ page }: Window, text: string | RegExp): Locator {
  return page.locator('.sidebar .monaco-list-row', { hasText: text }).first();
}

/** The texts of the rows that the trees in the side bar show. */
export async function treeRows({ page }: Window): Promise<readonly string[]> {
  const texts = await page.locator('.sidebar .monaco-list-row').allInnerTexts();
  return texts.map(it => it.replaceAll(/\s+/g, ' ').trim());
}

/** The page of the data panel: that of the extension's only webview which is a view. */
export function dataPage({ page }: Window): FrameLocator {
  return page
    .frameLocator('iframe.webview[src*="sluice.sluice"][src*="purpose=webviewView"]')
    .frameLocator('#active-frame');
}

/** The page of the lineage graph: that of the extension's only webview which is an editor. */
export function graphPage({ page }: Window): FrameLocator {
  return page
    .frameLocator('iframe.webview[src*="sluice.sluice"]:not([src*="purpose=webviewView"])')
    .frameLocator('#active-frame');
}

/** The grid of rows in the data panel, once it shows those of a query. */
export function grid(window: Window, title: string): Locator {
  return dataPage(window).locator(`[role=grid][aria-label="Rows of ${title}"]`);
}

/** A cell of the grid; rows and columns count from 0. */
export function gridCell(window: Window, row: number, column: number): Locator {
  return dataPage(window).locator(`[role=gridcell][data-row="${row}"][data-column="${column}"]`);
}
