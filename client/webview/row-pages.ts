import type { GridCell, RowPage } from '../../server/src/protocol.ts';

/** The rows of a result that have arrived, and which ones were asked for. Grows as the user scrolls. */
export class RowPages {
  readonly #rows = new Map<number, readonly GridCell[]>();
  readonly #asked = new Set<number>();
  readonly #total: number;

  constructor(total: number, first: RowPage) {
    this.#total = total;
    this.add(first);
  }

  row(index: number): readonly GridCell[] | undefined {
    return this.#rows.get(index);
  }

  add(page: RowPage): void {
    for (const [offset, row] of page.rows.entries()) this.#rows.set(page.first + offset, row);
  }

  /** The first stretch of rows that is wanted, not here and not yet asked for; it counts as asked for from now on. */
  missing(first: number, end: number): { readonly first: number; readonly count: number } | undefined {
    for (let block = Math.floor(first / BLOCK); block * BLOCK < Math.min(end, this.#total); block++) {
      if (this.#asked.has(block) || this.#isHere(block)) continue;
      this.#asked.add(block);
      return { first: block * BLOCK, count: Math.min(BLOCK, this.#total - block * BLOCK) };
    }
    return undefined;
  }

  #isHere(block: number): boolean {
    for (let index = block * BLOCK; index < Math.min((block + 1) * BLOCK, this.#total); index++) {
      if (!this.#rows.has(index)) return false;
    }
    return true;
  }
}

const BLOCK = 200;
