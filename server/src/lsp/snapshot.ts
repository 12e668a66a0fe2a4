import type { CancellationToken } from 'vscode-languageserver';
import type { LocatedFile, Workspace } from './workspace.ts';

/** Thrown when an answer is no longer wanted: the client took its request back, or the text has moved on. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  readonly reason: 'by-client' | 'by-edit';

  constructor(reason: 'by-client' | 'by-edit') {
    super(reason);
    this.reason = reason;
  }
}

/** The workspace at one revision. Reading it after an edit ends in `Cancelled`, so no answer mixes two texts. */
export class Snapshot {
  readonly #workspace: Workspace;
  readonly #token: CancellationToken;
  readonly #revision: number;
  #sliceStart: number;

  constructor(workspace: Workspace, token: CancellationToken) {
    this.#workspace = workspace;
    this.#token = token;
    this.#revision = workspace.revision;
    this.#sliceStart = performance.now();
  }

  /** The project file behind a URI; `undefined` when no project has it. */
  file(uri: string): LocatedFile | undefined {
    this.check();
    return this.#workspace.locate(uri);
  }

  get workspace(): Workspace {
    this.check();
    return this.#workspace;
  }

  /** To be awaited between queries in loops: lets messages in after a slice of work, and ends what they made stale. */
  async pause(): Promise<void> {
    if (performance.now() - this.#sliceStart > SLICE_MS) {
      await nextTurn();
      this.#sliceStart = performance.now();
    }
    this.check();
  }

  check(): void {
    if (this.#token.isCancellationRequested) throw new Cancelled('by-client');
    if (this.#workspace.revision !== this.#revision) throw new Cancelled('by-edit');
  }
}

/** Milliseconds of work after which messages are let in. */
const SLICE_MS = 8;

/** Repeats small pieces of work until one of them says that all is done, letting messages in after each slice. */
export async function inSlices(workSome: () => boolean): Promise<void> {
  let sliceStart = performance.now();
  while (!workSome()) {
    if (performance.now() - sliceStart < SLICE_MS) continue;
    await nextTurn();
    sliceStart = performance.now();
  }
}

/** Resolves after the messages that have arrived by now were handled. */
export function nextTurn(): Promise<void> {
  return new Promise(resolve => void setImmediate(resolve));
}
