import * as vscode from 'vscode';
import type { ProjectStatus, Uri } from '../../server/src/protocol.ts';
import { owningProject } from './owning-project.ts';
import { sourceUri } from './preview/compiled-uri.ts';
import { isUnsavedQuery } from './template-document.ts';
import type { ServerLink } from './server-link.ts';

/**
 * The projects of the workspace as the server last told, and which of them owns the file in front of the user. A query
 * that was never saved belongs to the project that was in front when it was opened.
 */
export class Projects implements vscode.Disposable {
  readonly #link: ServerLink;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly #adopted = new Map<string, Uri>();
  #all: readonly ProjectStatus[] = [];

  /** Fires when the list or the state of one project changed, and when another editor came to the front. */
  readonly onChange = this.#changed.event;

  constructor(link: ServerLink) {
    this.#link = link;
    this.#subscriptions = [
      link.on('sluice/projectsChanged', change => this.#set(change.projects)),
      link.onStateChange(state => {
        if (state !== 'running') return;
        for (const [uri, project] of this.#adopted) link.notify('sluice/adopt', { uri, project });
        void this.refresh();
      }),
      vscode.workspace.onDidOpenTextDocument(document => this.#adopt(document)),
      vscode.workspace.onDidCloseTextDocument(document => this.#adopted.delete(document.uri.toString())),
      vscode.window.onDidChangeActiveTextEditor(() => this.#publish()),
    ];
  }

  get all(): readonly ProjectStatus[] {
    return this.#all;
  }

  /** The project that owns a file, or `undefined`. Compiled SQL belongs where its template does. */
  owner(uri: vscode.Uri): ProjectStatus | undefined {
    const source = (sourceUri(uri) ?? uri).toString();
    const adopter = this.#adopted.get(source);
    return this.#all.find(it => it.root === adopter) ?? owningProject(this.#all, source);
  }

  /** The project of the active editor, else the first one. */
  get current(): ProjectStatus | undefined {
    const active = vscode.window.activeTextEditor?.document.uri;
    const owner = active && this.owner(active);
    return owner ?? this.#all[0];
  }

  /** Asks the server anew. */
  async refresh(): Promise<void> {
    const projects = await this.#link.request('sluice/projects', {});
    if (projects !== undefined) this.#set(projects);
  }

  dispose(): void {
    for (const it of this.#subscriptions) it.dispose();
    this.#changed.dispose();
  }

  #set(projects: readonly ProjectStatus[]): void {
    this.#all = projects;
    // What a window brings back from its last time is open before any project is known.
    for (const document of vscode.workspace.textDocuments) this.#adopt(document);
    this.#publish();
  }

  #adopt(document: vscode.TextDocument): void {
    const uri = document.uri.toString();
    const project = this.current?.root;
    if (project === undefined || this.#adopted.has(uri) || !isUnsavedQuery(document)) return;
    this.#adopted.set(uri, project);
    this.#link.notify('sluice/adopt', { uri, project });
    this.#publish();
  }

  #publish(): void {
    const active = vscode.window.activeTextEditor?.document.uri;
    setContext('sluice.hasProject', this.#all.length > 0);
    setContext('sluice.hasVars', typeof this.current?.vars === 'string');
    setContext('sluice.inProject', active !== undefined && this.owner(active) !== undefined);
    this.#changed.fire();
  }
}

/** Sets a key for the `when` clauses of the manifest. */
export function setContext(key: `sluice.${string}`, value: boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}

/** What the user chose in this workspace, a text for each project by the URI of its root. */
export class ChosenTexts {
  readonly #memory: vscode.Memento;
  readonly #key: 'sluice.selectedTargets' | 'sluice.vars';

  constructor(memory: vscode.Memento, key: 'sluice.selectedTargets' | 'sluice.vars') {
    this.#memory = memory;
    this.#key = key;
  }

  get all(): Readonly<Record<Uri, string>> {
    return this.#memory.get<Record<Uri, string>>(this.#key, {});
  }

  /** Remembers a choice; `null` forgets it. */
  async choose(project: Uri, text: string | null): Promise<void> {
    const { [project]: _, ...others } = this.all;
    await this.#memory.update(this.#key, text === null ? others : { ...others, [project]: text });
  }
}
