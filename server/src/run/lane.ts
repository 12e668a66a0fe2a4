import type { Result } from '../base/result.ts';
import type { Session, Warehouse, WarehouseFailure } from '../warehouse/warehouse.ts';
import { JobStatements, type WorkingSession } from './job-statements.ts';

/** Failures after which a session is of no more use. */
const LOST: ReadonlySet<WarehouseFailure['kind']> = new Set(['connection', 'crashed']);

/**
 * One of the threads that a run has by its settings: it does one job at a time, on a session of its own that is opened by
 * the first statement.
 */
export class Lane {
  readonly #warehouse: Warehouse;
  #session: Promise<Result<Session, WarehouseFailure>> | undefined;
  #isBroken = false;

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse;
  }

  /** Begins a job; a session that was lost is left for another one. */
  async begin(signal: AbortSignal): Promise<JobStatements> {
    if (this.#isBroken) await this.close();
    return new JobStatements(async () => {
      this.#session ??= this.#warehouse.session();
      const session = await this.#session;
      if (session.ok) return { ok: true, value: { session: this.#watched(session.value), signal } };
      // The next statement may try again: a locked file is free some time later.
      this.#session = undefined;
      return session;
    });
  }

  /** Opens the session ahead of the first statement; if that cannot be done, the statement tries again and tells why. */
  open(): void {
    const opening = (this.#session ??= this.#warehouse.session());
    void opening.then(session => {
      if (!session.ok && this.#session === opening) this.#session = undefined;
    });
  }

  /** The session is of no more use: nobody knows what it is in the middle of. */
  abandon(): void {
    this.#isBroken = true;
  }

  async close(): Promise<void> {
    const session = await this.#session;
    this.#session = undefined;
    this.#isBroken = false;
    if (session?.ok === true) await session.value.close();
  }

  /**
   * The session, whose loss is remembered: the rest of the job fails with it, for its transaction is gone, and the next
   * job gets a session of its own.
   */
  #watched(session: Session): WorkingSession {
    const watch = (answer: Result<unknown, WarehouseFailure> | undefined): void => {
      if (answer?.ok === false && LOST.has(answer.failure.kind)) this.#isBroken = true;
    };
    return {
      async executeAll(statements, options) {
        const answers = await session.executeAll(statements, options);
        answers.forEach(watch);
        return answers;
      },
      async insertRows(target, rows) {
        const answer = await session.insertRows(target, rows);
        watch(answer);
        return answer;
      },
    };
  }
}
