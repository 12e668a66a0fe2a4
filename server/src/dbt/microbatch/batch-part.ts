import type { Batch, BatchSize } from './batches.ts';

/** One batch of a model, as it is built. Plain data: it crosses threads. */
export interface BatchPart extends Batch {
  readonly size: BatchSize;
  /** Hooks before the model run with its first batch, those after it with its last one. */
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** Whether it is added to what is there, whatever the flags say: so is every batch but the first. */
  readonly isIncremental: boolean;
}
