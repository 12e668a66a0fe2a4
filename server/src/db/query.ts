import type { Database, Frame, Read, Revision, Source, Verification } from './database.ts';

interface Memo<V> {
  readonly value: V;
  readonly reads: readonly Read[];
  readonly inCycle: boolean;
  readonly head: Frame | undefined;
  readonly changedAt: Revision;
  verifiedAt: Revision;
}

export interface QueryOptions<K, V> {
  /** Two values that count as the same, so that what was built on the old one stays. `Object.is` unless given. */
  readonly equals?: (a: V, b: V) => boolean;
  /** The value of every member of a cycle. Without it a cycle is a bug of the program and throws. */
  readonly onCycle?: (key: K) => V;
}

/**
 * A pure function of inputs and of other queries, remembered by key. An old answer is verified by looking at what it
 * read, in order, up to the first change; a recomputed answer that equals the old one leaves its readers alone.
 * Verification uses a stack of its own, so its depth is not the program's; a first computation goes as deep as its
 * queries call each other, so long chains are to be asked for from their beginning.
 */
export class Query<K, V> implements Source {
  readonly name: string;
  readonly #db: Database;
  readonly #compute: (key: K) => V;
  readonly #options: QueryOptions<K, V>;
  readonly #memos = new Map<K, Memo<V>>();
  readonly #running = new Set<K>();

  constructor(db: Database, name: string, compute: (key: K) => V, options: QueryOptions<K, V> = {}) {
    this.#db = db;
    this.name = name;
    this.#compute = compute;
    this.#options = options;
  }

  get(key: K): V {
    this.#db.record(this as Source, key);
    if (this.#running.has(key)) return this.#cycle(key);
    if (this.#trusted(key) === undefined) verify(this as Source, key);
    const memo = this.#trusted(key) ?? this.#recompute(key);
    if (isOpen(memo)) this.#db.joinCycle(memo.head);
    return memo.value;
  }

  unverified(key: unknown): Verification | undefined {
    const memo = this.#memos.get(key as K);
    if (memo === undefined || memo.inCycle || this.#running.has(key as K)) return undefined;
    if (memo.verifiedAt === this.#db.revision) return undefined;
    const finish = (unchanged: boolean): void => {
      if (unchanged) memo.verifiedAt = this.#db.revision;
      else if (this.#trusted(key as K) === undefined) this.#recompute(key as K);
    };
    return { reads: memo.reads, since: memo.verifiedAt, finish };
  }

  changedAt(key: unknown): Revision {
    // A query at work that is looked at again may be about to change: say so, and let the cycle show when it is read.
    if (this.#running.has(key as K)) return this.#db.revision;
    const memo = this.#trusted(key as K) ?? this.#recompute(key as K);
    return isOpen(memo) ? this.#db.revision : memo.changedAt;
  }

  #trusted(key: K): Memo<V> | undefined {
    const memo = this.#memos.get(key);
    return memo?.verifiedAt === this.#db.revision ? memo : undefined;
  }

  #recompute(key: K): Memo<V> {
    const old = this.#memos.get(key);
    this.#running.add(key);
    try {
      const run = this.#db.execute(this as Source, key, () => this.#compute(key));
      const value = run.inCycle ? this.#valueInCycle(key) : run.value;
      const same = old !== undefined && (this.#options.equals ?? Object.is)(old.value, value);
      const { revision } = this.#db;
      const memo: Memo<V> = {
        value: same ? old.value : value,
        reads: run.reads,
        inCycle: run.inCycle,
        head: run.head,
        changedAt: same ? old.changedAt : revision,
        verifiedAt: revision,
      };
      this.#memos.set(key, memo);
      return memo;
    } finally {
      this.#running.delete(key);
    }
  }

  #cycle(key: K): V {
    const frame = this.#db.frameOf(this as Source, key);
    if (frame !== undefined) this.#db.joinCycle(frame);
    return this.#valueInCycle(key);
  }

  #valueInCycle(key: K): V {
    const { onCycle } = this.#options;
    if (onCycle === undefined) throw new Error(`query cycle in ${this.name}(${String(key)})`);
    return onCycle(key);
  }
}

/** Whether the memo belongs to a cycle whose first member is still at work. */
const isOpen = (memo: { readonly head: Frame | undefined }): memo is { readonly head: Frame } =>
  memo.head?.done === false;

interface Step extends Verification {
  readonly source: Source;
  readonly key: unknown;
  next: number;
}

/** Brings the memo behind `key`, and those it was built on, up to the current revision. */
function verify(source: Source, key: unknown): void {
  const stack: Step[] = [];
  const open = new Map<Source, Set<unknown>>();
  push(stack, open, source, key);
  for (let step = stack.at(-1); step !== undefined; step = stack.at(-1)) {
    const read = step.reads[step.next];
    if (read !== undefined && push(stack, open, read.source, read.key)) continue;
    const changed = read !== undefined && read.source.changedAt(read.key) > step.since;
    step.next += 1;
    if (!changed && read !== undefined) continue;
    stack.pop();
    open.get(step.source)?.delete(step.key);
    step.finish(!changed);
  }
}

function push(stack: Step[], open: Map<Source, Set<unknown>>, source: Source, key: unknown): boolean {
  const keys = open.get(source) ?? new Set();
  if (keys.has(key)) return false;
  const verification = source.unverified(key);
  if (verification === undefined) return false;
  open.set(source, keys.add(key));
  stack.push({
    source,
    key,
    next: 0,
    reads: verification.reads,
    since: verification.since,
    finish: verification.finish,
  });
  return true;
}
