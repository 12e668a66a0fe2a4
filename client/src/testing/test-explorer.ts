import * as vscode from 'vscode';
import type { RunEvent, RunNodeResult, RunOutcome, Uri } from '../../../server/src/protocol.ts';
import type { Jobs } from '../jobs.ts';
import { toRange } from '../place.ts';
import type { Projects } from '../projects.ts';
import type { ServerLink } from '../server-link.ts';
import { groupedTests } from './test-tree.ts';

/** A leaf of the explorer: one test of one project. */
interface Leaf {
  readonly project: Uri;
  readonly id: string;
}

/** The data tests and unit tests of all projects in the editor's own test explorer. */
export class TestExplorer implements vscode.Disposable {
  readonly #link: ServerLink;
  readonly #projects: Projects;
  readonly #jobs: Jobs;
  readonly #controller = vscode.tests.createTestController('sluice', 'Sluice');
  readonly #leaves = new WeakMap<vscode.TestItem, Leaf>();
  readonly #subscriptions: readonly vscode.Disposable[];
  #isShown = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(link: ServerLink, projects: Projects, jobs: Jobs) {
    this.#link = link;
    this.#projects = projects;
    this.#jobs = jobs;
    this.#controller.resolveHandler = item => (item === undefined ? this.#show() : undefined);
    this.#controller.refreshHandler = () => this.#load();
    this.#subscriptions = [
      this.#controller,
      this.#controller.createRunProfile(
        'Run Tests',
        vscode.TestRunProfileKind.Run,
        (request, token) => this.#run(request, token),
        true,
      ),
      link.on('sluice/changed', () => this.#loadSoon()),
      projects.onChange(() => this.#loadSoon()),
    ];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const it of this.#subscriptions) it.dispose();
  }

  /** Tests are listed only once somebody looks: in a large project the list is long. */
  async #show(): Promise<void> {
    this.#isShown = true;
    await this.#load();
  }

  #loadSoon(): void {
    if (!this.#isShown) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#load(), 1000);
  }

  async #load(): Promise<void> {
    const projects = this.#projects.all;
    const roots = await Promise.all(projects.map(it => this.#groups(it.root)));
    // A list that an edit overtook is asked for again after that edit; until then the old one stays.
    if (roots.includes(undefined)) return;
    if (projects.length === 1) {
      this.#controller.items.replace(roots[0] ?? []);
      return;
    }
    this.#controller.items.replace(
      projects.map((project, index) => {
        const item = this.#controller.createTestItem(project.root, project.name);
        item.children.replace(roots[index] ?? []);
        return item;
      }),
    );
  }

  async #groups(project: Uri): Promise<vscode.TestItem[] | undefined> {
    const tests = await this.#link.request('sluice/tests', { project });
    if (tests === undefined) return undefined;
    return groupedTests(tests ?? []).map(group => {
      const item = this.#controller.createTestItem(`${project} ${group.id}`, group.name);
      item.children.replace(group.tests.map(test => this.#leaf(project, test)));
      return item;
    });
  }

  #leaf(project: Uri, test: ReturnType<typeof groupedTests>[number]['tests'][number]): vscode.TestItem {
    const uri = test.place === null ? undefined : vscode.Uri.parse(test.place.uri, true);
    const item = this.#controller.createTestItem(`${project} ${test.id}`, test.label, uri);
    if (test.place !== null) item.range = toRange(test.place.range);
    if (test.kind !== 'generic') item.description = test.kind === 'unit' ? 'unit test' : 'SQL';
    this.#leaves.set(item, { project, id: test.id });
    return item;
  }

  async #run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const run = this.#controller.createTestRun(request);
    const leaves = this.#wanted(request);
    for (const item of leaves.keys()) run.enqueued(item);
    for (const project of new Set([...leaves.values()].map(it => it.project))) {
      const items = new Map([...leaves].filter(([, it]) => it.project === project).map(([item, it]) => [it.id, item]));
      await this.#runProject(run, project, items, token);
    }
    run.end();
  }

  async #runProject(
    run: vscode.TestRun,
    project: Uri,
    items: ReadonlyMap<string, vscode.TestItem>,
    token: vscode.CancellationToken,
  ): Promise<void> {
    await this.#jobs.track(async job => {
      const cancelling = token.onCancellationRequested(() => this.#jobs.cancel(job));
      const listening = this.#link.on('sluice/runEvent', message => {
        if (message.job === job) showEvent(run, items, message.event);
      });
      const params = { job, uri: project, action: 'test', select: 'nodes', fullRefresh: false } as const;
      const outcome = await this.#link.request('sluice/run', { ...params, nodes: [...items.keys()] });
      listening.dispose();
      cancelling.dispose();
      showOutcome(run, items, outcome);
    });
  }

  /** The tests that a request means: those it includes, or all, with everything below them and without what it excludes. */
  #wanted(request: vscode.TestRunRequest): ReadonlyMap<vscode.TestItem, Leaf> {
    const excluded = new Set(request.exclude ?? []);
    const wanted = new Map<vscode.TestItem, Leaf>();
    const visit = (item: vscode.TestItem): void => {
      if (excluded.has(item)) return;
      const leaf = this.#leaves.get(item);
      if (leaf !== undefined) wanted.set(item, leaf);
      item.children.forEach(visit);
    };
    if (request.include === undefined) this.#controller.items.forEach(visit);
    else request.include.forEach(visit);
    return wanted;
  }
}

function showEvent(run: vscode.TestRun, items: ReadonlyMap<string, vscode.TestItem>, event: RunEvent): void {
  if (event.kind === 'log') run.appendOutput(`${event.message.replaceAll(/\r?\n/g, '\r\n')}\r\n`);
  if (event.kind === 'started') {
    const item = items.get(event.node);
    if (item !== undefined) run.started(item);
  }
  if (event.kind === 'finished') showResult(run, items.get(event.node), event);
}

function showResult(run: vscode.TestRun, item: vscode.TestItem | undefined, result: RunNodeResult): void {
  if (item === undefined) return;
  const duration = result.seconds * 1000;
  switch (result.status) {
    case 'success':
    case 'warn':
      return run.passed(item, duration);
    case 'failed':
      return run.failed(item, messageOf(result, item), duration);
    case 'error':
      return run.errored(item, messageOf(result, item), duration);
    case 'skipped':
    case 'cancelled':
      return run.skipped(item);
  }
}

function messageOf(result: RunNodeResult, item: vscode.TestItem): vscode.TestMessage {
  const message = new vscode.TestMessage(result.message);
  const location = locationOf(result, item);
  if (location !== undefined) message.location = location;
  return message;
}

/** The mistake's own place, else that of the test. */
function locationOf({ place }: RunNodeResult, item: vscode.TestItem): vscode.Location | undefined {
  if (place !== null) return new vscode.Location(vscode.Uri.parse(place.uri, true), toRange(place.range));
  return item.uri === undefined || item.range === undefined ? undefined : new vscode.Location(item.uri, item.range);
}

/** A run that never started is an error of each of its tests: otherwise they would seem to wait for ever. */
function showOutcome(
  run: vscode.TestRun,
  items: ReadonlyMap<string, vscode.TestItem>,
  outcome: RunOutcome | undefined,
): void {
  if (outcome !== undefined && outcome.kind !== 'refused') return;
  const message = new vscode.TestMessage(outcome?.message ?? 'The server did not answer; see the log.');
  for (const item of items.values()) run.errored(item, message);
}
