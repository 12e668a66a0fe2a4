import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import type { ProjectInput } from '../model/project-input.ts';
import type { BlockingLine } from './blocking-access.ts';
import type { JobStatements, StatementRequests } from './job-statements.ts';
import type { JobMessage, OutcomeMessage } from './node-outcome.ts';

/** What a rendering thread starts with. */
export interface ThreadStart {
  readonly input: ProjectInput;
  readonly line: BlockingLine;
  /** Whether it builds a table for practice before it is ready. */
  readonly rehearses: boolean;
}

/** What a thread says: that it has read the project, what it asks of the warehouse, and how its job ended. */
export type ThreadMessage = { readonly kind: 'ready' } | StatementRequests | OutcomeMessage;

/** How a job ended for its thread, or why the thread ended before. */
export type Rendered = OutcomeMessage | { readonly kind: 'ended'; readonly why: string };

/** How long a cancelled job may go on rendering before its thread is ended. */
const CANCEL_PATIENCE_MS = 5000;

/** The job that a thread renders. */
interface Rendering {
  readonly statements: JobStatements;
  readonly ended: (rendered: Rendered) => void;
}

/**
 * A thread that renders jobs one after the other. It sleeps while it waits for an answer of the warehouse, and is free for
 * another job when the templates of one are done, whether the warehouse is or not.
 */
export class RenderThread {
  /** Ends when the thread has read the project, or has ended. */
  readonly ready: Promise<void>;
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #bell: Int32Array;
  #rendering: Rendering | undefined;
  #ending: string | undefined;
  #slept = 0;
  #sleepsSince: number | undefined;

  /** `workerFile` is the bundle of `run/worker.ts`. */
  constructor(workerFile: string, { input, rehearses }: Pick<ThreadStart, 'input' | 'rehearses'>) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#bell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const workerData: ThreadStart = { input, rehearses, line: { port: port2, bell: this.#bell } };
    this.#worker = new Worker(workerFile, { workerData, transferList: [port2] });
    this.ready = new Promise(resolve => {
      // The other end is our own worker, so the message is what it sends.
      port1.on('message', (message: ThreadMessage) => (message.kind === 'ready' ? resolve() : this.#received(message)));
      // The error comes before the exit.
      this.#worker.once('error', error => this.#end(`The rendering thread failed: ${error.message}`));
      this.#worker.once('exit', () => {
        this.#end('The rendering thread was ended.');
        port1.close();
        resolve();
      });
    });
  }

  get hasEnded(): boolean {
    return this.#ending !== undefined;
  }

  /** For how many milliseconds the thread has slept since it was asked last. */
  takeSlept(now: number): number {
    const slept = this.#slept + (this.#sleepsSince === undefined ? 0 : now - this.#sleepsSince);
    this.#slept = 0;
    if (this.#sleepsSince !== undefined) this.#sleepsSince = now;
    return slept;
  }

  /** Renders a job, whose statements are worked off meanwhile; the next one may be given when this has ended. */
  async render(job: JobMessage, statements: JobStatements, signal: AbortSignal): Promise<Rendered> {
    if (this.#ending !== undefined) return { kind: 'ended', why: this.#ending };
    let patience: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      patience = setTimeout(() => void this.#worker.terminate(), CANCEL_PATIENCE_MS);
    };
    signal.addEventListener('abort', cancel, { once: true });
    const rendered = new Promise<Rendered>(resolve => {
      this.#rendering = { statements, ended: resolve };
    });
    this.#worker.postMessage(job);
    return rendered.finally(() => {
      clearTimeout(patience);
      signal.removeEventListener('abort', cancel);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #received(message: StatementRequests | OutcomeMessage): void {
    const statements = this.#rendering?.statements;
    statements?.ask(message.requests);
    if (message.kind === 'outcome') this.#settle(message);
    else if (message.isWaiting && statements !== undefined) void this.#answer(statements);
  }

  async #answer(statements: JobStatements): Promise<void> {
    this.#sleepsSince = performance.now();
    const answer = await statements.settled();
    this.#slept += performance.now() - this.#sleepsSince;
    this.#sleepsSince = undefined;
    this.#port.postMessage(answer);
    Atomics.store(this.#bell, 0, 1);
    Atomics.notify(this.#bell, 0);
  }

  #end(why: string): void {
    this.#ending ??= why;
    this.#settle({ kind: 'ended', why: this.#ending });
  }

  #settle(rendered: Rendered): void {
    const rendering = this.#rendering;
    this.#rendering = undefined;
    rendering?.ended(rendered);
  }
}
