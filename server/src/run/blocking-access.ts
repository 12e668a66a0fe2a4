import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { bug } from '../base/bug.ts';
import { packRows, type PackedRows } from '../base/packed-rows.ts';
import type { Result } from '../base/result.ts';
import type { InsertTarget, StatementResult } from '../base/statement.ts';
import { WarehouseError, type WarehouseAccess } from '../dbt/warehouse-access.ts';
import type { Session, WarehouseFailure } from '../warehouse/warehouse.ts';

/** What a blocked thread asks of the main thread. */
export type BlockedRequest =
  | { readonly kind: 'execute'; readonly sql: string; readonly fetch: boolean }
  | { readonly kind: 'insert-rows'; readonly target: InsertTarget; readonly rows: PackedRows };

type BlockedAnswer = Result<StatementResult | number, WarehouseFailure>;

/** Both ends of the line between a rendering thread and the main thread: messages, and the bell the thread sleeps on. */
export interface BlockingLine {
  readonly port: MessagePort;
  /** 0 while the thread waits, 1 once the answer lies at the port. */
  readonly bell: Int32Array;
}

/** The thread's end: each call sleeps until the main thread has answered. */
export function blockingAccess(line: BlockingLine): WarehouseAccess {
  return {
    execute(sql, { fetch }) {
      const answer = ask(line, { kind: 'execute', sql, fetch }, sql);
      return typeof answer === 'number' ? bug('a number for a statement') : answer;
    },
    insertRows(target, rows) {
      const answer = ask(line, { kind: 'insert-rows', target, rows: packRows(rows) }, `insert into ${target.relation}`);
      return typeof answer === 'number' ? answer : bug('a result for rows');
    },
  };
}

function ask({ port, bell }: BlockingLine, request: BlockedRequest, sql: string): StatementResult | number {
  Atomics.store(bell, 0, 0);
  port.postMessage(request, buffersOf(request));
  // The stroke for the answer before may come late, when that answer has long been taken; then there is more to wait for.
  while (Atomics.load(bell, 0) === 0) Atomics.wait(bell, 0, 0);
  const received = receiveMessageOnPort(port);
  if (received === undefined) return bug('the bell rang without an answer');
  // The other end is `serveBlocked`, so the message is what it sends.
  const answer = received.message as BlockedAnswer;
  if (answer.ok) return answer.value;
  throw new WarehouseError(answer.failure.message, sql, answer.failure.position);
}

/** What need not be copied on its way to the main thread. */
const buffersOf = (request: BlockedRequest): ArrayBuffer[] =>
  request.kind === 'insert-rows' ? request.rows.pages.map(page => page.buffer) : [];

/** Where a blocked thread's requests go: the session of the moment, opened by the first request. */
export type SessionOfThread = () => Promise<
  Result<{ readonly session: Pick<Session, 'execute' | 'insertRows'>; readonly signal: AbortSignal }, WarehouseFailure>
>;

/** The main thread's end: answers each request from the thread's session, until the port is closed. */
export function serveBlocked({ port, bell }: BlockingLine, session: SessionOfThread): void {
  port.on('message', (request: BlockedRequest) => {
    void answered(request, session).then(answer => {
      port.postMessage(answer);
      Atomics.store(bell, 0, 1);
      Atomics.notify(bell, 0);
    });
  });
}

async function answered(request: BlockedRequest, sessionOfThread: SessionOfThread): Promise<BlockedAnswer> {
  const opened = await sessionOfThread();
  if (!opened.ok) return opened;
  const { session, signal } = opened.value;
  switch (request.kind) {
    case 'execute':
      return session.execute(request.sql, { fetch: request.fetch, signal });
    case 'insert-rows':
      return session.insertRows(request.target, request.rows);
  }
}
