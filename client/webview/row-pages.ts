import type { GridCell, RowPage } from '../../server/src/protocol.ts';

/** A stretch of rows. */
export interface Stretch {
  readonly first: number;
  readonly count: number;
}

/**
 * The rows of a result that have arrived, and which ones were asked for. Those far from where the user looks are
 * dropped when there are many: they can be asked for again.
 */
export class RowPages {
  readonly #blocks = new Map<number, (readonly GridCell[])[]>();
  readonly #asked = new Set<number>();
  #total: number;

  constructor(total: number, first: RowPage) {
    this.#total = total;
    this.add(first, total);
  }

  row(index: number): readonly GridCell[] | undefined {
    return this.#blocks.get(blockOf(index))?.[index % BLOCK];
  }

  /** Takes rows, and how many the result has by now. */
  add(page: RowPage, total: number): void {
    this.#total = total;
    for (const [offset, row] of page.rows.entries()) {
      const index = page.first + offset;
      const block = this.#blocks.get(blockOf(index)) ?? [];
      this.#blocks.set(blockOf(index), block);
      block[index % BLOCK] = row;
    }
    if (this.#blocks.size > KEPT_BLOCKS) this.#dropFarFrom(blockOf(page.first));
  }

  /** The first stretch of rows that is wanted, not here and not yet asked for; it counts as asked for from now on. */
  missing(first: number, end: number): Stretch | undefined {
    for (let block = blockOf(first); block * BLOCK < Math.min(end, this.#total); block++) {
      if (this.#asked.has(block) || this.#isHere(block)) continue;
      this.#asked.add(block);
      return { first: block * BLOCK, count: Math.min(BLOCK, this.#total - block * BLOCK) };
    }
    return undefined;
  }

  #dropFarFrom(view: number): void {
    const farthest = [...this.#blocks.keys()].sort((a, b) => Math.abs(b - view) - Math.abs(a - view));
    for (const block of farthest.slice(0, this.#blocks.size - KEPT_BLOCKS / 2)) {
      this.#blocks.delete(block);
      this.#asked.delete(block);
    }
  }

  #isHere(block: number): boolean {
    for (let index = block * BLOCK; index < Math.min((block + 1) * BLOCK, this.#total); index++) {
      if (this.row(index) === undefined) return false;
    }
    return true;
  }
}

const BLOCK = 200;
const KEPT_BLOCKS = 200;

const blockOf = (index: number): number => Math.floor(index / BLOCK);
