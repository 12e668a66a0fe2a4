import { bug } from '../base/bug.ts';
import type { PackedRows } from '../base/packed-rows.ts';
import type { Result } from '../base/result.ts';
import type { InsertTarget, StatementResult } from '../base/statement.ts';
import type { Session, Statement, WarehouseFailure } from '../warehouse/warehouse.ts';

/** What a rendering thread asks of the warehouse for its job. Nobody is told when what was given up is refused. */
export type StatementRequest =
  | ({ readonly kind: 'execute' } & Statement)
  | { readonly kind: 'insert-rows'; readonly target: InsertTarget; readonly rows: PackedRows };

/** Requests in their order, and whether the thread sleeps until they and all before them are answered. */
export interface StatementRequests {
  readonly kind: 'statements';
  readonly requests: readonly StatementRequest[];
  readonly isWaiting: boolean;
}

type Answer = StatementResult | number;

/** The answers that came since the last time, by the number of the request, and the request that was refused. */
export interface StatementsAnswer {
  readonly answered: readonly (readonly [number, Answer])[];
  readonly refused: RefusedRequest | undefined;
}

/** A request, by its number, that the warehouse said no to. */
export interface RefusedRequest {
  readonly number: number;
  readonly failure: WarehouseFailure;
}

/** Where a job's requests go: its lane's session, opened by the first of them. */
export type SessionOfJob = () => Promise<
  Result<{ readonly session: WorkingSession; readonly signal: AbortSignal }, WarehouseFailure>
>;

/** What of a session runs use. */
export type WorkingSession = Pick<Session, 'executeAll' | 'insertRows'>;

interface Numbered {
  readonly number: number;
  readonly request: StatementRequest;
}

/**
 * The statements of one job, worked off in their order, numbered from 1. What was asked after one that is refused is not
 * done; `settled` tells of the refusal, and what is asked after that is done again.
 */
export class JobStatements {
  readonly #session: SessionOfJob;
  #waiting: Numbered[] = [];
  #answered: (readonly [number, Answer])[] = [];
  #refused: RefusedRequest | undefined;
  #work: Promise<void> | undefined;
  #count = 0;

  constructor(session: SessionOfJob) {
    this.#session = session;
  }

  ask(requests: readonly StatementRequest[]): void {
    for (const request of requests) {
      const number = ++this.#count;
      if (this.#refused === undefined) this.#waiting.push({ number, request });
    }
    if (this.#waiting.length > 0) this.#work ??= this.#workOff();
  }

  /** Ends when nothing is under way any more; tells what came since the last time. */
  async settled(): Promise<StatementsAnswer> {
    await this.#work;
    const told = { answered: this.#answered, refused: this.#refused };
    this.#answered = [];
    this.#refused = undefined;
    return told;
  }

  async #workOff(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = nextBatch(this.#waiting);
      const answers = await this.#answers(batch.map(it => it.request));
      // Without a session there is one failure for all; given up by the first, the others get their own.
      this.#waiting.unshift(...batch.slice(answers.length));
      answers.forEach((answer, at) => {
        const { number, request } = batch[at] ?? bug('an answer that nobody asked for');
        if (answer.ok) this.#answered.push([number, answer.value]);
        else if (request.kind !== 'execute' || request.isGivenUp !== true) {
          this.#refused = { number, failure: answer.failure };
          this.#waiting = [];
        }
      });
    }
    this.#work = undefined;
  }

  async #answers(batch: readonly StatementRequest[]): Promise<readonly Result<Answer, WarehouseFailure>[]> {
    const opened = await this.#session();
    if (!opened.ok) return [opened];
    const { session, signal } = opened.value;
    const [request] = batch;
    if (request?.kind === 'insert-rows') return [await session.insertRows(request.target, request.rows)];
    return session.executeAll(
      batch.filter(it => it.kind === 'execute'),
      { signal },
    );
  }
}

/** Takes what can be asked for at once: rows alone, or the statements up to them. */
function nextBatch(waiting: Numbered[]): readonly Numbered[] {
  const nStatements = waiting.findIndex(it => it.request.kind === 'insert-rows');
  if (nStatements === 0) return waiting.splice(0, 1);
  return waiting.splice(0, nStatements < 0 ? waiting.length : nStatements);
}
