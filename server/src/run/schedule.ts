import type { UniqueId } from '../dbt/manifest/node.ts';
import type { Plan, PlannedNode } from './plan.ts';
import { isFailure, type NodeResult, type NodeStatus } from './result.ts';

/** A part of a node's work; it is told which thread does it, and never fails. */
export type Task = (thread: number) => Promise<void>;

/** Does parts of a node's work on its own thread and on those that have nothing else to do; ends when all have ended. */
export type Spread = (tasks: readonly Task[]) => Promise<void>;

/** How a plan is worked off. */
export interface ScheduleOptions {
  readonly threads: number;
  /** After the first failure nothing becomes ready any more; what was ready is worked off, as dbt does. */
  readonly failFast: boolean;
  readonly signal: AbortSignal;
  /** Does one node on one of the threads, numbered from 0; it answers also when it fails. */
  readonly work: (node: PlannedNode, thread: number, spread: Spread) => Promise<NodeResult>;
  /** The result of a node that never started. */
  readonly notRun: (node: PlannedNode, why: 'skipped' | 'cancelled', message: string | undefined) => NodeResult;
  readonly started: (node: PlannedNode) => void;
  readonly finished: (node: PlannedNode, result: NodeResult) => void;
}

/**
 * Works off a plan: every node once all it waits for has ended well, as many side by side as there are threads. What
 * lies below a failure is skipped. Answers with the results in the order in which the nodes ended.
 */
export async function runPlan(plan: Plan, options: ScheduleOptions): Promise<readonly NodeResult[]> {
  const schedule = new Schedule(plan, options);
  await Promise.all(Array.from({ length: Math.max(options.threads, 1) }, (_, thread) => schedule.thread(thread)));
  return schedule.end();
}

/** Statuses after which `--fail-fast` ends the run. */
const FAILED: ReadonlySet<NodeStatus> = new Set(['error', 'partial success', 'fail']);

/** Lives for one run. */
class Schedule {
  readonly #options: ScheduleOptions;
  /** Nodes that have not started, and the planned nodes each still waits for. */
  readonly #waiting: Map<PlannedNode, Set<UniqueId>>;
  readonly #below = new Map<UniqueId, PlannedNode[]>();
  readonly #ready: PlannedNode[];
  readonly #results: NodeResult[] = [];
  /** Threads that found nothing to do, to be woken when a node has ended. */
  #idle: (() => void)[] = [];
  /** Parts of running nodes that any thread may take. */
  readonly #shared: Task[][] = [];
  #nRunning = 0;
  #hasFailed = false;

  constructor(plan: Plan, options: ScheduleOptions) {
    this.#options = options;
    this.#waiting = new Map(plan.nodes.map(node => [node, new Set(plan.waitsFor.get(node.id))]));
    for (const [node, parents] of this.#waiting) {
      for (const id of parents) this.#below.set(id, [...(this.#below.get(id) ?? []), node]);
    }
    this.#ready = plan.nodes.filter(node => this.#waiting.get(node)?.size === 0);
  }

  async thread(thread: number): Promise<void> {
    for (;;) {
      const node = this.#isStopped() ? undefined : this.#ready.shift();
      const task = node === undefined ? this.#shared.find(it => it.length > 0)?.shift() : undefined;
      if (node !== undefined) await this.#run(node, thread);
      else if (task !== undefined) await task(thread);
      else if (this.#nRunning === 0) return this.#wake();
      else await new Promise<void>(resolve => this.#idle.push(resolve));
    }
  }

  /** Accounts for what never started: after a cancel, a first failure with `--fail-fast`, or in a cycle. */
  end(): readonly NodeResult[] {
    const why = this.#options.signal.aborted ? 'cancelled' : 'skipped';
    const message = why === 'skipped' && this.#options.failFast ? 'Skipping due to fail_fast' : undefined;
    for (const node of this.#waiting.keys()) this.#record(node, this.#options.notRun(node, why, message));
    return this.#results;
  }

  #isStopped(): boolean {
    return this.#options.signal.aborted;
  }

  get #takesNoMore(): boolean {
    return this.#isStopped() || (this.#options.failFast && this.#hasFailed);
  }

  async #run(node: PlannedNode, thread: number): Promise<void> {
    this.#waiting.delete(node);
    this.#nRunning++;
    this.#options.started(node);
    const result = await this.#options.work(node, thread, tasks => this.#spread(tasks, thread));
    this.#nRunning--;
    this.#record(node, result);
    if (isFailure(result.status)) this.#skipBelow(result.id);
    else this.#release(result.id);
    this.#wake();
  }

  async #spread(tasks: readonly Task[], thread: number): Promise<void> {
    const running: Promise<void>[] = [];
    const open = tasks.map(task => (taker: number): Promise<void> => {
      const work = task(taker);
      running.push(work);
      return work;
    });
    this.#shared.push(open);
    this.#wake();
    for (let task = open.shift(); task !== undefined; task = open.shift()) await task(thread);
    this.#shared.splice(this.#shared.indexOf(open), 1);
    await Promise.all(running);
  }

  #release(id: UniqueId): void {
    if (this.#takesNoMore) return;
    for (const node of this.#below.get(id) ?? []) {
      const parents = this.#waiting.get(node);
      if (parents?.delete(id) === true && parents.size === 0) this.#ready.push(node);
    }
  }

  #skipBelow(id: UniqueId): void {
    // What a cancel or the end of a run with `--fail-fast` leaves over is accounted for at the end.
    if (this.#takesNoMore) return;
    for (const node of this.#below.get(id) ?? []) {
      if (!this.#waiting.delete(node)) continue;
      this.#record(node, this.#options.notRun(node, 'skipped', undefined));
      this.#skipBelow(node.id);
    }
  }

  #record(node: PlannedNode, result: NodeResult): void {
    this.#results.push(result);
    if (FAILED.has(result.status)) this.#hasFailed = true;
    this.#options.finished(node, result);
  }

  #wake(): void {
    const idle = this.#idle;
    this.#idle = [];
    for (const resolve of idle) resolve();
  }
}
