import { ok, type Result } from '../base/result.ts';
import type { MoreRows, ResultRest } from '../protocol.ts';
import type { ReadingSession } from '../warehouse/kept-sessions.ts';
import type { RowStream, WarehouseFailure } from '../warehouse/warehouse.ts';
import { gridCell, PAGE_AT_MOST, stoppedBy } from './open-result.ts';
import { inTurns } from './turns.ts';

/** Runs a query for somebody who takes all its rows along. The session belongs to the result, which closes it. */
export async function passingResult(
  session: ReadingSession,
  sql: string,
  { signal }: { readonly signal: AbortSignal },
): Promise<Result<PassingResult, WarehouseFailure>> {
  const { stop, unlink } = stoppedBy(signal);
  const stream = await session.query(sql, { pageSize: PAGE_AT_MOST, signal: stop.signal });
  unlink();
  if (stream.ok) return ok(new PassingResult(session, stream.value, stop));
  await session.close();
  return stream;
}

/** The rows of a query, each page read once, in their order, and not kept: however many there are. */
export class PassingResult {
  readonly #session: ReadingSession;
  readonly #stream: RowStream;
  readonly #stop: AbortController;
  #total = 0;
  #end: ResultRest | undefined;
  readonly #inTurn = inTurns();

  constructor(session: ReadingSession, stream: RowStream, stop: AbortController) {
    this.#session = session;
    this.#stream = stream;
    this.#stop = stop;
  }

  get rest(): ResultRest {
    return this.#end ?? { kind: 'open' };
  }

  /** The next page, as the stream gives it. */
  page(): Promise<MoreRows> {
    return this.#inTurn(async () => {
      const first = this.#total;
      const next = this.#end === undefined ? await this.#stream.next() : undefined;
      if (next?.ok === false) await this.#finish({ kind: 'failed', message: next.failure.message });
      const rows = next?.ok === true ? (next.value ?? []) : [];
      if (rows.length === 0) await this.#finish({ kind: 'none' });
      this.#total += rows.length;
      return { page: { first, rows: rows.map(row => row.map(gridCell)) }, total: this.#total, rest: this.rest };
    });
  }

  /** Ends the page that is being read in the warehouse. */
  stop(): void {
    this.#stop.abort();
  }

  /** Lets the rest go, a page included that is being read. */
  async close(): Promise<void> {
    this.stop();
    await this.#inTurn(() => this.#finish({ kind: 'failed', message: 'The query was closed before its last row.' }));
  }

  async release(): Promise<void> {
    await this.close();
  }

  async #finish(end: ResultRest): Promise<void> {
    if (this.#end !== undefined) return;
    this.#end = end;
    await this.#stream.close();
    await this.#session.close();
  }
}
