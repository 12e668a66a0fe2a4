import type { Cell, ResultColumn } from '../../base/statement.ts';
import { cellOf } from './cell.ts';
import { QueryFailed } from './failure.ts';
import type { TrinoProfile } from './profile.ts';
import {
  cancelQuery,
  followQuery,
  postStatement,
  type QueryAnswer,
  type SessionState,
  type TrinoColumn,
} from './protocol.ts';

type Row = readonly Cell[];

/** One query at the server, read answer by answer; the server waits with the next until this one is asked for. */
export class TrinoQuery {
  readonly #profile: TrinoProfile;
  readonly #state: SessionState;
  #columns: readonly TrinoColumn[] | undefined;
  #next: string | undefined;
  #updateType: string | undefined;
  #updateCount: number | undefined;

  constructor(profile: TrinoProfile, state: SessionState) {
    this.#profile = profile;
    this.#state = state;
  }

  /** The columns, known from the first rows on. */
  get columns(): readonly ResultColumn[] {
    return (this.#columns ?? []).map(({ name, type }) => ({ name, type }));
  }

  get knowsColumns(): boolean {
    return this.#columns !== undefined;
  }

  get isFinished(): boolean {
    return this.#next === undefined;
  }

  /** What the statement did: `CREATE TABLE`, `INSERT`; `undefined` for a query. */
  get updateType(): string | undefined {
    return this.#updateType;
  }

  get updateCount(): number | undefined {
    return this.#updateCount;
  }

  /** Sends the statement; answers the rows that came at once. */
  async start(sql: string): Promise<readonly Row[]> {
    // The protocol takes one statement, and no semicolon after it.
    return this.#take(await postStatement(this.#profile, this.#state, sql.replace(/[;\s]+$/, '')));
  }

  /** The rows of the next answer; none may have come yet. */
  async more(): Promise<readonly Row[]> {
    if (this.#next === undefined) return [];
    return this.#take(await followQuery(this.#profile, this.#state, this.#next));
  }

  /** Ends the query in the server, if it is not finished. */
  async cancel(): Promise<void> {
    const url = this.#next;
    this.#next = undefined;
    if (url !== undefined) await cancelQuery(this.#profile, url);
  }

  #take({ nextUri, columns, data, error, updateType, updateCount }: QueryAnswer): readonly Row[] {
    this.#next = nextUri;
    this.#columns = columns ?? this.#columns;
    this.#updateType = updateType ?? this.#updateType;
    this.#updateCount = updateCount ?? this.#updateCount;
    if (error !== undefined) throw new QueryFailed(error);
    const types = this.#columns?.map(it => it.typeSignature) ?? [];
    return (data ?? []).map(row => row.map((value, at) => cellOf(value, types[at])));
  }
}
