/** The sizes of a batch. */
export const BATCH_SIZES = ['hour', 'day', 'month', 'year'] as const;
export type BatchSize = (typeof BATCH_SIZES)[number];

/** A point in time: milliseconds since the start of 1970, UTC. Batches know no finer time than hours. */
export type Moment = number;

/** What a batch holds: the events from `start` on and before `end`. Plain data: it crosses threads. */
export interface Batch {
  readonly start: Moment;
  readonly end: Moment;
}

/** What decides which batches a microbatch model is built in. */
export interface BatchPlan {
  readonly size: BatchSize;
  /** Where a model that is built anew begins. */
  readonly begin: Moment;
  /** How many batches before the latest one are built again. */
  readonly lookback: number;
  /** Whether the model's table is there and is added to. */
  readonly isIncremental: boolean;
  /** `--event-time-start`. */
  readonly from: Moment | undefined;
  /** `--event-time-end`, else when the invocation began. */
  readonly until: Moment;
}

/** The batches of a run, the earliest first, as dbt cuts them: there is always one, and the last one ends at the end. */
export function batchesOf({ size, begin, lookback, isIncremental, from, until }: BatchPlan): readonly Batch[] {
  const end = ceiling(until, size);
  // The end stands at the edge of a batch, so the latest batch is the one before it.
  const start =
    from !== undefined || !isIncremental ? truncated(from ?? begin, size) : shifted(end, size, -lookback - 1);
  const batches: Batch[] = [];
  let next = start;
  do {
    const after = shifted(next, size, 1);
    batches.push({ start: next, end: after >= end ? end : after });
    next = after;
  } while (next < end);
  return batches;
}

/** The start of the batch that a moment lies in. */
export function truncated(moment: Moment, size: BatchSize): Moment {
  return shifted(moment, size, 0);
}

/** The start of the batch that lies some batches after the one of this moment, or before it. */
export function shifted(moment: Moment, size: BatchSize, by: number): Moment {
  const at = new Date(moment);
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  switch (size) {
    case 'year':
      return Date.UTC(year + by, 0, 1);
    case 'month':
      return Date.UTC(year, month + by, 1);
    case 'day':
      return Date.UTC(year, month, day + by);
    case 'hour':
      return Date.UTC(year, month, day, at.getUTCHours() + by);
  }
}

/** The first edge between batches at this moment or after it. */
function ceiling(moment: Moment, size: BatchSize): Moment {
  const start = truncated(moment, size);
  return start === moment ? moment : shifted(moment, size, 1);
}

const NAME_LENGTH = { year: 4, month: 7, day: 10, hour: 13 } as const satisfies Record<BatchSize, number>;

/** How a batch is called where people and file names see it: `2024-09-17`, `2024-09-17T16`, `2024`. */
export const batchName = ({ start }: Batch, size: BatchSize): string =>
  new Date(start).toISOString().slice(0, NAME_LENGTH[size]);

/** `model.batch.id`. */
export const batchId = (batch: Batch, size: BatchSize): string => batchName(batch, size).replaceAll('-', '');

/** A moment as `run_results.json` has it: `2024-09-17T00:00:00+00:00`. */
export const isoMoment = (moment: Moment): string => new Date(moment).toISOString().replace(/\.\d+Z$/, '+00:00');

/** A moment as Python prints it, which is how filters have it: `2024-09-17 00:00:00+00:00`, with a fraction if it has one. */
export function momentText(moment: Moment): string {
  const milliseconds = new Date(moment).getUTCMilliseconds();
  const fraction = milliseconds === 0 ? '' : `.${String(milliseconds * 1000).padStart(6, '0')}`;
  return isoMoment(moment).replace('T', ' ').replace('+', `${fraction}+`);
}
