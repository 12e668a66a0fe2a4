import type { Database, Fact, Revision } from './database.ts';

/** Facts set from outside, by key. `undefined` is the value of every key that was never set. */
export class Input<K, V> {
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
    const cell = this.#cell(key);
    this.#db.record(cell);
    return cell.value;
  }

  /** Sets a value; an equal one changes nothing and starts no new revision. Answers whether it changed. */
  set(key: K, value: V | undefined): boolean {
    const cell = this.#cell(key);
    const old = cell.value;
    if (old === value) return false;
    if (old !== undefined && value !== undefined && this.#equals(old, value)) return false;
    this.#db.revision += 1;
    cell.value = value;
    cell.setAt = this.#db.revision;
    return true;
  }

  #cell(key: K): Cell<V> {
    const known = this.#cells.get(key);
    if (known !== undefined) return known;
    const cell = new Cell<V>(this.name, key);
    this.#cells.set(key, cell);
    return cell;
  }
}

/** The value behind one key; always up to date. */
class Cell<V> implements Fact {
  lastReader = 0;
  value: V | undefined = undefined;
  setAt: Revision = 0;
  readonly #name: string;
  readonly #key: unknown;

  constructor(name: string, key: unknown) {
    this.#name = name;
    this.#key = key;
  }

  get reads(): readonly Fact[] {
    return [];
  }

  get verifiedAt(): Revision {
    return this.setAt;
  }

  label(): string {
    return `${this.#name}(${String(this.#key)})`;
  }

  isUnverified(): boolean {
    return false;
  }

  finishVerification(): void {
    // An input is what was set: there is nothing to verify.
  }

  changedAt(): Revision {
    return this.setAt;
  }
}
