import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { startSession } from '../launcher/session.ts';
import type { Session, SessionOptions } from '../launcher/session.ts';
import type { WindowContent } from '../../../client/scripts/workbench/server.mjs';

/** A window of the workbench with the extension in it, as a person has it in front of them. */
export interface Window {
  readonly page: Page;
  readonly session: Session;
  /** The folder that the window shows; the folder of the workspace file when it shows one. */
  readonly folder: string;
}

/** What a window shows and how. */
export interface WindowSetup {
  readonly content: WindowContent;
  readonly browser?: SessionOptions['browser'];
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Opens the folder as one that the user has not said to trust. */
  readonly isRestricted?: boolean;
  /** Ends what was started for the window, once it is closed. */
  readonly leave?: () => Promise<void>;
}

/** How long anything may take to appear: a busy machine needs many times what a quiet one does. */
export const patience = 30_000;

/** Opens a window and waits until it can be used. */
export async function openWindow(setup: WindowSetup): Promise<Window> {
  const session = await startSession({
    extensions: [path.resolve('.')],
    server: { args: setup.isRestricted === true ? [] : ['--disable-workspace-trust'] },
    ...(setup.settings && { settings: setup.settings }),
    ...(setup.browser && { browser: setup.browser }),
  });
  const { page } = session;
  page.setDefaultTimeout(patience);
  await session.open(setup.content);
  await page.locator('.monaco-workbench .statusbar').waitFor({ timeout: 2 * patience });
  const { folder, workspaceFile } = setup.content;
  return { page, session, folder: folder ?? path.dirname(workspaceFile ?? '.') };
}

/** Ends the window and everything it started. */
export async function closeWindow(window: Window): Promise<void> {
  await window.session.close();
}

/**
 * Runs a command by its title, the way a person does: through the command palette. The palette does not learn of a
 * command that becomes available while it is open, so it is opened again until the command is there.
 */
export async function runCommand(window: Window, title: string): Promise<void> {
  const begun = Date.now();
  do {
    if ((await askPalette(window, title)) && (await appears(quickPickRow(window, title), 3_000))) {
      await quickPickRow(window, title).click();
      return;
    }
    await window.page.keyboard.press('Escape');
  } while (Date.now() - begun < patience);
  throw new Error(`the command palette has no '${title}'`);
}

/** Types a title into the command palette; says whether it stayed open. A page that takes the focus closes it. */
async function askPalette({ page }: Window, title: string): Promise<boolean> {
  const input = page.locator('.quick-input-widget input').first();
  await page.keyboard.press('F1');
  if (!(await appears(input, 3_000))) return false;
  return input.fill(`>${title}`, { timeout: 3_000 }).then(
    () => true,
    () => false,
  );
}

/** The row of the open quick pick that shows a text. */
export function quickPickRow({ page }: Window, text: string): Locator {
  return page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
}

/** An item of the status bar by its text. */
export function statusItem({ page }: Window, text: string | RegExp): Locator {
  return page.locator('.statusbar-item', { hasText: text }).first();
}

/** Waits until the project has been read; the status bar says so. */
export async function projectIsReady(window: Window): Promise<void> {
  await statusItem(window, 'product_funnel · dev').locator('.codicon-check').waitFor();
}

/** A notification by its text. */
export function notification({ page }: Window, text: string | RegExp): Locator {
  return page.locator('.notification-toast, .notification-list-item', { hasText: text }).first();
}

/** Whether something becomes visible within a time. */
export async function appears(locator: Locator, within: number): Promise<boolean> {
  return locator
    .first()
    .waitFor({ timeout: within })
    .then(
      () => true,
      () => false,
    );
}

/** Waits until a condition holds. */
export async function until({ page }: Window, what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const begun = Date.now();
  while (!(await holds())) {
    if (Date.now() - begun > patience) throw new Error(`not so within ${patience} ms: ${what}`);
    await page.waitForTimeout(100);
  }
}

/** Closes whatever covers the editor, the panel, and every editor without saving, so that the next check starts afresh. */
export async function closeEverything(window: Window): Promise<void> {
  const { page } = window;
  for (let round = 0; round < 3; round++) await page.keyboard.press('Escape');
  if (await page.locator('.part.panel').isVisible()) await runCommand(window, 'View: Toggle Panel Visibility');
  if (await notification(window, '').isVisible()) await runCommand(window, 'Notifications: Clear All Notifications');
  const dontSave = page.getByRole('button', { name: "Don't Save" });
  const tab = page.locator('.tabs-container .tab');
  if ((await tab.count()) > 0) await runCommand(window, 'View: Close All Editors');
  await until(window, 'all editors are closed', async () => {
    if (await dontSave.isVisible()) await dontSave.click();
    return (await tab.count()) === 0;
  });
}
