import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { until } from './window.ts';
import type { Window } from './window.ts';

/** What an editor shows as the counterpart of the cursor on the other side. */
export interface Marked {
  /** The lines that are marked from edge to edge, without the blanks around them; empty ones do not count. */
  readonly lines: readonly string[];
  /** The stretches inside lines that stand for an expression. */
  readonly words: readonly string[];
}

/** Waits until an editor marks exactly this; the error tells what it marks instead. */
export async function marks(window: Window, editor: Locator, wanted: Partial<Marked>): Promise<void> {
  const isWanted = (found: Marked): boolean =>
    Object.entries(wanted).every(([key, value]) => isSame(found[key as keyof Marked], value));
  let found: Marked = { lines: [], words: [] };
  try {
    await until(window, 'the marks are in place', async () => isWanted((found = await markedIn(editor))));
  } catch {
    assert.deepEqual(found, { ...found, ...wanted });
  }
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((it, idx) => it === b[idx]);

function markedIn(editor: Locator): Promise<Marked> {
  return editor.evaluate(readMarks);
}

/**
 * Runs inside the page. What an extension decorates has a class of its own, `ced-…`; the editor's own decorations do
 * not. A mark of a line is as wide as the editor, one of a word as wide as the word.
 */
function readMarks(root: Element): Marked {
  const lines: { top: number; text: string }[] = [];
  const words: { top: number; left: number; text: string }[] = [];
  const textInside = (line: Element, box: DOMRect): string => {
    let text = '';
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const content = node.textContent ?? '';
      for (let at = 0; at < content.length; at++) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const { left, right } = range.getBoundingClientRect();
        const middle = (left + right) / 2;
        if (box.left < middle && middle < box.right) text += content[at];
      }
    }
    return text.replaceAll('\u00a0', ' ');
  };
  for (const mark of root.querySelectorAll('.view-overlays [class*="ced-"]')) {
    const box = mark.getBoundingClientRect();
    const line = [...root.querySelectorAll('.view-line')].find(
      it => Math.abs(it.getBoundingClientRect().top - box.top) < 2,
    );
    if (line === undefined) continue;
    const isWhole = (mark as HTMLElement).style.width === '100%';
    const text = isWhole ? (line.textContent ?? '').replaceAll('\u00a0', ' ').trim() : textInside(line, box);
    if (isWhole) lines.push({ top: box.top, text });
    else words.push({ top: box.top, left: box.left, text });
  }
  return {
    lines: lines
      .sort((a, b) => a.top - b.top)
      .map(it => it.text)
      .filter(it => it !== ''),
    words: words.sort((a, b) => a.top - b.top || a.left - b.left).map(it => it.text),
  };
}
