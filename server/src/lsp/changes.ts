import type { ServerNotifications } from '../protocol.ts';
import type { Dispatch } from './dispatch.ts';
import { uriOf } from './uris.ts';
import type { Workspace } from './workspace.ts';

/** Sends one of the server's own notifications. */
export type Notify = <M extends keyof ServerNotifications>(method: M, params: ServerNotifications[M]) => void;

/** Tells the client, not more often than a few times a second, which projects have changed and how they stand. */
export class ChangeNotifier {
  readonly #workspace: Workspace;
  readonly #notify: Notify;
  readonly #told = new Map<string, number>();
  #status = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(workspace: Workspace, dispatch: Dispatch, notify: Notify) {
    this.#workspace = workspace;
    this.#notify = notify;
    const tell = dispatch.guard('change notification', () => this.#tell());
    workspace.onChange(() => {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        void tell(undefined);
      }, PAUSE_MS);
    });
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #tell(): void {
    for (const { root, db } of this.#workspace.projects) {
      if (this.#told.get(root) === db.revision) continue;
      this.#told.set(root, db.revision);
      this.#notify('sluice/changed', { project: uriOf(root), revision: db.revision });
    }
    const projects = this.#workspace.status();
    const status = JSON.stringify(projects);
    if (status === this.#status) return;
    this.#status = status;
    this.#notify('sluice/projectsChanged', { projects });
  }
}

const PAUSE_MS = 200;
