import { availableParallelism } from 'node:os';
import { bug } from '../base/bug.ts';
import type { RelationChange } from '../dbt/context/known-relations.ts';
import type { ModelDb } from '../model/db.ts';
import type { ProjectInput } from '../model/project-input.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { JobStatements } from './job-statements.ts';
import { Lane } from './lane.ts';
import type { Job, NodeOutcome, OutcomeMessage } from './node-outcome.ts';
import { NOTHING, refusedOutcome } from './outcome-of.ts';
import { RenderThread, type Rendered } from './render-thread.ts';

/** What a pool is made from. */
export interface PoolOptions {
  /** The bundle of `run/worker.ts`. */
  readonly workerFile: string;
  /** The project, as the rendering threads read it; `db` is the same in this thread. */
  readonly input: ProjectInput;
  readonly db: ModelDb;
  readonly warehouse: Warehouse;
  /** How many jobs may be under way at the same time, each on a session of its own. */
  readonly lanes: number;
  /** Whether threads practise building tables before their first job. */
  readonly rehearses?: boolean;
}

/** A processor that is idle for less than this is no reason for another thread. */
const HALF_A_THREAD = 0.5;

/** How long jobs wait before it is seen whether the threads sleep. */
const PATIENCE_MS = 25;

/**
 * Does jobs side by side. A job holds one of a few rendering threads, as many as there are processors, only while its
 * templates work; what it sent and does not look at, the warehouse works off meanwhile. Where threads have to wait for
 * answers while jobs wait for a thread, more are started, up to one for each lane.
 */
export class RenderPool {
  readonly #options: PoolOptions;
  readonly #lanes: readonly Lane[];
  readonly #threads = new Set<RenderThread>();
  readonly #free: RenderThread[] = [];
  readonly #waiting: ((thread: RenderThread) => void)[] = [];
  /** What happened to the warehouse's relations, in order, and how many of these changes each thread knows of. */
  readonly #changes: RelationChange[] = [];
  readonly #nKnown = new WeakMap<RenderThread, number>();
  #growth: NodeJS.Timeout | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#lanes = Array.from({ length: Math.max(options.lanes, 1) }, () => new Lane(options.warehouse));
  }

  /** Starts the threads for so many jobs ahead of the first. */
  warm(nJobs: number): void {
    const wanted = Math.min(nJobs, this.#lanes.length, availableParallelism());
    while (this.#threads.size < wanted) this.#start();
  }

  /** Opens the sessions of so many lanes ahead of their first statements. */
  openSessions(nLanes: number): void {
    for (const lane of this.#lanes.slice(0, nLanes)) lane.open();
  }

  /** Does one job on a lane, numbered from 0; the next one may be given to it when this has ended. */
  async do(job: Job, at: number, signal: AbortSignal): Promise<NodeOutcome> {
    const lane = this.#lanes[at] ?? bug('no such lane', { at });
    const statements = await lane.begin(signal);
    const rendered = await this.#render(job, statements, signal);
    if (rendered.kind === 'outcome') return this.#outcome(job, rendered, statements);
    // After the end of a thread anything may have changed.
    lane.abandon();
    this.#changes.push({ kind: 'unknown' });
    const { why: message } = rendered;
    return { ...NOTHING, failure: { message, place: undefined, dbtMessage: `Internal Error\n  ${message}` } };
  }

  async close(): Promise<void> {
    this.#stopWatching();
    await Promise.all([...this.#threads].map(thread => thread.close()));
    await Promise.all(this.#lanes.map(lane => lane.close()));
  }

  async #render(job: Job, statements: JobStatements, signal: AbortSignal): Promise<Rendered> {
    const thread = await this.#take();
    const nKnown = this.#nKnown.get(thread) ?? 0;
    // Its own changes come to a thread once more, which changes nothing.
    const changes = this.#changes.slice(nKnown);
    this.#nKnown.set(thread, nKnown + changes.length);
    const rendered = await thread.render({ job, changes }, statements, signal);
    this.#give(thread);
    return rendered;
  }

  /** Waits for what is still open, and tells how the job ended. */
  async #outcome(job: Job, { outcome, changes }: OutcomeMessage, statements: JobStatements): Promise<NodeOutcome> {
    const { open, ...rendered } = outcome;
    const { answered, refused } = await statements.settled();
    if (refused !== undefined) {
      this.#changes.push({ kind: 'unknown' });
      const statement = open?.statements.find(it => it.number === refused.number);
      if (statement === undefined) return bug('no such statement was open', { number: refused.number });
      if (statement.isInTransaction) await rollBack(statements);
      const id = 'id' in job ? job.id : undefined;
      return refusedOutcome(this.#options.db, id, rendered, { statement, failure: refused.failure });
    }
    this.#changes.push(...changes);
    const answers = new Map(answered.flatMap(([nth, answer]) => (typeof answer === 'number' ? [] : [[nth, answer]])));
    if ([...answers.values()].some(it => it.cascaded === true)) this.#changes.push({ kind: 'unknown' });
    const main = answers.get(open?.main ?? 0);
    return main === undefined ? rendered : { ...rendered, status: main.status, rows: main.rowsAffected };
  }

  /** A thread for a job: a free one, a new one while there are processors for it, or the first that comes free. */
  async #take(): Promise<RenderThread> {
    for (let free = this.#free.pop(); free !== undefined; free = this.#free.pop()) {
      if (!free.hasEnded) return free;
      this.#threads.delete(free);
    }
    this.warm(this.#threads.size + 1);
    return new Promise(resolve => {
      this.#waiting.push(resolve);
      this.#watch();
    });
  }

  #give(thread: RenderThread): void {
    if (thread.hasEnded) {
      this.#leave(thread);
      return;
    }
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(thread);
    else next(thread);
  }

  #leave(thread: RenderThread): void {
    this.#threads.delete(thread);
    if (this.#waiting.length > 0) this.warm(this.#threads.size + 1);
  }

  #start(): void {
    const { workerFile, input, rehearses = false } = this.#options;
    const thread = new RenderThread(workerFile, { input, rehearses });
    this.#threads.add(thread);
    void thread.ready.then(() => {
      // A thread that could not start tells a job why.
      if (thread.hasEnded) this.#waiting.shift()?.(thread);
      this.#give(thread);
    });
  }

  /** Looks now and then, as long as jobs wait, whether the threads use the processors or sleep. */
  #watch(): void {
    if (this.#growth !== undefined) return;
    let since = performance.now();
    for (const thread of this.#threads) thread.takeSlept(since);
    this.#growth = setInterval(() => {
      const now = performance.now();
      const passed = now - since;
      since = now;
      if (this.#waiting.length > 0) this.#grow(now, passed);
      else this.#stopWatching();
    }, PATIENCE_MS);
  }

  #stopWatching(): void {
    clearInterval(this.#growth);
    this.#growth = undefined;
  }

  /** Starts a thread when those that are there have slept for as long as one could have worked. */
  #grow(now: number, passed: number): void {
    const asleep = [...this.#threads].reduce((sum, thread) => sum + thread.takeSlept(now) / passed, 0);
    const awake = this.#threads.size - asleep;
    const hasRoom = this.#threads.size < this.#lanes.length;
    if (hasRoom && awake + HALF_A_THREAD < availableParallelism()) this.#start();
  }
}

/** What broke the transaction has been told; one that cannot be rolled back has gone with its connection. */
async function rollBack(statements: JobStatements): Promise<void> {
  statements.ask([{ kind: 'execute', sql: 'ROLLBACK', fetch: false, isGivenUp: true }]);
  await statements.settled();
}
