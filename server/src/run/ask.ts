import type { Clock } from '../host/clock.ts';
import type { ModelDb } from '../model/db.ts';
import type { ProjectInput } from '../model/project-input.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Job, NodeOutcome } from './node-outcome.ts';
import { RenderPool } from './render-pool.ts';

/** What asking the warehouse something beside a run needs. */
export interface AskOptions {
  readonly db: ModelDb;
  readonly input: ProjectInput;
  readonly warehouse: Warehouse;
  readonly threads: number;
  /** The bundle of `run/worker.ts`. */
  readonly workerFile: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** When a job was worked on, and by whom. */
export interface AskTime {
  readonly startedAt: string;
  readonly completedAt: string;
  readonly seconds: number;
  readonly thread: string;
}

/** Does independent jobs on rendering threads, each as soon as a thread is free; every one ends in an outcome. */
export async function askAll<J extends Job>(
  jobs: readonly J[],
  options: AskOptions,
  ended: (job: J, outcome: NodeOutcome, time: AskTime) => void,
): Promise<void> {
  const { clock, signal } = options;
  const lanes = Math.max(Math.min(options.threads, jobs.length), 1);
  const pool = new RenderPool({ ...options, lanes });
  const open = [...jobs];
  const work = async (lane: number): Promise<void> => {
    for (let job = open.shift(); job !== undefined; job = open.shift()) {
      const [startedAt, begun] = [clock.now(), clock.elapsed()];
      const outcome = await pool.do(job, lane, signal);
      const seconds = (clock.elapsed() - begun) / 1000;
      ended(job, outcome, { startedAt, completedAt: clock.now(), seconds, thread: `Thread-${lane + 1}` });
    }
  };
  try {
    await Promise.all(Array.from({ length: lanes }, (_, lane) => work(lane)));
  } finally {
    await pool.close();
  }
}
