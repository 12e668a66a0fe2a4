import { bug } from '../base/bug.ts';
import { err, ok, type Err } from '../base/result.ts';
import { redact } from '../host/log.ts';
import { openWarehouse } from './adapters.ts';
import type {
  AnswerOf,
  ParamsOf,
  ToWarehouse,
  WarehouseMethod,
  WarehouseRequest,
  WarehouseTarget,
} from './protocol.ts';
import { secretsIn } from './secrets.ts';
import type { RowStream, Session, Warehouse, WarehouseFailure } from './warehouse.ts';

/** The inside of the warehouse process: requests in, answers out, with no knowledge of how they travel. */
export interface WarehouseService {
  /** Takes one message; every request is answered exactly once through `reply`. */
  receive(message: ToWarehouse): void;
  /** Stops all work and closes the warehouse. */
  close(): Promise<void>;
}

/** A service that answers through `reply`. No secret of the credentials appears in a failure. */
export function warehouseService(reply: (id: number, answer: AnswerOf<WarehouseMethod>) => void): WarehouseService {
  const running = new Map<number, AbortController>();
  const state = new ServiceState();
  const run = async (request: WarehouseRequest, signal: AbortSignal): Promise<void> => {
    const answer = await state.answer(request, signal).catch(unexpected);
    running.delete(request.id);
    reply(request.id, answer.ok ? answer : err(state.redacted(answer.failure)));
  };
  return {
    receive(message) {
      if (message.kind === 'cancel') {
        running.get(message.id)?.abort();
        return;
      }
      const controller = new AbortController();
      running.set(message.id, controller);
      void run(message, controller.signal);
    },
    async close() {
      for (const controller of running.values()) controller.abort();
      await state.close();
    },
  };
}

/** A driver that throws what its adapter did not expect: reported like any other refusal, never a lost answer. */
function unexpected(error: unknown): Err<WarehouseFailure> {
  return err({ kind: 'statement', message: error instanceof Error ? error.message : String(error) });
}

/** A stream and what stops its query, for as long as it is open. */
interface OpenStream {
  readonly rows: RowStream;
  readonly query: AbortController;
}

/** Does the work, aborting `query` when `signal` is aborted meanwhile. */
async function aborting<T>(query: AbortController, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const abort = (): void => query.abort();
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  return work().finally(() => signal.removeEventListener('abort', abort));
}

class ServiceState {
  #warehouse: Warehouse | undefined;
  #secrets: readonly string[] = [];
  readonly #sessions = new Map<number, Session>();
  readonly #streams = new Map<number, OpenStream>();
  #lastId = 0;

  redacted(failure: WarehouseFailure): WarehouseFailure {
    const secrets = [...this.#secrets, ...(this.#warehouse?.secrets?.() ?? [])];
    return { ...failure, message: redact(failure.message, secrets) };
  }

  async answer(request: WarehouseRequest, signal: AbortSignal): Promise<AnswerOf<WarehouseMethod>> {
    switch (request.method) {
      case 'configure':
        return this.#configure(request.params);
      case 'openSession':
        return this.#openSession();
      case 'execute':
        return this.#session(request.params.session).execute(request.params.sql, { ...request.params, signal });
      case 'executeAll':
        return this.#executeAll(request.params, signal);
      case 'insertRows':
        return this.#session(request.params.session).insertRows(request.params.target, request.params.rows);
      case 'query':
        return this.#query(request.params, signal);
      case 'estimate':
        return this.#session(request.params.session).estimate(request.params.sql, { signal });
      case 'nextPage':
        return this.#nextPage(request.params.stream, signal);
      case 'closeStream':
        return this.#closeStream(request.params.stream);
      case 'closeSession':
        return this.#closeSession(request.params.session);
      case 'close':
        return ok(await this.close());
    }
  }

  async close(): Promise<undefined> {
    this.#streams.clear();
    this.#sessions.clear();
    await this.#warehouse?.close();
    return undefined;
  }

  async #configure(target: WarehouseTarget): Promise<AnswerOf<'configure'>> {
    this.#secrets = secretsIn(target.credentials);
    const opened = await openWarehouse(target);
    if (!opened.ok) return opened;
    this.#warehouse = opened.value;
    return ok(undefined);
  }

  async #openSession(): Promise<AnswerOf<'openSession'>> {
    const opened = await (this.#warehouse ?? bug('a session before the warehouse')).session();
    return opened.ok ? ok(this.#keep(this.#sessions, opened.value)) : opened;
  }

  async #executeAll(
    { session, statements }: ParamsOf<'executeAll'>,
    signal: AbortSignal,
  ): Promise<AnswerOf<'executeAll'>> {
    const answers = await this.#session(session).executeAll(statements, { signal });
    return ok(answers.map(answer => (answer.ok ? answer : err(this.redacted(answer.failure)))));
  }

  async #query(params: ParamsOf<'query'>, signal: AbortSignal): Promise<AnswerOf<'query'>> {
    const { sql, pageSize } = params;
    // The signal of this request ends with its answer, the query only with its stream.
    const query = new AbortController();
    const opened = await aborting(query, signal, () =>
      this.#session(params.session).query(sql, { pageSize, signal: query.signal }),
    );
    if (!opened.ok) return opened;
    const first = await aborting(query, signal, () => opened.value.next());
    if (!first.ok) {
      await opened.value.close();
      return first;
    }
    const stream = this.#keep(this.#streams, { rows: opened.value, query });
    return ok({ stream, columns: opened.value.columns, first: first.value });
  }

  async #nextPage(id: number, signal: AbortSignal): Promise<AnswerOf<'nextPage'>> {
    const stream = this.#streams.get(id);
    if (stream === undefined) return err({ kind: 'cancelled', message: 'The result has been closed.' });
    return aborting(stream.query, signal, () => stream.rows.next());
  }

  async #closeStream(id: number): Promise<AnswerOf<'closeStream'>> {
    const stream = this.#streams.get(id);
    this.#streams.delete(id);
    await stream?.rows.close();
    return ok(undefined);
  }

  async #closeSession(id: number): Promise<AnswerOf<'closeSession'>> {
    const session = this.#sessions.get(id);
    this.#sessions.delete(id);
    await session?.close();
    return ok(undefined);
  }

  #session(id: number): Session {
    return this.#sessions.get(id) ?? bug('a statement on a session that is not open', { id });
  }

  #keep<T>(where: Map<number, T>, item: T): number {
    const id = ++this.#lastId;
    where.set(id, item);
    return id;
  }
}
