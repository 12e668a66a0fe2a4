import type { Database, Revision, Source, Verification } from './database.ts';

interface Cell<V> {
  readonly value: V | undefined;
  readonly changedAt: Revision;
}

/** Facts set from outside, by key. `undefined` is the value of every key that was never set. */
export class Input<K, V> implements Source {
  readonly name: string;
  readonly #db: Database;
  readonly #equals: (a: V, b: V) => boolean;
  readonly #cells = new Map<K, Cell<V>>();

  constructor(db: Database, name: string, equals: (a: V, b: V) => boolean = Object.is) {
    this.#db = db;
    this.name = name;
    this.#equals = equals;
  }

  get(key: K): V | undefined {
    this.#db.record(this as Source, key);
    return this.#cells.get(key)?.value;
  }

  /** Sets a value; an equal one changes nothing and starts no new revision. Answers whether it changed. */
  set(key: K, value: V | undefined): boolean {
    const old = this.#cells.get(key)?.value;
    if (old === value) return false;
    if (old !== undefined && value !== undefined && this.#equals(old, value)) return false;
    this.#db.revision += 1;
    this.#cells.set(key, { value, changedAt: this.#db.revision });
    return true;
  }

  unverified(): Verification | undefined {
    return undefined;
  }

  changedAt(key: unknown): Revision {
    return this.#cells.get(key as K)?.changedAt ?? 0;
  }
}
