import type { Clock } from '../host/clock.ts';
import type { ProjectInput } from '../model/project-input.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Job, NodeOutcome } from './node-outcome.ts';
import { RenderThread } from './render-thread.ts';

/** What asking the warehouse something beside a run needs. */
export interface AskOptions {
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
  const { workerFile, input, warehouse, clock, signal } = options;
  const open = [...jobs];
  const work = async (number: number): Promise<void> => {
    const thread = new RenderThread({ workerFile, input, warehouse });
    try {
      for (let job = open.shift(); job !== undefined; job = open.shift()) {
        const [startedAt, begun] = [clock.now(), clock.elapsed()];
        const outcome = await thread.do(job, signal);
        const seconds = (clock.elapsed() - begun) / 1000;
        ended(job, outcome, { startedAt, completedAt: clock.now(), seconds, thread: `Thread-${number + 1}` });
      }
    } finally {
      await thread.close();
    }
  };
  const nThreads = Math.max(Math.min(options.threads, jobs.length), 1);
  await Promise.all(Array.from({ length: nThreads }, (_, number) => work(number)));
}
