import { err, ok, type Result } from '../base/result.ts';
import { startChild, type Child } from '../host/child.ts';
import { redactedLog, type Log } from '../host/log.ts';
import type {
  AnswerOf,
  FromWarehouse,
  ParamsOf,
  ToWarehouse,
  WarehouseMethod,
  WarehouseMethods,
  WarehouseRequest,
  WarehouseTarget,
} from './protocol.ts';
import { secretsIn } from './secrets.ts';
import type { RowStream, Session, Warehouse, WarehouseFailure } from './warehouse.ts';

/** What a warehouse in a process of its own needs. */
export interface WarehouseProcessOptions extends WarehouseTarget {
  /** The bundle of `warehouse/process.ts`. */
  readonly processFile: string;
  readonly log: Log;
}

/**
 * A warehouse whose driver lives in a process of its own, started at the first session. When that process dies,
 * everything it was asked ends with a `crashed` failure, and the next session starts another one.
 */
export function warehouseInProcess(options: WarehouseProcessOptions): Warehouse {
  let link: ProcessLink | undefined;
  const connected = async (): Promise<Result<ProcessLink, WarehouseFailure>> => {
    if (link !== undefined && !link.hasEnded) return link.ready;
    link = new ProcessLink(options);
    return link.ready;
  };
  return {
    async session() {
      const process = await connected();
      if (!process.ok) return process;
      const opened = await process.value.request('openSession', undefined);
      return opened.ok ? ok(remoteSession(process.value, opened.value)) : opened;
    },
    async close() {
      await link?.close();
      link = undefined;
    },
  };
}

function remoteSession(link: ProcessLink, session: number): Session {
  return {
    execute: (sql, { fetch, signal }) => link.request('execute', { session, sql, fetch }, signal),
    async executeAll(statements, { signal }) {
      const answer = await link.request('executeAll', { session, statements }, signal);
      return answer.ok ? answer.value : [answer];
    },
    insertRows: (target, rows) => link.request('insertRows', { session, target, rows }),
    async query(sql, { pageSize, signal }) {
      const opened = await link.request('query', { session, sql, pageSize }, signal);
      return opened.ok ? ok(remoteStream(link, opened.value, signal)) : opened;
    },
    estimate: (sql, { signal }) => link.request('estimate', { session, sql }, signal),
    close: async () => void (await link.request('closeSession', { session })),
  };
}

function remoteStream(
  link: ProcessLink,
  { stream, columns, first }: WarehouseMethods['query']['result'],
  signal: AbortSignal | undefined,
): RowStream {
  let ahead: { readonly page: typeof first } | undefined = { page: first };
  return {
    columns,
    async next() {
      if (ahead === undefined) return link.request('nextPage', { stream }, signal);
      const { page } = ahead;
      // After an empty first page there is nothing to ask for.
      if (page !== undefined) ahead = undefined;
      return signal?.aborted === true ? err(cancelled) : ok(page);
    },
    close: async () => void (await link.request('closeStream', { stream })),
  };
}

/** How long a cancelled statement may take to end before the process is ended instead. */
const CANCEL_PATIENCE_MS = 5000;
/** How long the process may take to give its files and sockets back. */
const CLOSE_PATIENCE_MS = 5000;

/** One running process, and the requests that wait for it. */
class ProcessLink {
  readonly ready: Promise<Result<ProcessLink, WarehouseFailure>>;
  readonly #child: Child;
  readonly #waiting = new Map<number, (answer: AnswerOf<WarehouseMethod>) => void>();
  #lastId = 0;
  #ending: WarehouseFailure | undefined;

  constructor(options: WarehouseProcessOptions) {
    const log = redactedLog(options.log, secretsIn(options.credentials));
    this.#child = startChild(options.processFile, processEnvironment, {
      // The other end of the channel is our own process, so the message is what the protocol says.
      message: message => this.#received(message as FromWarehouse),
      line: line => log.info(`warehouse: ${line}`),
      ended: reason => this.#ended(reason, log),
    });
    const { credentials, projectRoot } = options;
    this.ready = this.request('configure', { credentials, projectRoot }).then(answer =>
      answer.ok ? ok(this) : answer,
    );
  }

  get hasEnded(): boolean {
    return this.#ending !== undefined;
  }

  /** Sends a request and waits for its answer; `signal` asks the process to stop working on it. */
  async request<M extends WarehouseMethod>(method: M, params: ParamsOf<M>, signal?: AbortSignal): Promise<AnswerOf<M>> {
    if (signal?.aborted === true) return err(cancelled);
    if (this.#ending !== undefined) return err(this.#ending);
    const id = ++this.#lastId;
    const answer = new Promise<AnswerOf<M>>(resolve => {
      // The process answers a request with the type that belongs to its method.
      this.#waiting.set(id, resolve as (answer: AnswerOf<WarehouseMethod>) => void);
    });
    this.#send({ kind: 'request', id, method, params } as WarehouseRequest);
    return signal === undefined ? answer : this.#cancellable(id, answer, signal);
  }

  async close(): Promise<void> {
    if (this.#ending !== undefined) return;
    const patience = setTimeout(() => this.#child.kill(), CLOSE_PATIENCE_MS);
    await this.request('close', undefined);
    clearTimeout(patience);
    this.#ending ??= { kind: 'cancelled', message: 'The warehouse has been closed.' };
    this.#child.kill();
  }

  async #cancellable<T>(id: number, answer: Promise<T>, signal: AbortSignal): Promise<T> {
    let patience: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      this.#send({ kind: 'cancel', id });
      patience = setTimeout(() => this.#child.kill(), CANCEL_PATIENCE_MS);
    };
    signal.addEventListener('abort', cancel, { once: true });
    return answer.finally(() => {
      clearTimeout(patience);
      signal.removeEventListener('abort', cancel);
    });
  }

  #send(message: ToWarehouse): void {
    this.#child.send(message);
  }

  #received({ id, answer }: FromWarehouse): void {
    const resolve = this.#waiting.get(id);
    this.#waiting.delete(id);
    resolve?.(answer);
  }

  #ended(reason: string, log: Log): void {
    if (this.#ending === undefined) log.error(`the warehouse process ended: ${reason}`);
    this.#ending ??= crashed(reason);
    for (const resolve of this.#waiting.values()) resolve(err(this.#ending));
    this.#waiting.clear();
  }
}

const processEnvironment = {
  // Drivers that work in Node's thread pool hold a thread for each running statement; four would limit a run's threads.
  UV_THREADPOOL_SIZE: '64',
  // What later versions of the SDK will need is nothing that the user of this one can act upon.
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

const cancelled: WarehouseFailure = { kind: 'cancelled', message: 'Cancelled.' };

function crashed(reason: string): WarehouseFailure {
  return {
    kind: 'crashed',
    message: `The warehouse process ended unexpectedly (${reason}). The next statement starts a new one.`,
  };
}
