/** Moves on when an input really changes; nothing else moves time forward. */
export type Revision = number;

/** The engine's own state: the current revision, the queries at work, and a log of what was executed. */
export class Database {
  revision: Revision = 1;
  readonly #frames: Frame[] = [];
  #executed: string[] = [];

  /** The names of the queries executed since the last call, in order of their start, as `name(key)`. */
  takeExecuted(): readonly string[] {
    const executed = this.#executed;
    this.#executed = [];
    return executed;
  }

  /** Notes that the query at work has read `key` of `source`. Without a query at work it does nothing. */
  record(source: Source, key: unknown): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return;
    const seen = frame.seen.get(source);
    if (seen?.has(key)) return;
    if (seen === undefined) frame.seen.set(source, new Set([key]));
    else seen.add(key);
    frame.reads.push({ source, key });
  }

  /** Runs `compute` for a query and collects what it reads. */
  execute<V>(query: Source, key: unknown, compute: () => V): Execution<V> {
    const depth = this.#frames.length;
    const frame: Frame = {
      query,
      key,
      depth,
      reads: [],
      seen: new Map(),
      inCycle: false,
      head: undefined,
      done: false,
    };
    this.#frames.push(frame);
    this.#executed.push(`${query.name}(${String(key)})`);
    try {
      const value = compute();
      const head = frame.head === frame ? undefined : frame.head;
      return { value, reads: frame.reads, inCycle: frame.inCycle, head };
    } finally {
      frame.done = true;
      this.#frames.pop();
    }
  }

  /** The query at work that computes `key`. */
  frameOf(query: Source, key: unknown): Frame | undefined {
    return this.#frames.findLast(frame => frame.query === query && frame.key === key);
  }

  /** What is at work above `head` depends on it, and it on them: all of them are members of one cycle. */
  joinCycle(head: Frame): void {
    for (const frame of this.#frames.slice(head.depth)) {
      frame.inCycle = true;
      if (frame.head === undefined || head.depth < frame.head.depth) frame.head = head;
    }
  }
}

/** What was computed, what it read (each once, in order), and whether it turned out to depend on itself. */
export interface Execution<V> {
  readonly value: V;
  readonly reads: readonly Read[];
  readonly inCycle: boolean;
  /** The outermost query still at work that it depends on: until that one is done, whoever reads this joins the cycle. */
  readonly head: Frame | undefined;
}

export interface Read {
  readonly source: Source;
  readonly key: unknown;
}

/** Anything a query can read: an input or another query. */
export interface Source {
  readonly name: string;
  /** The memo to verify before `changedAt` can be trusted; `undefined` when it can be trusted now. */
  unverified(key: unknown): Verification | undefined;
  /** When the value behind `key` last changed. Recomputes it when it has to. */
  changedAt(key: unknown): Revision;
}

/** A memo of an earlier revision whose reads are looked at, in order, until one has changed. */
export interface Verification {
  readonly reads: readonly Read[];
  readonly since: Revision;
  /** Called once: every read is as it was (`true`), or one has changed (`false`). */
  readonly finish: (unchanged: boolean) => void;
}

/** A query at work. */
export interface Frame {
  readonly query: Source;
  readonly key: unknown;
  readonly depth: number;
  readonly reads: Read[];
  readonly seen: Map<Source, Set<unknown>>;
  inCycle: boolean;
  head: Frame | undefined;
  done: boolean;
}
