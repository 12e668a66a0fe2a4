import type { Locator } from 'playwright-core';
import { appears, patience, quickPickRow, until } from './window.ts';
import type { Window } from './window.ts';

/** Opens a file of the workspace by its name and puts the cursor at its beginning. */
export async function openFile(window: Window, name: string): Promise<void> {
  const { page } = window;
  await page.keyboard.press('Control+P');
  const input = page.locator('.quick-input-widget input').first();
  await input.waitFor();
  await input.fill(name);
  await quickPickRow(window, name).click();
  await activeTab(window, name).waitFor();
  await activeEditor(window).waitFor();
  // The editor remembers where it was when the file was last open.
  await page.keyboard.press('Control+Home');
}

/** The tab of a file, when it is the one in front in its group. */
export function activeTab({ page }: Window, name: string): Locator {
  return page.locator('.tab.active', { hasText: name }).first();
}

/** The text editor that has the cursor, or had it last. */
export function activeEditor({ page }: Window): Locator {
  return page.locator('.editor-group-container.active .monaco-editor[data-uri]').first();
}

/** The text editor of the document whose address contains a text. */
export function editorOf({ page }: Window, part: string): Locator {
  return page.locator(`.editor-group-container .monaco-editor[data-uri*="${part}"]`).first();
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

/**
 * Moves the cursor into a word that the active editor shows, by a click on its middle. Code lenses that arrive between
 * the look and the click push the word away, so the click is repeated until the cursor is in the word.
 */
export async function clickOn(window: Window, word: string): Promise<void> {
  await clickIn(window, activeEditor(window), word);
}

/** The same in any editor, which makes it the active one. */
export async function clickIn(window: Window, editor: Locator, word: string): Promise<void> {
  await until(window, `the cursor is in '${word}'`, async () => {
    const { x, y } = middleOf(await boxIn(editor, word));
    await window.page.mouse.click(x, y);
    return hasCursorIn(editor, word);
  });
}

/** Follows the link of a word as a Ctrl-click does; the link appears only when the pointer moves over the word. */
export async function followLink(window: Window, word: string): Promise<void> {
  const { page } = window;
  await page.keyboard.down('Control');
  await until(window, `'${word}' stays under the pointer`, async () => {
    const before = middleOf(await boxOf(window, word));
    await page.mouse.move(before.x - 2, before.y);
    await page.mouse.move(before.x, before.y);
    await page.waitForTimeout(500);
    const after = middleOf(await boxOf(window, word));
    return after.x === before.x && after.y === before.y;
  });
  const { x, y } = middleOf(await boxOf(window, word));
  await page.mouse.click(x, y);
  await page.keyboard.up('Control');
}

/** Whether the cursor blinks inside a word, where the word is by now. */
async function hasCursorIn(editor: Locator, word: string): Promise<boolean> {
  const cursor = middleOf(await placeOf(editor.locator('.cursors-layer .cursor')));
  const { left, right, top, bottom } = await boxIn(editor, word);
  return left <= cursor.x && cursor.x <= right && top <= cursor.y && cursor.y <= bottom;
}

function middleOf({ left, right, top, bottom }: Box): { readonly x: number; readonly y: number } {
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
}

/** Replaces the whole text of the active editor, as one paste would. */
export async function replaceText({ page }: Window, text: string): Promise<void> {
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(text);
  // What is typed at the end of a word may have opened the suggestions.
  await page.keyboard.press('Escape');
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
  return row.first();
}

/** The rows of the open list of suggestions. */
export function suggestionRows({ page }: Window): Locator {
  return page.locator('.suggest-widget.visible .monaco-list-row');
}

async function suggested(window: Window): Promise<string> {
  const labels = await suggestionRows(window).locator('.label-name').allInnerTexts();
  return labels.length === 0 ? 'nothing' : labels.join(', ');
}

/** Opens the hover at the cursor until it contains a text, and answers with its content. */
export async function hoverAtCursor({ page }: Window, text: string | RegExp): Promise<Locator> {
  const hover = page.locator('.monaco-hover:visible .monaco-hover-content', { hasText: text });
  const begun = Date.now();
  do {
    await page.keyboard.press('Control+K');
    await page.keyboard.press('Control+I');
    if (await appears(hover, 3_000)) return hover.first();
    await page.keyboard.press('Escape');
  } while (Date.now() - begun < patience);
  throw new Error(`no hover with '${String(text)}'`);
}

/** Takes a quick fix at the cursor. What closes just then takes the list of fixes along, so it is opened until it stays. */
export async function takeFix({ page }: Window, title: string): Promise<void> {
  const row = page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
  const begun = Date.now();
  do {
    await page.keyboard.press('Control+.');
    if (await appears(row, 3_000)) return row.click();
    await page.keyboard.press('Escape');
  } while (Date.now() - begun < patience);
  throw new Error(`no quick fix '${title}'`);
}

/** The lines that an editor shows as text, from top to bottom. */
export async function textOf(editor: Locator): Promise<string> {
  const lines = await editor.locator('.view-line').evaluateAll(all =>
    all
      .map(line => ({ top: line.getBoundingClientRect().top, text: line.textContent }))
      .sort((a, b) => a.top - b.top)
      .map(it => it.text),
  );
  // The editor shows spaces as non-breaking ones.
  return lines.join('\n').replaceAll('\u00a0', ' ');
}

/** Waits until an editor shows a text. */
export async function showsText(editor: Locator, text: string | RegExp): Promise<void> {
  const begun = Date.now();
  let shown = '';
  while (Date.now() - begun < patience) {
    // An editor that is being replaced has no lines for a moment.
    shown = await textOf(editor);
    if (typeof text === 'string' ? shown.includes(text) : text.test(shown)) return;
    await editor.page().waitForTimeout(100);
  }
  throw new Error(`the editor does not show '${String(text)}' but:\n${shown}`);
}

/** The part of the screen that a word of the active editor's visible text occupies, once it is shown. */
export async function boxOf(window: Window, word: string): Promise<Box> {
  return boxIn(activeEditor(window), word);
}

/** The same in any editor. */
async function boxIn(editor: Locator, word: string): Promise<Box> {
  await showsText(editor, word);
  const box = await editor.locator('.view-lines').evaluate(boxInside, word);
  if (box === undefined) throw new Error(`'${word}' is not in one line`);
  return box;
}

/** Runs inside the page: finds a word in the text of a line, which is spread over the elements of its colours. */
function boxInside(root: Element, word: string): Box | undefined {
  for (const line of root.querySelectorAll('.view-line')) {
    const start = (line.textContent ?? '').replaceAll('\u00a0', ' ').indexOf(word);
    if (start < 0) continue;
    const range = document.createRange();
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    let before = 0;
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const length = node.textContent?.length ?? 0;
      if (before <= start && start < before + length) range.setStart(node, start - before);
      const end = start + word.length;
      if (before < end && end <= before + length) range.setEnd(node, end - before);
      before += length;
    }
    const { left, right, top, bottom } = range.getBoundingClientRect();
    return { left, right, top, bottom };
  }
  return undefined;
}

/** Where something is on the screen, in pixels of the page. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The squiggles of a severity that the active editor shows, each as its place on the screen. */
export function squiggles(window: Window, severity: 'error' | 'warning'): Locator {
  return activeEditor(window).locator(`.squiggly-${severity}`);
}

/** Where something is on the screen. */
export function placeOf(locator: Locator): Promise<Box> {
  return locator.first().evaluate(it => {
    const { left, right, top, bottom } = it.getBoundingClientRect();
    return { left, right, top, bottom };
  });
}

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}$`);
}
