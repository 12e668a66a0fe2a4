import * as vscode from 'vscode';
import { setContext } from './projects.ts';
import type { ServerLink } from './server-link.ts';

/** The runs and data previews that are under way, so that one command can cancel them. */
export class Jobs {
  readonly #link: ServerLink;
  readonly #running = new Set<string>();
  #nStarted = 0;

  constructor(link: ServerLink) {
    this.#link = link;
  }

  /** Does `work` under an id of its own and counts it as running until it is done. */
  async track<T>(work: (job: string) => Promise<T>): Promise<T> {
    // The session's id keeps jobs of this window apart from those that an earlier server still knows.
    const job = `${vscode.env.sessionId}:${++this.#nStarted}`;
    this.#running.add(job);
    setContext('sluice.running', true);
    try {
      return await work(job);
    } finally {
      this.#running.delete(job);
      setContext('sluice.running', this.#running.size > 0);
    }
  }

  cancel(job: string): void {
    if (this.#running.has(job)) this.#link.notify('sluice/cancel', { job });
  }

  cancelAll(): void {
    for (const job of this.#running) this.cancel(job);
  }
}
