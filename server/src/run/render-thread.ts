import { MessageChannel, Worker } from 'node:worker_threads';
import { ok, type Result } from '../base/result.ts';
import type { RelationChange } from '../dbt/context/known-relations.ts';
import type { ProjectInput } from '../model/project-input.ts';
import type { Session, Warehouse, WarehouseFailure } from '../warehouse/warehouse.ts';
import { serveBlocked, type BlockingLine } from './blocking-access.ts';
import type { Job, JobMessage, NodeOutcome, OutcomeMessage } from './node-outcome.ts';

/** What a rendering thread starts with. */
export interface ThreadStart {
  readonly input: ProjectInput;
  readonly line: BlockingLine;
}

/** What a thread is made from. */
export interface ThreadOptions {
  /** The bundle of `run/worker.ts`. */
  readonly workerFile: string;
  readonly input: ProjectInput;
  readonly warehouse: Warehouse;
  /** What happened to the warehouse's relations, in order; the threads of a run share one list and add to it. */
  readonly changes?: RelationChange[];
}

/** Failures after which a session is of no more use. */
const LOST: ReadonlySet<WarehouseFailure['kind']> = new Set(['connection', 'crashed']);

/** How long a cancelled job may go on rendering before its thread is ended. */
const CANCEL_PATIENCE_MS = 5000;

/**
 * A thread that renders and runs nodes one after the other, and sleeps while the warehouse works on its statements. It
 * has one session of its own, opened by the first statement.
 */
export class RenderThread {
  readonly #workerFile: string;
  readonly #input: ProjectInput;
  readonly #warehouse: Warehouse;
  #worker: Worker | undefined;
  #session: Promise<Result<Session, WarehouseFailure>> | undefined;
  #signal = new AbortController().signal;
  #isBroken = false;
  readonly #changes: RelationChange[];
  /** How many of the changes the thread knows of. */
  #nKnown = 0;

  constructor({ workerFile, input, warehouse, changes = [] }: ThreadOptions) {
    this.#changes = changes;
    this.#workerFile = workerFile;
    this.#input = input;
    this.#warehouse = warehouse;
  }

  /** Does one job; the next one may be given when this has ended. */
  async do(job: Job, signal: AbortSignal): Promise<NodeOutcome> {
    this.#signal = signal;
    if (this.#isBroken) await this.#leaveSession();
    this.#worker ??= this.#start();
    return this.#answer(this.#worker, job, signal);
  }

  /** Starts the thread ahead of its first job. */
  warm(): void {
    this.#worker ??= this.#start();
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    const session = await this.#session;
    if (session?.ok === true) await session.value.close();
  }

  /**
   * The session, whose loss is remembered: the rest of the job fails with it, for its transaction is gone, and the next
   * job gets a session of its own.
   */
  #watched(session: Session): Pick<Session, 'execute' | 'insertRows'> {
    const watch = <T>(answer: Result<T, WarehouseFailure>): Result<T, WarehouseFailure> => {
      if (!answer.ok && LOST.has(answer.failure.kind)) this.#isBroken = true;
      return answer;
    };
    return {
      execute: async (sql, options) => watch(await session.execute(sql, options)),
      insertRows: async (target, rows) => watch(await session.insertRows(target, rows)),
    };
  }

  async #leaveSession(): Promise<void> {
    const session = await this.#session;
    this.#session = undefined;
    this.#isBroken = false;
    if (session?.ok === true) await session.value.close();
  }

  #start(): Worker {
    const { port1, port2 } = new MessageChannel();
    const bell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    serveBlocked({ port: port1, bell }, async () => {
      this.#session ??= this.#warehouse.session();
      const session = await this.#session;
      if (session.ok) return ok({ session: this.#watched(session.value), signal: this.#signal });
      // The next statement may try again: a locked file is free some time later.
      this.#session = undefined;
      return session;
    });
    const workerData: ThreadStart = { input: this.#input, line: { port: port2, bell } };
    const worker = new Worker(this.#workerFile, { workerData, transferList: [port2] });
    const gone = (): void => {
      if (this.#worker === worker) this.#worker = undefined;
    };
    // The next job starts another thread; the error comes before the exit.
    worker.once('error', gone).once('exit', gone);
    worker.once('exit', () => port1.close());
    return worker;
  }

  async #answer(worker: Worker, job: Job, signal: AbortSignal): Promise<NodeOutcome> {
    let patience: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      patience = setTimeout(() => void worker.terminate(), CANCEL_PATIENCE_MS);
    };
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const changes = this.#changes.slice(this.#nKnown);
      const { outcome, changes: own } = await nextMessage(worker, { job, changes });
      // What others did meanwhile comes with the next job, and then its own changes once more, which changes nothing.
      this.#nKnown += changes.length;
      this.#changes.push(...own);
      return outcome;
    } finally {
      clearTimeout(patience);
      signal.removeEventListener('abort', cancel);
    }
  }
}

/** The thread's answer to a job; the end of the thread is an answer too, after which anything may have changed. */
function nextMessage(worker: Worker, job: JobMessage): Promise<OutcomeMessage> {
  return new Promise(resolve => {
    const settle = (message: OutcomeMessage): void => {
      worker.off('message', settle).off('error', onError).off('exit', onExit);
      resolve(message);
    };
    const end = (why: string): void => settle({ outcome: threadFailure(why), changes: [{ kind: 'unknown' }] });
    const onError = (error: Error): void => end(`The rendering thread failed: ${error.message}`);
    const onExit = (): void => end('The rendering thread was ended.');
    worker.on('message', settle).on('error', onError).on('exit', onExit);
    worker.postMessage(job);
  });
}

function threadFailure(message: string): NodeOutcome {
  return {
    status: undefined,
    rows: undefined,
    test: undefined,
    compiledSql: undefined,
    runSql: undefined,
    failure: { message, place: undefined, dbtMessage: `Internal Error\n  ${message}` },
    log: [],
  };
}
