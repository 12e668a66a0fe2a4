/** Moves on when an input really changes; nothing else moves time forward. */
export type Revision = number;

/** The engine's own state: the current revision, the queries at work, and a log of what was executed. */
export class Database {
  revision: Revision = 1;
  readonly #frames: Frame[] = [];
  /** What the queries at work have read so far, those of the outermost first. One list, for there are many short ones. */
  readonly #reads: Fact[] = [];
  /** How many of the list count: it is never made shorter. */
  #nReads = 0;
  #nExecutions = 0;
  #executed: string[] | undefined;

  /**
   * The names of the queries executed since the last call, in order of their start, as `name(key)`. The first call
   * begins the log, so that those who never ask pay nothing for it.
   */
  takeExecuted(): readonly string[] {
    const executed = this.#executed ?? [];
    this.#executed = [];
    return executed;
  }

  /** Notes that the query at work has read `fact`. Without a query at work it does nothing. */
  record(fact: Fact): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined || fact.lastReader === frame.serial) return;
    fact.lastReader = frame.serial;
    this.#reads[this.#nReads++] = fact;
  }

  /** Runs `compute` for a query and collects what it reads. */
  execute<K, V>(fact: Fact, compute: (key: K) => V, key: K): Execution<V> {
    const frame: Frame = {
      fact,
      serial: ++this.#nExecutions,
      depth: this.#frames.length,
      readsFrom: this.#nReads,
      inCycle: false,
      head: undefined,
      done: false,
    };
    this.#frames.push(frame);
    this.#executed?.push(fact.label());
    try {
      const value = compute(key);
      const head = frame.head === frame ? undefined : frame.head;
      return { value, reads: this.#reads.slice(frame.readsFrom, this.#nReads), inCycle: frame.inCycle, head };
    } finally {
      this.#nReads = frame.readsFrom;
      frame.done = true;
      this.#frames.pop();
    }
  }

  /** The query at work that computes a fact. */
  frameOf(fact: Fact): Frame | undefined {
    return this.#frames.findLast(frame => frame.fact === fact);
  }

  /** What is at work above `head` depends on it, and it on them: all of them are members of one cycle. */
  joinCycle(head: Frame): void {
    for (const frame of this.#frames.slice(head.depth)) {
      frame.inCycle = true;
      if (frame.head === undefined || head.depth < frame.head.depth) frame.head = head;
    }
  }
}

/** What was computed, what it read (in order), and whether it turned out to depend on itself. */
export interface Execution<V> {
  readonly value: V;
  readonly reads: readonly Fact[];
  readonly inCycle: boolean;
  /** The outermost query still at work that it depends on: until that one is done, whoever reads this joins the cycle. */
  readonly head: Frame | undefined;
}

/** One thing that can be read: an input or a query, at one key. */
export interface Fact {
  /** The execution that read it last, so that a query at work notes each read about once. */
  lastReader: number;
  /** Its name and key, for people. */
  label(): string;
  /** Whether it must be verified before `changedAt` can be trusted; then `reads` are what it was built on. */
  isUnverified(): boolean;
  readonly reads: readonly Fact[];
  /** When it was last known to be up to date. */
  readonly verifiedAt: Revision;
  /** Called once all reads were looked at: every one is as it was (`true`), or one has changed (`false`). */
  finishVerification(unchanged: boolean): void;
  /** When the value last changed. Recomputes it when it has to. */
  changedAt(): Revision;
}

/** A query at work. */
export interface Frame {
  readonly fact: Fact;
  readonly serial: number;
  readonly depth: number;
  /** Where its own reads begin among those of all queries at work. */
  readonly readsFrom: number;
  inCycle: boolean;
  head: Frame | undefined;
  done: boolean;
}
