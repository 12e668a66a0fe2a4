import type { MoreRows } from '../../server/src/protocol.ts';
import { button, element } from './elements.ts';
import { factsOf } from './result-facts.ts';
import type { RowsMessage } from './results-messages.ts';

export interface MoreBarOptions {
  readonly ask: (first: number, count: number) => void;
  readonly stop: () => void;
}

/** How many rows are asked for when the user comes to the end of those that are there. */
const MORE = 1000;
/** Milliseconds until a page that has not come yet is worth a word. */
const PATIENCE = 300;

/**
 * Says how much of a result is there, that more of it is on its way, and why there will be no more. The elements are
 * placed by the page.
 */
export class MoreBar {
  readonly facts = element('span', { class: 'facts', role: 'status' });
  readonly stop: HTMLElement;
  readonly progress = element('div', {
    class: 'progress',
    role: 'progressbar',
    attributes: { 'aria-label': 'Reading more rows' },
  });
  readonly notice = element('p', { class: 'rest' });
  readonly #options: MoreBarOptions;
  #result: RowsMessage;
  #isAsked = false;
  #timer: number | undefined;

  constructor(result: RowsMessage, options: MoreBarOptions) {
    this.#result = result;
    this.#options = options;
    this.stop = button('Stop', options.stop, { title: 'Stop reading more rows' });
    this.#show();
  }

  /** Asks for the rows behind those that are there, once until they come. */
  ask(first: number): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    this.#options.ask(first, MORE);
    this.#timer = window.setTimeout(() => this.#showWaiting(true), PATIENCE);
  }

  /** Takes note of rows that came. */
  arrived({ page, total, rest }: MoreRows): void {
    // Rows from further up, which were dropped before, are no answer to what was asked behind the end.
    if (page.first < this.#result.total && rest.kind === 'open') return;
    this.#result = { ...this.#result, total, rest };
    this.#isAsked = false;
    this.#show();
  }

  dispose(): void {
    window.clearTimeout(this.#timer);
  }

  #show(): void {
    const { rest } = this.#result;
    window.clearTimeout(this.#timer);
    this.#showWaiting(false);
    this.facts.textContent = factsOf(this.#result);
    this.notice.hidden = !('message' in rest);
    this.notice.textContent = 'message' in rest ? rest.message : '';
    this.notice.classList.toggle('failed', rest.kind === 'failed');
    this.notice.setAttribute('role', rest.kind === 'failed' ? 'alert' : 'status');
  }

  #showWaiting(isWaiting: boolean): void {
    this.stop.hidden = !isWaiting;
    this.progress.hidden = !isWaiting;
  }
}
