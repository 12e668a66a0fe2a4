import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { CancellationToken } from 'vscode-languageserver';
import type { Log } from '../host/log.ts';
import { Cancelled, nextTurn, Snapshot } from './snapshot.ts';
import type { Workspace } from './workspace.ts';

/** `now`: syntax alone, answered at once. `soon`: meaning, answered after the edits that have already arrived. */
export type Lane = 'now' | 'soon';

/**
 * Answers requests. This is the only place that catches unknown errors: a feature that crashes is logged and answers
 * with nothing, and every other feature goes on working.
 */
export class Dispatch {
  readonly #workspace: Workspace;
  readonly #log: Log;
  #nCrashes = 0;

  constructor(workspace: Workspace, log: Log) {
    this.#workspace = workspace;
    this.#log = log;
  }

  /** How many answers were lost to bugs since the start. */
  get crashes(): number {
    return this.#nCrashes;
  }

  /** A handler for a request. `empty` is the answer of a feature that crashed. */
  serve<P, R>(
    name: string,
    lane: Lane,
    empty: R,
    work: (snapshot: Snapshot, params: P) => R | Promise<R>,
  ): (params: P, token: CancellationToken) => Promise<R | ResponseError> {
    return async (params, token) => {
      try {
        await this.#workspace.ready;
        if (lane === 'soon') await nextTurn();
        return await work(new Snapshot(this.#workspace, token), params);
      } catch (error) {
        return error instanceof Cancelled ? cancelledAnswer(error) : this.#crashed(name, error, empty);
      }
    };
  }

  /** A handler for a notification, or any other work whose failure must not end the server. */
  guard<P>(name: string, work: (params: P) => void | Promise<void>): (params: P) => Promise<void> {
    return async params => {
      try {
        await work(params);
      } catch (error) {
        if (!(error instanceof Cancelled)) this.#crashed(name, error, undefined);
      }
    };
  }

  #crashed<R>(name: string, error: unknown, empty: R): R {
    this.#nCrashes += 1;
    this.#log.error(`${name} crashed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return empty;
  }
}

function cancelledAnswer(cancelled: Cancelled): ResponseError {
  return cancelled.reason === 'by-client'
    ? new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.')
    : new ResponseError(LSPErrorCodes.ContentModified, 'The text has changed since.');
}
