import type { Locator } from 'playwright-core';
import { patience, quickPickRow } from './window.ts';
import type { Window } from './window.ts';

/** Opens a file of the workspace by its name and puts the cursor into it. */
export async function openFile(window: Window, name: string): Promise<void> {
  const { page } = window;
  await page.keyboard.press('Control+P');
  const input = page.locator('.quick-input-widget input').first();
  await input.waitFor();
  await input.fill(name);
  await quickPickRow(window, baseName(name)).waitFor();
  await page.keyboard.press('Enter');
  await activeTab(window, baseName(name)).waitFor();
  await focusEditor(window);
}

/** The tab of a file, when it is the one in front in its group. */
export function activeTab({ page }: Window, name: string): Locator {
  return page.locator('.tab.active', { hasText: name }).first();
}

/** The text editor that has the cursor, or had it last. */
export function activeEditor({ page }: Window): Locator {
  return page.locator('.editor-group-container.active .monaco-editor[data-uri]').first();
}

/** Puts the keyboard into the active text editor, where its cursor is. */
export async function focusEditor(window: Window): Promise<void> {
  await activeEditor(window).waitFor();
  await window.page.keyboard.press('Control+1');
}

/** Moves the cursor; lines and columns count from 1, as the status bar shows them. */
export async function goTo(window: Window, line: number, column: number): Promise<void> {
  const { page } = window;
  await page.keyboard.press('Control+G');
  const input = page.locator('.quick-input-widget input').first();
  await input.waitFor();
  await input.fill(`:${line}:${column}`);
  await page.keyboard.press('Enter');
  await page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).waitFor();
}

/** Replaces the whole text of the active editor by typing, as far as the editor is concerned. */
export async function replaceText(window: Window, text: string): Promise<void> {
  const { page } = window;
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(text);
}

/** Types at the cursor, one key at a time, so that suggestions appear as they do for a person. */
export async function type({ page }: Window, text: string): Promise<void> {
  await page.keyboard.type(text, { delay: 30 });
}

/**
 * Waits for a suggestion with a label. The first answer may come before the extension knows the project, so the list
 * is asked for again until the suggestion is in it.
 */
export async function suggestion(window: Window, label: string): Promise<Locator> {
  const { page } = window;
  const row = suggestionRows(window).filter({ has: page.locator('.label-name', { hasText: exactly(label) }) });
  const begun = Date.now();
  while (!(await appears(row, 3_000))) {
    if (Date.now() - begun > patience) throw new Error(`no suggestion '${label}' among: ${await suggested(window)}`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Space');
  }
  return row;
}

/** The rows of the open list of suggestions. */
export function suggestionRows({ page }: Window): Locator {
  return page.locator('.suggest-widget.visible .monaco-list-row');
}

async function suggested(window: Window): Promise<string> {
  const labels = await suggestionRows(window).locator('.label-name').allInnerTexts();
  return labels.length === 0 ? 'nothing' : labels.join(', ');
}

/** Opens the hover of the word at the cursor and answers with its content. */
export async function hoverAtCursor({ page }: Window): Promise<Locator> {
  await page.keyboard.press('Control+K');
  await page.keyboard.press('Control+I');
  const hover = page.locator('.monaco-hover:visible .monaco-hover-content').first();
  await hover.waitFor();
  return hover;
}

/** The visible lines of the active editor as text, in the order they are shown. */
export async function visibleText(window: Window): Promise<string> {
  const lines = await activeEditor(window)
    .locator('.view-line')
    .evaluateAll(all =>
      all
        .map(line => ({ top: line.getBoundingClientRect().top, text: line.textContent }))
        .sort((a, b) => a.top - b.top)
        .map(it => it.text),
    );
  // The editor shows spaces as non-breaking ones.
  return lines.join('\n').replaceAll('\u00a0', ' ');
}

/** The part of the screen that a word of the active editor's visible text occupies. */
export async function boxOf(window: Window, word: string): Promise<Box> {
  const box = await activeEditor(window)
    .locator('.view-lines')
    .evaluate((lines, wanted) => {
      const walker = document.createTreeWalker(lines, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const start = (node.textContent ?? '').replaceAll('\u00a0', ' ').indexOf(wanted);
        if (start < 0) continue;
        const range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, start + wanted.length);
        const { left, right, top, bottom } = range.getBoundingClientRect();
        return { left, right, top, bottom };
      }
      return undefined;
    }, word);
  if (box === undefined) throw new Error(`the editor does not show '${word}' in one piece`);
  return box;
}

/** Where something is on the screen, in pixels of the page. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The squiggles of a severity that the active editor shows, each as its place on the screen. */
export async function squiggles(window: Window, severity: 'error' | 'warning'): Promise<readonly Box[]> {
  const found = activeEditor(window).locator(`.squiggly-${severity}`);
  await found.first().waitFor();
  return found.evaluateAll(all =>
    all.map(it => {
      const { left, right, top, bottom } = it.getBoundingClientRect();
      return { left, right, top, bottom };
    }),
  );
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

function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}$`);
}
