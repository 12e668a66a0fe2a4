import { DidChangeWatchedFilesNotification, WatchKind } from 'vscode-languageserver';
import type { Connection, Disposable, InitializeParams } from 'vscode-languageserver';
import { uriOf } from './uris.ts';
import type { Workspace } from './workspace.ts';

const ANY = WatchKind.Create | WatchKind.Change | WatchKind.Delete;

/** Has the client watch what projects are made of, and the folders outside of the workspace where profiles may lie. */
export class WatchedFiles {
  readonly #connection: Connection;
  readonly #workspace: Workspace;
  #canWatchOutside = false;
  #profiles: Promise<Disposable> | undefined;
  #folders: readonly string[] = [];

  constructor(connection: Connection, workspace: Workspace) {
    this.#connection = connection;
    this.#workspace = workspace;
  }

  /** Watches as much as the client can. */
  async start(client: InitializeParams['capabilities']): Promise<void> {
    const can = client.workspace?.didChangeWatchedFiles;
    if (can?.dynamicRegistration !== true) return;
    await this.#connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: [
        { globPattern: '**/*.{sql,yml,yaml,md,csv,py}', kind: ANY },
        { globPattern: '**/.env', kind: ANY },
        { globPattern: '**/{catalog,sluice_catalog}.json', kind: ANY },
        // Folders come and go as one event of their own.
        { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete },
      ],
    });
    this.#canWatchOutside = can.relativePatternSupport === true;
    await this.followProfiles();
  }

  /** Watches the folders of profiles where they are now: settings and the environment say where that is. */
  async followProfiles(): Promise<void> {
    await this.#workspace.ready;
    const folders = this.#workspace.outerProfileFolders();
    if (!this.#canWatchOutside || folders.join('\n') === this.#folders.join('\n')) return;
    const before = this.#profiles;
    this.#folders = folders;
    this.#profiles = this.#connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: folders.map(it => ({ globPattern: { baseUri: uriOf(it), pattern: 'profiles.yml' }, kind: ANY })),
    });
    (await before)?.dispose();
  }
}
