import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { bug } from '../base/bug.ts';
import { packRows } from '../base/packed-rows.ts';
import type { StatementResult } from '../base/statement.ts';
import { WarehouseError, type WarehouseAccess } from '../dbt/warehouse-access.ts';
import type { StatementRequest, StatementRequests, StatementsAnswer } from './job-statements.ts';

/** Both ends of the line between a rendering thread and the main thread: messages, and the bell the thread sleeps on. */
export interface BlockingLine {
  readonly port: MessagePort;
  /** 0 while the thread waits, 1 once the answer lies at the port. */
  readonly bell: Int32Array;
}

/** A job's access to the warehouse. */
export interface JobAccess {
  readonly access: WarehouseAccess;
  /** What has been asked for and not been told yet: it goes with the job's outcome. */
  readonly takeRequests: () => readonly StatementRequest[];
}

/** The thread's end, for one job: a call that needs an answer sleeps until the main thread has given it. */
export function blockingAccess(line: BlockingLine): JobAccess {
  const asked = new Asked(line);
  const access: WarehouseAccess = {
    execute(sql, { fetch }) {
      const number = asked.add({ kind: 'execute', sql, fetch }, sql);
      return asked.statement(number);
    },
    insertRows(target, rows) {
      const request = { kind: 'insert-rows', target, rows: packRows(rows) } as const;
      const answer = asked.answer(asked.add(request, `insert into ${target.relation}`));
      return typeof answer === 'number' ? answer : bug('a result for rows');
    },
    send(sql, { isGivenUp }) {
      const number = asked.add({ kind: 'execute', sql, fetch: false, isGivenUp }, sql);
      if (sql !== 'BEGIN') asked.keepBusy();
      return number;
    },
    answerTo: number => asked.statement(number),
  };
  return { access, takeRequests: () => asked.take() };
}

/** What a job has asked for so far. */
class Asked {
  readonly #line: BlockingLine;
  readonly #sql: string[] = [];
  readonly #answers = new Map<number, StatementResult | number>();
  /** What the main thread has not been told yet. */
  #untold: StatementRequest[] = [];
  #isBusy = false;

  constructor(line: BlockingLine) {
    this.#line = line;
  }

  /** Answers the request's number. */
  add(request: StatementRequest, sql: string): number {
    this.#untold.push(request);
    return this.#sql.push(sql);
  }

  /** Gives the warehouse something to do; once it has, there is time to gather what comes next. */
  keepBusy(): void {
    if (this.#isBusy) return;
    this.#tell({ isWaiting: false });
    this.#isBusy = true;
  }

  take(): readonly StatementRequest[] {
    const untold = this.#untold;
    this.#untold = [];
    return untold;
  }

  statement(number: number): StatementResult {
    const answer = this.answer(number);
    return typeof answer === 'number' ? bug('a number for a statement') : answer;
  }

  /** Sleeps until there is an answer to everything; a refusal of any of it is thrown. */
  answer(number: number): StatementResult | number {
    const known = this.#answers.get(number);
    if (known !== undefined) return known;
    Atomics.store(this.#line.bell, 0, 0);
    this.#tell({ isWaiting: true });
    const { answered, refused } = awaited(this.#line);
    this.#isBusy = false;
    for (const [nth, answer] of answered) this.#answers.set(nth, answer);
    if (refused === undefined) return this.#answers.get(number) ?? bug('no answer to what was asked', { number });
    const { message, position } = refused.failure;
    const isEarlier = refused.number !== number;
    throw new WarehouseError(
      message,
      this.#sql[refused.number - 1] ?? '',
      position,
      isEarlier ? refused.number : undefined,
    );
  }

  #tell({ isWaiting }: Pick<StatementRequests, 'isWaiting'>): void {
    const message: StatementRequests = { kind: 'statements', requests: this.take(), isWaiting };
    this.#line.port.postMessage(message, message.requests.flatMap(buffersOf));
  }
}

function awaited({ port, bell }: BlockingLine): StatementsAnswer {
  // The stroke for the answer before may come late, when that answer has long been taken; then there is more to wait for.
  while (Atomics.load(bell, 0) === 0) Atomics.wait(bell, 0, 0);
  const received = receiveMessageOnPort(port);
  if (received === undefined) return bug('the bell rang without an answer');
  // The other end is `RenderThread`, so the message is what it sends.
  return received.message as StatementsAnswer;
}

/** What need not be copied on its way to the main thread. */
const buffersOf = (request: StatementRequest): ArrayBuffer[] =>
  request.kind === 'insert-rows' ? request.rows.pages.map(page => page.buffer) : [];
