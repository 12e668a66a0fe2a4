import * as vscode from 'vscode';
import type {
  CostLimit,
  MoreRows,
  PreviewDataOutcome,
  PreviewedPart,
  PreviewedRows,
  Place,
  ResultRest,
} from '../../../server/src/protocol.ts';
import type { CellRange, FromResultsPage, ToResultsPage } from '../../webview/results-messages.ts';
import type { Jobs } from '../jobs.ts';
import { openPlace } from '../place.ts';
import type { ServerLink } from '../server-link.ts';
import { loadPage } from '../webview-page.ts';
import { saveCsv, type RowSource } from './save-csv.ts';
import { tabSeparated } from './separated-values.ts';

/** What of a file is queried, and how. */
export interface QueryOptions {
  readonly limit: number;
  /** A query that is expected to take more runs only when the user says so; `null`: every query runs at once. */
  readonly costLimit: CostLimit | null;
  readonly incremental: boolean | null;
  /** All of the file when there is none. */
  readonly part?: PreviewedPart;
}

/** A query and how it stands. */
interface Query extends QueryOptions {
  readonly file: vscode.Uri;
  readonly job: string;
  readonly startedAt: number;
  readonly outcome: PreviewDataOutcome | undefined;
}

/** The panel with the rows of the last data preview. */
export class DataView implements vscode.WebviewViewProvider, vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #link: ServerLink;
  readonly #jobs: Jobs;
  readonly #subscriptions: readonly vscode.Disposable[];
  #webview: vscode.Webview | undefined;
  #query: Query | undefined;
  /** How many rows of the query the server was last seen to have. */
  #total = 0;
  /** Whether there were more behind them. */
  #rest: ResultRest = { kind: 'open' };

  constructor(extension: vscode.Uri, link: ServerLink, jobs: Jobs) {
    this.#extension = extension;
    this.#link = link;
    this.#jobs = jobs;
    this.#subscriptions = [
      vscode.window.registerWebviewViewProvider('sluice.data', this, {
        webviewOptions: { retainContextWhenHidden: true },
      }),
    ];
  }

  /** Queries a file and shows the rows. A query that is still under way is cancelled: the user wants the new one. */
  async query(file: vscode.Uri, options: QueryOptions): Promise<void> {
    const outcome = await this.#run(file, options, options.costLimit);
    if (outcome?.kind === 'costly' && (await wantsAnyway(outcome.message))) await this.#run(file, options, null);
  }

  /** Answers the outcome, unless another query has taken the panel meanwhile. */
  async #run(
    file: vscode.Uri,
    options: QueryOptions,
    costLimit: CostLimit | null,
  ): Promise<PreviewDataOutcome | undefined> {
    this.#abandon();
    await vscode.commands.executeCommand('sluice.data.focus', { preserveFocus: true });
    const { limit, incremental, part } = options;
    return this.#jobs.track(async job => {
      const asked = { job, limit, incremental, ...(part === undefined ? {} : { part }) };
      // The limit of the user stays with the query, so that it counts again when the query is run again.
      const query: Query = { ...options, job, file, startedAt: Date.now(), outcome: undefined };
      this.#show(query);
      const params = { ...asked, costLimit, uri: file.toString() };
      const outcome = (await this.#link.request('sluice/previewData', params)) ?? LOST;
      if (this.#query?.job === job) {
        this.#show({ ...query, outcome });
        return outcome;
      }
      this.#link.notify('sluice/releaseRows', { job });
      return undefined;
    });
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#webview = view.webview;
    view.webview.onDidReceiveMessage((message: FromResultsPage) => void this.#receive(message));
    view.onDidDispose(() => {
      this.#webview = undefined;
      this.#abandon();
    });
    view.onDidChangeVisibility(() => {
      const query = this.#query;
      if (!view.visible && query?.outcome?.kind === 'rows') this.#link.notify('sluice/closeRows', { job: query.job });
    });
    loadPage(view.webview, this.#extension, 'results', 'Data');
  }

  dispose(): void {
    for (const it of this.#subscriptions) it.dispose();
  }

  #abandon(): void {
    const query = this.#query;
    if (query === undefined) return;
    if (query.outcome === undefined) this.#jobs.cancel(query.job);
    else this.#link.notify('sluice/releaseRows', { job: query.job });
  }

  #show(query: Query): void {
    this.#query = query;
    this.#total = query.outcome?.kind === 'rows' ? query.outcome.total : 0;
    this.#rest = query.outcome?.kind === 'rows' ? query.outcome.rest : { kind: 'open' };
    this.#post(messageFor(query));
  }

  #post(message: ToResultsPage): void {
    void this.#webview?.postMessage(message);
  }

  async #receive(message: FromResultsPage): Promise<unknown> {
    const query = this.#query;
    if (query === undefined) return;
    switch (message.kind) {
      case 'ready':
        return this.#post(messageFor(query));
      case 'need-rows':
        return this.#sendRows(query, message);
      case 'copy':
        return this.#copy(query, message.range, message);
      case 'save-csv':
        return this.#saveCsv(query);
      case 'run-again':
        return this.query(query.file, query);
      case 'build-upstream':
        return vscode.commands.executeCommand('sluice.buildUpstream', query.file);
      case 'cancel':
        return this.#link.notify('sluice/cancel', { job: query.job });
      case 'open-place': {
        const place = placeOf(query);
        return place && openPlace(place);
      }
      case 'show-sql':
        return showSql(query);
    }
  }

  async #sendRows(query: Query, wanted: { readonly first: number; readonly count: number }): Promise<void> {
    const more = await this.#more(query, wanted);
    if (this.#query?.job === query.job) this.#post({ kind: 'page', ...more });
  }

  async #more(query: Query, wanted: { readonly first: number; readonly count: number }): Promise<MoreRows> {
    const more = await this.#page(query.job, wanted.first, wanted.count);
    if (more.rest === GONE) return { ...more, total: this.#total };
    this.#total = more.total;
    this.#rest = more.rest;
    return more;
  }

  async #copy(query: Query, range: CellRange, options: { readonly withNames: boolean }): Promise<void> {
    const { page } = await this.#more(query, { first: range.top, count: range.bottom + 1 - range.top });
    const names = options.withNames ? [namesOf(query)] : [];
    const cells = [...names, ...page.rows].map(row => row.slice(range.left, range.right + 1));
    await vscode.env.clipboard.writeText(tabSeparated(cells));
  }

  async #saveCsv(query: Query): Promise<void> {
    const target = await vscode.window.showSaveDialog({
      defaultUri: csvBeside(query.file),
      filters: { CSV: ['csv'] },
    });
    if (target === undefined) return;
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: 'Saving rows', cancellable: true },
      async (progress, token) => {
        const report = (count: number): void => progress.report({ message: `${count.toLocaleString('en')} rows` });
        try {
          const count = await this.#withAllRows(query, token, source => saveCsv(target, source, { report, token }));
          void vscode.window.showInformationMessage(`Saved ${count.toLocaleString('en')} rows.`);
        } catch (error) {
          if (token.isCancellationRequested) return;
          const why = error instanceof Error ? error.message : String(error);
          void vscode.window.showErrorMessage(`The rows were not saved. ${why}`);
        }
      },
    );
  }

  /** Lends all rows of a query: those that are there when they are all, else those of the query run once more. */
  async #withAllRows<T>(
    query: Query,
    token: vscode.CancellationToken,
    body: (source: RowSource) => Promise<T>,
  ): Promise<T> {
    const names = namesOf(query);
    if (this.#rest.kind === 'none') {
      return body({ names, more: (first, count) => this.#more(query, { first, count }) });
    }
    return this.#jobs.track(async job => {
      const stop = token.onCancellationRequested(() => this.#link.notify('sluice/cancel', { job }));
      try {
        const params = { job, uri: query.file.toString(), sql: sqlOf(query) ?? '' };
        const opened = (await this.#link.request('sluice/allRows', params)) ?? LOST;
        if (opened.kind === 'failed') throw new Error(opened.message);
        if (opened.kind === 'cancelled') throw new vscode.CancellationError();
        return await body({ names, more: (first, count) => this.#page(job, first, count) });
      } finally {
        stop.dispose();
        this.#link.notify('sluice/releaseRows', { job });
      }
    });
  }

  async #page(job: string, first: number, count: number): Promise<MoreRows> {
    const more = await this.#link.request('sluice/previewRows', { job, first, count });
    return more ?? { page: { first, rows: [] }, total: first, rest: GONE };
  }
}

const GONE: ResultRest = { kind: 'failed', message: 'The server has these rows no longer. Run the query again.' };

function csvBeside(file: vscode.Uri): vscode.Uri {
  const csv = file.path.replace(/(\.\w+)?$/, '.csv');
  return file.scheme === 'file' ? file.with({ path: csv }) : vscode.Uri.file(csv);
}

const LOST: PreviewDataOutcome = {
  kind: 'failed',
  message: 'The server did not answer; see the log.',
  place: null,
  sql: null,
};

/** Asks before a query that is expected to take much is run. */
async function wantsAnyway(message: string): Promise<boolean> {
  const detail = 'Nothing has run yet. The setting sluice.previewCostLimit says what is asked about.';
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, RUN_ANYWAY)) === RUN_ANYWAY;
}

const RUN_ANYWAY = 'Run Anyway';

function messageFor(query: Query): ToResultsPage {
  const title = titleOf(query);
  const { outcome } = query;
  if (outcome === undefined) return { kind: 'running', title, elapsedSeconds: (Date.now() - query.startedAt) / 1000 };
  switch (outcome.kind) {
    case 'rows':
      return rowsMessage(title, outcome);
    case 'failed':
      return {
        kind: 'failed',
        title,
        message: outcome.message,
        hasPlace: outcome.place !== null,
        hasSql: outcome.sql !== null,
      };
    case 'costly':
      return { kind: 'not-run', title, message: outcome.message };
    case 'cancelled':
      return { kind: 'cancelled', title };
  }
}

function rowsMessage(title: string, outcome: PreviewedRows): ToResultsPage {
  const { columns, page, total, rest, seconds } = outcome;
  return { kind: 'rows', title, columns, page, total, rest, seconds };
}

function titleOf({ file, part }: Query): string {
  const name = (file.path.split('/').at(-1) ?? file.path).replace(/\.sql$/i, '');
  return part === undefined ? name : `${name} (${part.kind === 'cte' ? 'CTE' : 'selection'})`;
}

function namesOf(query: Query): readonly string[] {
  return query.outcome?.kind === 'rows' ? query.outcome.columns.map(it => it.name) : [];
}

function placeOf(query: Query): Place | undefined {
  return query.outcome?.kind === 'failed' ? (query.outcome.place ?? undefined) : undefined;
}

/** The statement as it was sent. */
function sqlOf({ outcome }: Query): string | undefined {
  return outcome !== undefined && 'sql' in outcome ? (outcome.sql ?? undefined) : undefined;
}

async function showSql(query: Query): Promise<void> {
  const content = sqlOf(query);
  if (content === undefined) return;
  const document = await vscode.workspace.openTextDocument({ language: 'sql', content });
  await vscode.window.showTextDocument(document, { preview: true });
}
