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

/** The texts of all rows of the trees in the side bar. */
export async function treeRows({ page }: Window): Promise<readonly string[]> {
  const texts = await page.locator('.sidebar .monaco-list-row').allInnerTexts();
  return texts.map(it => it.replaceAll(/\s+/g, ' ').trim());
}

/** The page inside a webview; with several open, the one whose page has what `has` selects. */
export function webview({ page }: Window, idx = 0): FrameLocator {
  return page.locator('iframe.webview').nth(idx).contentFrame().frameLocator('#active-frame');
}
