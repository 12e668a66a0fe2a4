import { ok, type Result } from '../base/result.ts';
import type { RowStream, Session, Warehouse, WarehouseFailure } from './warehouse.ts';

/** What somebody who only reads may do with a session. Nothing of it outlives its query. */
export type ReadingSession = Pick<Session, 'query' | 'estimate' | 'close'>;

/** Sessions for reading, of which those that were closed wait some time for the next reader. */
export interface KeptSessions {
  session(): Promise<Result<ReadingSession, WarehouseFailure>>;
  /** Ends those that wait; what is still in use ends when it is closed. */
  close(): Promise<void>;
}

/**
 * Keeps sessions that are closed for `idleMs`, so that one login serves a series of queries. One that was cancelled or
 * lost is not kept, and one that was lost while it waited is replaced before anybody hears of it.
 */
export function keepSessions(warehouse: Warehouse, { idleMs }: { readonly idleMs: number }): KeptSessions {
  const shelf = new Shelf(idleMs);
  return {
    async session() {
      const waiting = shelf.take();
      if (waiting !== undefined) return ok(new Lease(waiting, { warehouse, shelf, hasWaited: true }));
      const opened = await warehouse.session();
      return opened.ok ? ok(new Lease(opened.value, { warehouse, shelf, hasWaited: false })) : opened;
    },
    close: () => shelf.clear(),
  };
}

/** How many may wait: while the last reader still lets go, the next one works with another. */
const MOST_WAITING = 2;

/** The sessions that wait, each with what ends its waiting. */
class Shelf {
  readonly #idleMs: number;
  readonly #waiting = new Map<Session, NodeJS.Timeout>();
  #isClosed = false;

  constructor(idleMs: number) {
    this.#idleMs = idleMs;
  }

  take(): Session | undefined {
    const [session] = this.#waiting.keys();
    if (session !== undefined) this.#forget(session);
    return session;
  }

  async put(session: Session): Promise<void> {
    if (this.#isClosed || this.#waiting.size >= MOST_WAITING) return session.close();
    const end = (): void => {
      this.#forget(session);
      void session.close();
    };
    this.#waiting.set(session, setTimeout(end, this.#idleMs).unref());
  }

  async clear(): Promise<void> {
    this.#isClosed = true;
    const all = [...this.#waiting.keys()];
    for (const session of all) this.#forget(session);
    await Promise.all(all.map(it => it.close()));
  }

  #forget(session: Session): void {
    clearTimeout(this.#waiting.get(session));
    this.#waiting.delete(session);
  }
}

/** Where a session comes from and goes to. */
interface Surroundings {
  readonly warehouse: Warehouse;
  readonly shelf: Shelf;
  /** Whether it waited for its reader, and may have been lost meanwhile. */
  readonly hasWaited: boolean;
}

class Lease implements ReadingSession {
  readonly #around: Surroundings;
  #session: Session;
  #mayBeLost: boolean;
  #isFit = true;

  constructor(session: Session, around: Surroundings) {
    this.#session = session;
    this.#around = around;
    this.#mayBeLost = around.hasWaited;
  }

  async query(...[sql, options]: Parameters<Session['query']>): Promise<Result<RowStream, WarehouseFailure>> {
    const opened = await this.#read(options.signal, session => session.query(sql, options));
    return opened.ok ? ok(this.#watchedStream(opened.value, options.signal)) : opened;
  }

  estimate(...[sql, options]: Parameters<Session['estimate']>): ReturnType<Session['estimate']> {
    return this.#read(options.signal, session => session.estimate(sql, options));
  }

  async close(): Promise<void> {
    await (this.#isFit ? this.#around.shelf.put(this.#session) : this.#session.close());
  }

  /** Reads once more from another session when this one turns out to be lost; reading twice does no harm. */
  async #read<T>(signal: AbortSignal | undefined, work: (session: Session) => Answer<T>): Answer<T> {
    const mayBeLost = this.#mayBeLost;
    this.#mayBeLost = false;
    const answer = await this.#watched(signal, () => work(this.#session));
    if (answer.ok || !mayBeLost || !isLoss(answer.failure)) return answer;
    const other = await this.#around.warehouse.session();
    if (!other.ok) return other;
    await this.#session.close();
    this.#session = other.value;
    this.#isFit = true;
    return this.#watched(signal, () => work(this.#session));
  }

  #watchedStream(stream: RowStream, signal: AbortSignal | undefined): RowStream {
    return {
      columns: stream.columns,
      next: () => this.#watched(signal, () => stream.next()),
      close: () => stream.close(),
    };
  }

  async #watched<T>(signal: AbortSignal | undefined, work: () => Answer<T>): Answer<T> {
    const wasAborted = isAborted(signal);
    const answer = await work();
    // A cancel that was sent while the answer was on its way may hit whatever the session does next.
    const wasCancelled = isAborted(signal) && !wasAborted;
    if (wasCancelled || (!answer.ok && answer.failure.kind !== 'statement')) this.#isFit = false;
    return answer;
  }
}

const isLoss = ({ kind }: WarehouseFailure): boolean => kind === 'connection' || kind === 'crashed';

type Answer<T> = Promise<Result<T, WarehouseFailure>>;

// A function, because the compiler takes the property for unchanged across an await.
const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;
