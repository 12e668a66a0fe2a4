import type { UniqueId } from '../dbt/manifest/node.ts';
import type { Plan, PlannedNode } from './plan.ts';
import { isFailure, type NodeResult } from './result.ts';

/** How a plan is worked off. */
export interface ScheduleOptions {
  readonly threads: number;
  /** After the first failure nothing becomes ready any more; what was ready is worked off, as dbt does. */
  readonly failFast: boolean;
  readonly signal: AbortSignal;
  /** Does one node on one of the threads, numbered from 0; it answers also when it fails. */
  readonly work: (node: PlannedNode, thread: number) => Promise<NodeResult>;
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
      if (node !== undefined) await this.#run(node, thread);
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
    const result = await this.#options.work(node, thread);
    this.#nRunning--;
    this.#record(node, result);
    if (isFailure(result.status)) this.#skipBelow(result.id);
    else this.#release(result.id);
    this.#wake();
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
    if (result.status === 'error' || result.status === 'fail') this.#hasFailed = true;
    this.#options.finished(node, result);
  }

  #wake(): void {
    const idle = this.#idle;
    this.#idle = [];
    for (const resolve of idle) resolve();
  }
}
