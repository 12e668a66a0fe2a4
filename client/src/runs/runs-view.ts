import * as vscode from 'vscode';
import type { RunParams } from '../../../server/src/protocol.ts';
import type { Jobs } from '../jobs.ts';
import { iconOf } from '../lineage/node-look.ts';
import { openPlace } from '../place.ts';
import type { ServerLink } from '../server-link.ts';
import type { NodeRun, NodeState, RunState } from './run-state.ts';
import { afterEvent, afterOutcome, inOrderOfInterest, startedRun, summaryOf } from './run-state.ts';

type Item = { readonly kind: 'run' } | { readonly kind: 'node'; readonly id: string };

/** The tree of the side bar that shows the last run: each node with its state, its time and what went wrong. */
export class RunsView implements vscode.TreeDataProvider<Item>, vscode.Disposable {
  readonly #link: ServerLink;
  readonly #jobs: Jobs;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<Item>;
  readonly #events: vscode.Disposable;
  #job: string | undefined;
  #run: RunState | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(link: ServerLink, jobs: Jobs) {
    this.#link = link;
    this.#jobs = jobs;
    this.#view = vscode.window.createTreeView('sluice.runs', { treeDataProvider: this });
    this.#events = link.on('sluice/runEvent', message => {
      if (message.job === this.#job && this.#run !== undefined) this.#set(afterEvent(this.#run, message.event));
    });
  }

  /**
   * Runs nodes and shows how it goes; says whether all went well. One run at a time: a second one is refused while the
   * first goes on.
   */
  async start(params: Omit<RunParams, 'job'>): Promise<boolean> {
    if (this.#run !== undefined && this.#run.outcome === undefined) {
      void vscode.window.showInformationMessage('A run is still going on.', 'Cancel Run').then(choice => {
        if (choice !== undefined && this.#job !== undefined) this.#jobs.cancel(this.#job);
      });
      return false;
    }
    this.#set(startedRun(titleOf(params)));
    await vscode.commands.executeCommand('sluice.runs.focus', { preserveFocus: true });
    await vscode.window.withProgress({ location: { viewId: 'sluice.runs' } }, () => this.#follow(params));
    return this.#run !== undefined && overallState(this.#run) === 'success';
  }

  getTreeItem(item: Item): vscode.TreeItem {
    const run = this.#run;
    const node = item.kind === 'node' ? run?.nodes.find(it => it.node.id === item.id) : undefined;
    if (node !== undefined) return nodeItem(node);
    return run === undefined ? new vscode.TreeItem('') : runItem(run);
  }

  getChildren(item?: Item): Item[] {
    if (this.#run === undefined) return [];
    if (item === undefined) return [{ kind: 'run' }];
    return item.kind === 'run' ? inOrderOfInterest(this.#run).map(it => ({ kind: 'node', id: it.node.id })) : [];
  }

  dispose(): void {
    this.#view.dispose();
    this.#events.dispose();
    this.#changed.dispose();
  }

  async #follow(params: Omit<RunParams, 'job'>): Promise<void> {
    const outcome = await this.#jobs.track(job => {
      this.#job = job;
      return this.#link.request('sluice/run', { ...params, job });
    });
    const before = this.#run ?? startedRun(titleOf(params));
    const lost = { kind: 'refused', message: 'The server did not answer; see the log.', place: null } as const;
    this.#set(afterOutcome(before, outcome ?? lost));
    if (outcome === undefined || outcome.kind === 'refused') await offerPlace(outcome ?? lost);
  }

  #set(run: RunState): void {
    this.#run = run;
    this.#changed.fire();
  }
}

async function offerPlace(refused: { readonly message: string; readonly place: RunPlace | null }): Promise<void> {
  const { place } = refused;
  const choice = await vscode.window.showErrorMessage(refused.message, ...(place === null ? [] : ['Go to the Place']));
  if (choice !== undefined && place !== null) await openPlace(place);
}

type RunPlace = Parameters<typeof openPlace>[0];

function titleOf(params: Omit<RunParams, 'job'>): string {
  const verb = params.action.slice(0, 1).toUpperCase() + params.action.slice(1);
  if (params.select === 'project') return `${verb} project`;
  const name =
    params.uri
      .split('/')
      .at(-1)
      ?.replace(/\.\w+$/, '') ?? params.uri;
  const before = params.select === 'upstream' || params.select === 'upstream-and-downstream' ? '+' : '';
  const after = params.select === 'downstream' || params.select === 'upstream-and-downstream' ? '+' : '';
  return `${verb} ${before}${decodeURIComponent(name)}${after}`;
}

function runItem(run: RunState): vscode.TreeItem {
  const item = new vscode.TreeItem(run.title, vscode.TreeItemCollapsibleState.Expanded);
  item.id = 'run';
  item.description = summaryOf(run);
  item.iconPath = themeIcon(overallState(run));
  return item;
}

function nodeItem(run: NodeRun): vscode.TreeItem {
  const { node, state, result } = run;
  const item = new vscode.TreeItem(node.name);
  item.id = node.id;
  item.iconPath = themeIcon(state);
  item.description = descriptionOf(run);
  item.tooltip = tooltip(run);
  item.accessibilityInformation = { label: `${node.name}, ${node.kind}, ${state}, ${result?.message ?? ''}` };
  const place = result?.place ?? (node.uri === null ? null : { uri: node.uri, range: START });
  if (place !== null) item.command = { command: 'sluice.openPlace', title: 'Open', arguments: [place] };
  return item;
}

function descriptionOf({ state, result }: NodeRun): string {
  if (result === undefined || state === 'skipped' || state === 'cancelled') return state;
  return `${result.seconds.toFixed(2)} s  ${firstLine(result.message)}`;
}

const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function tooltip(run: NodeRun): vscode.MarkdownString {
  const text = new vscode.MarkdownString('', true);
  text
    .appendMarkdown(`$(${iconOf(run.node.kind)}) **`)
    .appendText(run.node.name)
    .appendMarkdown(`** ${run.state}`);
  if (run.result !== undefined) text.appendCodeblock(run.result.message, 'text');
  return text;
}

function overallState(run: RunState): NodeState {
  const { outcome } = run;
  if (outcome === undefined) return 'running';
  if (outcome.kind !== 'done') return outcome.kind === 'refused' ? 'error' : 'cancelled';
  return SEVERITY.find(state => run.nodes.some(it => it.state === state)) ?? 'success';
}

const SEVERITY: readonly NodeState[] = ['error', 'failed', 'warn', 'skipped', 'success'];

function themeIcon(state: NodeState): vscode.ThemeIcon {
  const [icon, color] = LOOKS[state];
  return new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
}

const LOOKS: Readonly<Record<NodeState, readonly [string, string | undefined]>> = {
  waiting: ['circle-outline', 'disabledForeground'],
  running: ['sync~spin', undefined],
  success: ['pass', 'testing.iconPassed'],
  warn: ['warning', 'list.warningForeground'],
  failed: ['error', 'testing.iconFailed'],
  error: ['error', 'testing.iconErrored'],
  skipped: ['debug-step-over', 'testing.iconSkipped'],
  cancelled: ['circle-slash', 'disabledForeground'],
};

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';
