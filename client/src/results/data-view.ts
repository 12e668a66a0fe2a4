import * as vscode from 'vscode';
import type {
  CostLimit,
  GridCell,
  PreviewDataOutcome,
  PreviewedPart,
  PreviewedRows,
  Place,
} from '../../../server/src/protocol.ts';
import type { CellRange, FromResultsPage, ToResultsPage } from '../../webview/results-messages.ts';
import type { Jobs } from '../jobs.ts';
import { openPlace } from '../place.ts';
import type { ServerLink } from '../server-link.ts';
import { loadPage } from '../webview-page.ts';
import { commaSeparated, tabSeparated } from './separated-values.ts';

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
    view.onDidDispose(() => (this.#webview = undefined));
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
        return this.#jobs.cancel(query.job);
      case 'open-place': {
        const place = placeOf(query);
        return place && openPlace(place);
      }
      case 'show-sql':
        return showSql(query);
    }
  }

  async #sendRows(query: Query, wanted: { readonly first: number; readonly count: number }): Promise<void> {
    const page = await this.#link.request('sluice/previewRows', { job: query.job, ...wanted });
    if (page && this.#query?.job === query.job) this.#post({ kind: 'page', page });
  }

  async #copy(query: Query, range: CellRange, options: { readonly withNames: boolean }): Promise<void> {
    const rows = await this.#rows(query, range.top, range.bottom + 1);
    const names = options.withNames ? [namesOf(query)] : [];
    const cells = [...names, ...rows].map(row => row.slice(range.left, range.right + 1));
    await vscode.env.clipboard.writeText(tabSeparated(cells));
  }

  async #saveCsv(query: Query): Promise<void> {
    if (query.outcome?.kind !== 'rows') return;
    const target = await vscode.window.showSaveDialog({
      defaultUri: query.file.with({ path: query.file.path.replace(/(\.\w+)?$/, '.csv') }),
      filters: { CSV: ['csv'] },
    });
    if (target === undefined) return;
    const rows = await this.#rows(query, 0, query.outcome.total);
    const text = commaSeparated([namesOf(query), ...rows]);
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  }

  async #rows(query: Query, first: number, end: number): Promise<readonly (readonly GridCell[])[]> {
    const page = await this.#link.request('sluice/previewRows', { job: query.job, first, count: end - first });
    return page?.rows ?? [];
  }
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
    case 'cancelled':
      return { kind: 'cancelled', title };
  }
}

function rowsMessage(title: string, outcome: PreviewedRows): ToResultsPage {
  const { columns, page, total, truncated, seconds } = outcome;
  return { kind: 'rows', title, columns, page, total, truncated, seconds };
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

async function showSql(query: Query): Promise<void> {
  const { outcome } = query;
  if (outcome === undefined || !('sql' in outcome) || outcome.sql === null) return;
  const document = await vscode.workspace.openTextDocument({ language: 'sql', content: outcome.sql });
  await vscode.window.showTextDocument(document, { preview: true });
}
