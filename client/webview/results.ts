import { button, element } from './elements.ts';
import { Grid } from './grid.ts';
import { connect, pageRoot } from './host.ts';
import { MoreBar } from './more-bar.ts';
import { factsOf } from './result-facts.ts';
import type { FromResultsPage, RowsMessage, ToResultsPage } from './results-messages.ts';

/** The page of the data panel: shows how a query stands, and then its rows. */
const root = pageRoot();
const host = connect<ToResultsPage, FromResultsPage>(show, { kind: 'ready' });
let grid: Grid | undefined;
let more: MoreBar | undefined;
let clock: number | undefined;

function show(message: ToResultsPage): void {
  if (message.kind === 'page') {
    more?.arrived(message);
    grid?.add(message);
    return;
  }
  window.clearInterval(clock);
  grid = undefined;
  more?.dispose();
  more = undefined;
  root.replaceChildren(...contentOf(message));
  // The grid can only tell which rows are in view once it is in the document.
  mountedGrid()?.draw();
}

const mountedGrid = (): Grid | undefined => grid;

function contentOf(message: Exclude<ToResultsPage, { kind: 'page' }>): readonly HTMLElement[] {
  switch (message.kind) {
    case 'idle':
      return [notice('Preview Data on a model shows its rows here.')];
    case 'running':
      return running(message.title, message.elapsedSeconds);
    case 'rows':
      return message.total === 0 ? emptyResult(message) : rows(message);
    case 'failed':
      return failed(message);
    case 'cancelled':
      return [bar(message.title, 'cancelled', [runAgain()]), notice('The query was cancelled.')];
    case 'not-run':
      return [bar(message.title, 'not run', [runAgain()]), notice(`The query was not run. ${message.message}`)];
  }
}

function running(title: string, elapsedSeconds: number): readonly HTMLElement[] {
  const startedAt = performance.now() - elapsedSeconds * 1000;
  const time = element('span', { class: 'facts' });
  const tick = (): void => {
    time.textContent = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
  };
  tick();
  clock = window.setInterval(tick, 100);
  const cancel = button('Cancel', () => host.post({ kind: 'cancel' }));
  const progress = element('div', {
    class: 'progress',
    role: 'progressbar',
    attributes: { 'aria-label': `Querying ${title}` },
  });
  return [toolbar(title, time, [cancel]), progress];
}

function rows(message: RowsMessage): readonly HTMLElement[] {
  const made = new Grid(message, {
    needRows: (first, count) => host.post({ kind: 'need-rows', first, count }),
    needMore: first => bar.ask(first),
    copy: range => host.post({ kind: 'copy', range, withNames: false }),
  });
  const bar = new MoreBar(message, {
    ask: (first, count) => host.post({ kind: 'need-rows', first, count }),
    stop: () => host.post({ kind: 'cancel' }),
  });
  grid = made;
  more = bar;
  const copy = button('Copy with Names', () => host.post({ kind: 'copy', range: made.selection(), withNames: true }), {
    title: 'Copy the selected cells with the names of their columns (Ctrl+C copies them without)',
  });
  const save = button('Save as CSV', () => host.post({ kind: 'save-csv' }));
  const tools = toolbar(message.title, bar.facts, [bar.stop, copy, save, showSql(), runAgain()]);
  return [tools, bar.progress, made.root, bar.notice];
}

function emptyResult(message: RowsMessage): readonly HTMLElement[] {
  const names = message.columns.map(it => `${it.name} ${it.type.toLowerCase()}`).join(', ');
  return [
    bar(message.title, factsOf(message), [showSql(), runAgain()]),
    notice(`The query has no rows. Columns: ${names}`),
  ];
}

function failed(message: ToResultsPage & { readonly kind: 'failed' }): readonly HTMLElement[] {
  const goTo = message.hasPlace ? button('Go to the Place', () => host.post({ kind: 'open-place' })) : undefined;
  // What the warehouse refuses most often is a relation that was never built.
  const build = message.hasSql
    ? button('Build What It Needs', () => host.post({ kind: 'build-upstream' }), {
        title: 'Build everything this model is made from, and the model itself',
      })
    : undefined;
  const buttons = [goTo, build, message.hasSql ? showSql() : undefined, runAgain()].filter(it => it !== undefined);
  const text = element('pre', { class: 'error', text: message.message, role: 'alert', attributes: { tabindex: '0' } });
  return [bar(message.title, 'failed', buttons), text];
}

function bar(title: string, facts: string, buttons: readonly HTMLElement[]): HTMLElement {
  return toolbar(title, element('span', { class: 'facts', text: facts, role: 'status' }), buttons);
}

function toolbar(title: string, facts: HTMLElement, buttons: readonly HTMLElement[]): HTMLElement {
  return element('div', {
    class: 'bar',
    role: 'toolbar',
    attributes: { 'aria-label': title },
    children: [
      element('span', { class: 'title', text: title }),
      facts,
      element('span', { class: 'tools', children: buttons }),
    ],
  });
}

const notice = (text: string): HTMLElement => element('p', { class: 'notice', text, role: 'status' });
const runAgain = (): HTMLElement => button('Run Again', () => host.post({ kind: 'run-again' }));
const showSql = (): HTMLElement => button('Show SQL', () => host.post({ kind: 'show-sql' }));
