import type { Database, Fact, Frame, Revision } from './database.ts';

export interface QueryOptions<K, V> {
  /** Two values that count as the same, so that what was built on the old one stays. `Object.is` unless given. */
  readonly equals?: (a: V, b: V) => boolean;
  /** The value of every member of a cycle. Without it a cycle is a bug of the program and throws. */
  readonly onCycle?: (key: K) => V;
  /** How many values stay in memory; older ones are computed again when asked for. All of them unless given. */
  readonly keeps?: number;
}

/**
 * A pure function of inputs and of other queries, remembered by key. An old answer is verified by looking at what it
 * read, in order, up to the first change; a recomputed answer that equals the old one leaves its readers alone.
 * Verification uses a stack of its own, so its depth is not the program's; a first computation goes as deep as its
 * queries call each other, so long chains are to be asked for from their beginning.
 */
export class Query<K, V> {
  readonly name: string;
  readonly #engine: Engine<K, V>;
  readonly #memos = new Map<K, Memo<K, V>>();

  constructor(db: Database, name: string, compute: (key: K) => V, options: QueryOptions<K, V> = {}) {
    this.name = name;
    this.#engine = { db, name, compute, options, kept: [] };
  }

  /** Whether the answer is at hand, for those who ask for long chains from their beginning. Is no read. */
  isKnown(key: K): boolean {
    return this.#memos.get(key)?.verifiedAt === this.#engine.db.revision;
  }

  get(key: K): V {
    let memo = this.#memos.get(key);
    if (memo === undefined) {
      memo = new Memo(this.#engine, key);
      this.#memos.set(key, memo);
    }
    this.#engine.db.record(memo);
    return memo.get();
  }
}

/** What the memos of one query share. */
interface Engine<K, V> {
  readonly db: Database;
  readonly name: string;
  readonly compute: (key: K) => V;
  readonly options: QueryOptions<K, V>;
  /** The memos whose values are in memory, the oldest first, where their number is limited. */
  readonly kept: Memo<K, V>[];
}

/** The value of a memo that was never computed, or that was let go. */
const ABSENT = Symbol('absent');
const NO_READS: readonly Fact[] = [];
/** Before the first computation. */
const NEVER: Revision = 0;

/** The answer of one query for one key. */
class Memo<K, V> implements Fact {
  lastReader = 0;
  reads: readonly Fact[] = NO_READS;
  verifiedAt: Revision = NEVER;
  readonly #engine: Engine<K, V>;
  readonly #key: K;
  #value: V | typeof ABSENT = ABSENT;
  #changedAt: Revision = NEVER;
  #isRunning = false;
  #inCycle = false;
  #head: Frame | undefined = undefined;

  constructor(engine: Engine<K, V>, key: K) {
    this.#engine = engine;
    this.#key = key;
  }

  label(): string {
    return `${this.#engine.name}(${String(this.#key)})`;
  }

  /** The value at the current revision. */
  get(): V {
    if (this.#isRunning) return this.#closeCycle();
    if (this.verifiedAt !== this.#engine.db.revision) {
      if (this.isUnverified()) verify(this);
      if (this.verifiedAt !== this.#engine.db.revision) this.#recompute();
    }
    this.#joinOpenCycle();
    return this.#value === ABSENT ? this.#restored() : this.#value;
  }

  isUnverified(): boolean {
    if (this.verifiedAt === NEVER || this.#inCycle || this.#isRunning) return false;
    return this.verifiedAt !== this.#engine.db.revision;
  }

  finishVerification(unchanged: boolean): void {
    const { revision } = this.#engine.db;
    if (unchanged) this.verifiedAt = revision;
    else if (this.verifiedAt !== revision) this.#recompute();
  }

  changedAt(): Revision {
    const { revision } = this.#engine.db;
    // A query at work that is looked at again may be about to change: say so, and let the cycle show when it is read.
    if (this.#isRunning) return revision;
    if (this.verifiedAt !== revision) this.#recompute();
    return this.#head?.done === false ? revision : this.#changedAt;
  }

  #recompute(): void {
    const { db, compute, options } = this.#engine;
    this.#isRunning = true;
    try {
      const run = db.execute(this, compute, this.#key);
      const value = run.inCycle ? this.#valueInCycle() : run.value;
      const old = this.#value;
      const same = old !== ABSENT && (options.equals ?? Object.is)(old, value);
      if (!same) {
        this.#keep(value);
        this.#changedAt = db.revision;
      }
      this.reads = run.reads;
      this.#inCycle = run.inCycle;
      this.#head = run.head;
      this.verifiedAt = db.revision;
    } finally {
      this.#isRunning = false;
    }
  }

  /** Computes a value that was let go once more: a pure function of the same facts gives the same. */
  #restored(): V {
    const { db, compute } = this.#engine;
    const { value } = db.execute(this, compute, this.#key);
    this.#keep(value);
    return value;
  }

  #keep(value: V): void {
    const { kept, options } = this.#engine;
    if (options.keeps !== undefined) {
      if (this.#value === ABSENT) kept.push(this);
      const oldest = kept.length > options.keeps ? kept.shift() : undefined;
      if (oldest !== undefined) oldest.#value = ABSENT;
    }
    this.#value = value;
  }

  #closeCycle(): V {
    const { db } = this.#engine;
    const frame = db.frameOf(this);
    if (frame !== undefined) db.joinCycle(frame);
    return this.#valueInCycle();
  }

  /** Whoever reads a member of a cycle whose first member is still at work is a member too. */
  #joinOpenCycle(): void {
    if (this.#head === undefined) return;
    if (this.#head.done) this.#head = undefined;
    else this.#engine.db.joinCycle(this.#head);
  }

  #valueInCycle(): V {
    const { onCycle } = this.#engine.options;
    if (onCycle === undefined) throw new Error(`query cycle in ${this.label()}`);
    return onCycle(this.#key);
  }
}

interface Step {
  readonly fact: Fact;
  readonly reads: readonly Fact[];
  readonly since: Revision;
  next: number;
}

/** Brings a memo, and those it was built on, up to the current revision. */
function verify(fact: Fact): void {
  const stack: Step[] = [];
  const open = new Set<Fact>();
  push(stack, open, fact);
  for (let step = stack.at(-1); step !== undefined; step = stack.at(-1)) {
    const read = step.reads[step.next];
    if (read !== undefined && push(stack, open, read)) continue;
    const changed = read !== undefined && read.changedAt() > step.since;
    step.next += 1;
    if (!changed && read !== undefined) continue;
    stack.pop();
    open.delete(step.fact);
    step.fact.finishVerification(!changed);
  }
}

function push(stack: Step[], open: Set<Fact>, fact: Fact): boolean {
  if (!fact.isUnverified() || open.has(fact)) return false;
  open.add(fact);
  stack.push({ fact, reads: fact.reads, since: fact.verifiedAt, next: 0 });
  return true;
}
