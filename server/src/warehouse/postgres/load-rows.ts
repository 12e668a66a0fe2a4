import type { Client, Connection, Submittable } from 'pg';
import type { PackedRows } from '../../base/packed-rows.ts';
import type { InsertTarget } from '../../base/statement.ts';

/** Pages of rows in COPY's text form. */
type Pages = PackedRows['pages'];

/** Loads rows by COPY, the server's own bulk path: it reads the values as it reads any text of their types. */
export function copyRows(client: Client, target: InsertTarget, pages: Pages): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(
      new CopyFrom(copyStatement(target), pages, error => (error === undefined ? resolve() : reject(error))),
    );
  });
}

/** What COPY sends to the server. */
export const copyStatement = ({ relation, columns }: InsertTarget): string =>
  `copy ${relation} (${columns.join(', ')}) from stdin`;

/** The driver's connection as far as COPY needs it: its types leave the socket and COPY out. */
interface CopyConnection {
  readonly stream: NodeJS.WritableStream & { readonly writableNeedDrain: boolean };
  query(sql: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** One COPY as the driver takes its queries. It sends no more than the socket takes. */
class CopyFrom implements Submittable {
  readonly #sql: string;
  readonly #pages: Pages;
  readonly #ended: (error: Error | undefined) => void;
  #error: Error | undefined;

  constructor(sql: string, pages: Pages, ended: (error: Error | undefined) => void) {
    this.#sql = sql;
    this.#pages = pages;
    this.#ended = ended;
  }

  submit(connection: Connection): void {
    copying(connection).query(this.#sql);
  }

  handleCopyInResponse(connection: Connection): void {
    void this.#send(copying(connection));
  }

  handleCommandComplete(): void {}

  handleError(error: Error): void {
    this.#error = error;
    this.#ended(error);
  }

  handleReadyForQuery(): void {
    if (this.#error === undefined) this.#ended(undefined);
  }

  async #send(connection: CopyConnection): Promise<void> {
    for (const page of this.#pages) {
      connection.sendCopyFromChunk(Buffer.from(page.buffer, page.byteOffset, page.byteLength));
      // After a refusal the server ignores what is still on its way; it needs no more.
      if (this.#error !== undefined) return;
      if (connection.stream.writableNeedDrain) await drained(connection.stream);
    }
    connection.endCopyFrom();
  }
}

// The types of the driver's connection leave out what its copy-in needs; it is part of the driver's public protocol.
const copying = (connection: Connection): CopyConnection => connection as unknown as CopyConnection;

/** A closed socket drains no more; what it lost is told by the driver. */
function drained(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise(resolve => stream.once('drain', resolve).once('close', resolve));
}

/** The protocol counts the values of a statement with sixteen bits. */
const VALUES_PER_STATEMENT = 30_000;

/** An INSERT and the values it takes. */
export interface InsertStatement {
  readonly text: string;
  readonly values: (string | null)[];
}

/** The rows as INSERT statements, for a warehouse whose COPY reads only from its own storage. */
export function* insertStatements(
  { relation, columns, types }: InsertTarget,
  rows: readonly (readonly (string | null)[])[],
): Generator<InsertStatement> {
  const perStatement = Math.max(Math.floor(VALUES_PER_STATEMENT / Math.max(types.length, 1)), 1);
  for (let start = 0; start < rows.length; start += perStatement) {
    const page = rows.slice(start, start + perStatement);
    const tuples = page.map(
      (_, row) => `(${types.map((type, at) => `$${row * types.length + at + 1}::${type}`).join(', ')})`,
    );
    yield {
      text: `insert into ${relation} (${columns.join(', ')}) values ${tuples.join(', ')}`,
      values: page.flatMap(row => types.map((_, at) => row[at] ?? null)),
    };
  }
}
