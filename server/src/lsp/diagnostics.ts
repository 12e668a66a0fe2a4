import type { Diagnostic } from 'vscode-languageserver';
import { CancellationToken } from 'vscode-languageserver';
import { problemList } from '../features/problem-list.ts';
import type { FileId } from '../render/rendered.ts';
import type { StatementReader } from '../syntax/sql/independent-parser.ts';
import type { Dispatch } from './dispatch.ts';
import type { Project } from './project.ts';
import { columnsAhead, readAhead } from './read-ahead.ts';
import { Snapshot } from './snapshot.ts';
import * as toLsp from './to-lsp.ts';
import type { LocatedFile, Workspace } from './workspace.ts';

/** How the pump tells the client. An empty list takes back what was told before. */
export type Publish = (uri: string, version: number | undefined, diagnostics: readonly Diagnostic[]) => void;

/**
 * Keeps the client's problem list in step with the projects: after a pause in typing first the files in view, then the
 * open ones, then all others, beginning anew whenever something changes on the way.
 */
export class DiagnosticsPump {
  readonly #workspace: Workspace;
  readonly #publish: Publish;
  readonly #reader: StatementReader;
  readonly #pump: () => Promise<void>;
  /** What the client shows now, by URI, so that only differences are sent. */
  readonly #shown = new Map<string, string>();
  #visible: readonly string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #isBusy = false;
  #isDue = false;

  constructor(workspace: Workspace, dispatch: Dispatch, reader: StatementReader, publish: Publish) {
    this.#workspace = workspace;
    this.#reader = reader;
    this.#publish = publish;
    this.#pump = () => dispatch.guard('diagnostics', () => this.#pumpAll())(undefined);
    workspace.onChange(() => this.schedule());
  }

  /** These files come first from now on. */
  setVisible(uris: readonly string[]): void {
    this.#visible = uris;
    this.schedule();
  }

  /** Computes all problems anew after a pause; a change during the pause prolongs it. */
  schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#run(), PAUSE_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #run(): Promise<void> {
    this.#isDue = true;
    if (this.#isBusy) return;
    this.#isBusy = true;
    while (this.#isDue) {
      this.#isDue = false;
      await this.#pump();
    }
    this.#isBusy = false;
  }

  async #pumpAll(): Promise<void> {
    await this.#workspace.ready;
    const snapshot = new Snapshot(this.#workspace, CancellationToken.None);
    const uris = this.#urgent();
    const done = new Set<string>();
    for (const uri of uris) {
      await this.#pumpFile(snapshot, uri, done);
    }
    for (const project of this.#workspace.projects) {
      await readAhead(snapshot, project);
      for (const file of project.db.files()) {
        await snapshot.pause();
        const role = project.db.fileRole(file);
        if (role !== undefined && role !== 'scratch') await this.#pumpFile(snapshot, project.uriOf(file), done);
      }
    }
    // What was told of files that are gone, or belong to no project any more, is taken back.
    for (const uri of this.#shown.keys()) if (!done.has(uri)) this.#show(uri, []);
  }

  async #pumpFile(snapshot: Snapshot, uri: string, done: Set<string>): Promise<void> {
    if (done.has(uri)) return;
    await snapshot.pause();
    done.add(uri);
    const at = this.#checked(snapshot.file(uri));
    if (at !== undefined) await renderNodes(snapshot, at);
    if (at !== undefined && at.file.endsWith('.sql')) await columnsAhead(snapshot, at);
    this.#show(uri, at === undefined ? [] : problemsOf(at.project, at.file, this.#reader));
  }

  /**
   * SQL beside the project is checked only where somebody writes a query for the project: a script that happens to lie
   * there may be for anything else.
   */
  #checked(at: LocatedFile | undefined): LocatedFile | undefined {
    if (at?.project.db.fileRole(at.file) !== 'scratch') return at;
    return this.#workspace.documents.language(at.uri) === 'jinja-sql' ? at : undefined;
  }

  #urgent(): readonly string[] {
    return [...this.#visible, ...this.#workspace.documents.uris()];
  }

  #show(uri: string, diagnostics: readonly Diagnostic[]): void {
    const version = this.#workspace.documents.version(uri);
    const fingerprint = JSON.stringify(diagnostics);
    if ((this.#shown.get(uri) ?? NOTHING) === fingerprint) return;
    if (diagnostics.length === 0) this.#shown.delete(uri);
    else this.#shown.set(uri, fingerprint);
    this.#publish(uri, version, diagnostics);
  }
}

/**
 * A properties file may declare hundreds of tests, and its problems are those of all of them. Each is rendered in a
 * slice of its own first, so that nobody waits for the whole file.
 */
async function renderNodes(snapshot: Snapshot, { project, file }: LocatedFile): Promise<void> {
  for (const uniqueId of project.db.nodesOfFile(file)) {
    await snapshot.pause();
    project.db.rendered(uniqueId, { mode: 'compile' });
  }
}

const PAUSE_MS = 150;
const NOTHING = '[]';

function problemsOf(project: Project, file: FileId, reader: StatementReader): readonly Diagnostic[] {
  // Packages are other people's code: their mistakes are not for this user to mend.
  if (file.startsWith('dbt_packages/')) return [];
  const lines = project.lines(file);
  if (lines === undefined) return [];
  return problemList(project.db, file, reader).map(it => toLsp.diagnostic(project, lines, it));
}
