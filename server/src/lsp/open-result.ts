import type { ResultColumn, Cell } from '../base/statement.ts';
import { ok, type Result } from '../base/result.ts';
import type { GridCell, MoreRows, ResultRest } from '../protocol.ts';
import type { ReadingSession } from '../warehouse/kept-sessions.ts';
import type { RowStream, WarehouseFailure } from '../warehouse/warehouse.ts';
import { inTurns } from './turns.ts';

/** How long the rest of a result is held open for nobody: it keeps files and locks in the warehouse. */
const IDLE_MS = 30_000;
/** Roughly how much memory the rows of one result may take. */
const MEMORY = 64 * 1024 * 1024;
/** The most rows that are asked of the warehouse at once. */
export const PAGE_AT_MOST = 2000;

/** What a result is opened with. */
export interface OpenResultOptions {
  /** How many rows are fetched at once. */
  readonly limit: number;
  readonly signal: AbortSignal;
  /** Milliseconds until the rest is let go, and bytes until no more rows are taken. */
  readonly idleMs?: number;
  readonly memory?: number;
}

/** Why the rest of a result was let go, as it is told to the user. */
export type ClosedBy = 'idle' | 'hidden' | 'run' | 'target' | 'memory';

/**
 * Runs a query that only reads and fetches its first rows. The statement is sent as it is, so that neither its order
 * nor its own LIMIT changes; the session belongs to the result, which closes it.
 */
export async function openResult(
  session: ReadingSession,
  sql: string,
  options: OpenResultOptions,
): Promise<Result<OpenResult, WarehouseFailure>> {
  const { stop, unlink } = stoppedBy(options.signal);
  const pageSize = Math.max(Math.min(options.limit + 1, PAGE_AT_MOST), 1);
  const stream = await session.query(sql, { pageSize, signal: stop.signal });
  if (!stream.ok) {
    await session.close();
    return stream;
  }
  const result = new OpenResult({ session, stream: stream.value, stop, ...options });
  const failure = await result.fetch(options.limit);
  unlink();
  return failure === undefined ? ok(result) : { ok: false, failure };
}

/** What stops a query for as long as it is open; until `unlink`, `signal` stops it too. */
export function stoppedBy(signal: AbortSignal): { readonly stop: AbortController; readonly unlink: () => void } {
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  return { stop, unlink: () => signal.removeEventListener('abort', abort) };
}

interface Parts extends OpenResultOptions {
  readonly session: ReadingSession;
  readonly stream: RowStream;
  readonly stop: AbortController;
}

/**
 * The rows of a query as far as somebody looked at them. Those that were fetched stay until the result is forgotten;
 * more are read from the open stream, one page ahead, until nobody asks for a while.
 */
export class OpenResult {
  readonly columns: readonly ResultColumn[];
  readonly #parts: Parts;
  readonly #rows: (readonly GridCell[])[] = [];
  #nShown = 0;
  #size = 0;
  /** Why nothing more can be read; `undefined` while the stream is open. */
  #end: ResultRest | undefined;
  #closedBy: ClosedBy | undefined;
  readonly #inTurn = inTurns();
  #idle: NodeJS.Timeout | undefined;

  constructor(parts: Parts) {
    this.columns = parts.stream.columns;
    this.#parts = parts;
  }

  /** How many rows are shown. */
  get total(): number {
    return this.#nShown;
  }

  get rest(): ResultRest {
    const end = this.#end ?? { kind: 'open' };
    return end.kind === 'none' && this.#rows.length > this.#nShown ? { kind: 'open' } : end;
  }

  /** Rows by their place; what was not fetched yet is. Fewer come back where there are no more. */
  async page(first: number, count: number): Promise<MoreRows> {
    if (first + count > this.#nShown) await this.fetch(first + count);
    const rows = this.#rows.slice(first, Math.min(first + count, this.#nShown));
    return { page: { first, rows }, total: this.#nShown, rest: this.rest };
  }

  /** Reads on until so many rows are there, and one more to know that there is one. Answers what kept it from that. */
  fetch(end: number): Promise<WarehouseFailure | undefined> {
    return this.#inTurn(async () => {
      clearTimeout(this.#idle);
      const failure = await this.#readUntil(end);
      this.#nShown = Math.max(this.#nShown, Math.min(end, this.#rows.length));
      if (this.#end === undefined) this.#idle = setTimeout(() => void this.close('idle'), this.#idleMs).unref();
      return failure;
    });
  }

  /** Ends the page that is being read in the warehouse; the rows that are there stay. */
  stop(): void {
    this.#parts.stop.abort();
  }

  /** Lets the rest go, a page included that is being read; the rows that are there stay. */
  async close(by: ClosedBy): Promise<void> {
    this.#closedBy ??= by;
    this.stop();
    await this.#inTurn(() => this.#finish({ kind: 'closed', message: this.#reason(by) }));
  }

  /** Forgets the rows, and lets the rest go. */
  async release(): Promise<void> {
    await this.close('hidden');
    this.#rows.length = 0;
  }

  get #idleMs(): number {
    return this.#parts.idleMs ?? IDLE_MS;
  }

  async #readUntil(end: number): Promise<WarehouseFailure | undefined> {
    while (this.#end === undefined && this.#rows.length <= end) {
      const page = await this.#parts.stream.next();
      if (!page.ok) {
        await this.#finish(this.#endBy(page.failure));
        return page.failure;
      }
      if (page.value === undefined) await this.#finish({ kind: 'none' });
      else this.#take(page.value);
      if (this.#size > (this.#parts.memory ?? MEMORY)) {
        await this.#finish({ kind: 'closed', message: this.#reason('memory') });
      }
    }
    return undefined;
  }

  #take(page: readonly (readonly Cell[])[]): void {
    for (const cells of page) {
      const row = cells.map(gridCell);
      this.#rows.push(row);
      this.#size += sizeOf(row);
    }
  }

  async #finish(end: ResultRest): Promise<void> {
    if (this.#end !== undefined) return;
    this.#end = end;
    clearTimeout(this.#idle);
    await this.#parts.stream.close();
    await this.#parts.session.close();
  }

  #endBy({ kind, message }: WarehouseFailure): ResultRest {
    return kind === 'cancelled'
      ? { kind: 'closed', message: this.#reason(this.#closedBy) }
      : { kind: 'failed', message };
  }

  #reason(by: ClosedBy | undefined): string {
    switch (by) {
      case undefined:
        return `The query was stopped. ${AGAIN}`;
      case 'idle':
        return `The query was closed after ${this.#idleMs / 1000} seconds without use, so that it holds nothing in the warehouse. ${AGAIN}`;
      case 'hidden':
        return `The query was closed with the panel, so that it holds nothing in the warehouse. ${AGAIN}`;
      case 'run':
        return `The query was closed before the run, which would have waited for it. ${AGAIN}`;
      case 'target':
        return `The query was closed with the connection to its target. ${AGAIN}`;
      case 'memory':
        return `These are as many rows as are kept in memory (${this.#rows.length.toLocaleString('en')}). Narrow the query to see others.`;
    }
  }
}

const AGAIN = 'Run it again to see more.';

/** A cell as JSON can carry it and the grid shows it. */
export function gridCell(cell: Cell): GridCell {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : String(cell);
  if (cell === null || typeof cell === 'boolean' || typeof cell === 'string') return cell;
  return typeof cell === 'bigint' ? String(cell) : JSON.stringify(cell, bigintAsText);
}

function bigintAsText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

const ROW_BYTES = 64;
const CELL_BYTES = 16;

const sizeOf = (row: readonly GridCell[]): number =>
  row.reduce<number>((sum, it) => sum + CELL_BYTES + (typeof it === 'string' ? 2 * it.length : 0), ROW_BYTES);
