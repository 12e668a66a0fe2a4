import { setMaxListeners } from 'node:events';
import type { Manifest, NodeConfig, OperationNode, UniqueId } from '../dbt/manifest/node.ts';
import type { Clock } from '../host/clock.ts';
import type { ModelDb } from '../model/db.ts';
import type { ProjectInput } from '../model/project-input.ts';
import type { SeenRelation } from '../model/seen-relations.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { codeArtifacts, runResultsArtifact, type Artifact } from './artifacts.ts';
import { builtPlaces, seenRelationsOf } from './built-columns.ts';
import type { RunEvent } from './events.ts';
import type { Job, NodeOutcome } from './node-outcome.ts';
import { buildInBatches, isBatched, type ContinuedRun } from './microbatch-node.ts';
import { notRunResult, resultOf } from './node-result.ts';
import { planRun, widthOf, type PlannedNode, type RunCommand } from './plan.ts';
import { RenderPool } from './render-pool.ts';
import type { NodeFailure, NodeResult } from './result.ts';
import { runPlan, type Spread } from './schedule.ts';

/** What a run needs. `db` and `input` are the same project: one in this thread, one for the rendering threads. */
export interface RunOptions {
  readonly db: ModelDb;
  readonly input: ProjectInput;
  readonly command: RunCommand;
  /** The selected ids; the command takes the kinds it works on. */
  readonly selected: readonly UniqueId[];
  readonly warehouse: Warehouse;
  readonly threads: number;
  readonly failFast: boolean;
  /** The run that this one goes on with: `retry`. */
  readonly continued?: ContinuedRun;
  /** Takes warnings of tests for failures. */
  readonly warnError?: boolean;
  /** The bundle of `run/worker.ts`. */
  readonly workerFile: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onEvent: (event: RunEvent) => void;
  readonly onArtifact: (artifact: Artifact) => void;
  /** Takes what the warehouse says of the relations that were built; they are not looked at when nobody takes it. */
  readonly onSeen?: (relations: readonly SeenRelation[]) => void;
}

/** How a run ended. `refused`: nothing ran, and the failure says why. */
export type RunOutcome =
  | { readonly kind: 'done' | 'cancelled'; readonly results: readonly NodeResult[]; readonly seconds: number }
  | { readonly kind: 'refused'; readonly failure: NodeFailure };

/**
 * Runs, builds, tests or compiles the selected nodes: opens the warehouse, creates missing schemas, runs the project's
 * hooks around the nodes, and leaves dbt's artifacts. It renders from the texts it was given, whatever changes meanwhile.
 */
export async function runProject(options: RunOptions): Promise<RunOutcome> {
  const run = new Run(options);
  try {
    return await run.run();
  } finally {
    await run.close();
  }
}

/** A project of more nodes is read by a thread only when there is work for it. */
const WARMED_NODES = 1000;

/** When work began: by the clock on the wall, and by the one that only counts. */
interface Since {
  readonly startedAt: string;
  readonly begun: number;
}

const NOT_SEEN = 'The columns of what was built could not be read.';

/** The commands that build tables. */
const REHEARSED: ReadonlySet<RunCommand> = new Set(['run', 'build']);

type HookMoment = 'on-run-start' | 'on-run-end';

/** Lives for one run. */
class Run {
  readonly #options: RunOptions;
  readonly #manifest: Manifest;
  readonly #pool: RenderPool;
  readonly #begun: number;
  #hold: { readonly close: () => Promise<void> } | undefined;

  constructor(options: RunOptions) {
    const { workerFile, input, db, warehouse, threads, command } = options;
    this.#options = options;
    this.#manifest = db.manifest();
    this.#pool = new RenderPool({
      workerFile,
      input,
      db,
      warehouse,
      lanes: threads,
      rehearses: REHEARSED.has(command),
    });
    this.#begun = options.clock.elapsed();
  }

  async run(): Promise<RunOutcome> {
    const { command, selected, signal, onEvent } = this.#options;
    // Every thread and every statement in flight listens for the end of the run.
    setMaxListeners(0, signal);
    const plan = planRun(command, selected, this.#manifest);
    this.#warm(plan.nodes.length);
    const refusal = command === 'compile' || plan.nodes.length === 0 ? undefined : await this.#prepare(plan.nodes);
    if (refusal !== undefined) return signal.aborted ? this.#ended([]) : { kind: 'refused', failure: refusal };
    onEvent({ kind: 'planned', nodes: plan.nodes });
    if (command !== 'compile') this.#pool.openSessions(widthOf(plan));
    const hasHooks = command !== 'compile' && command !== 'clone' && plan.nodes.length > 0;
    const before = hasHooks ? await this.#hooks('on-run-start', []) : [];
    const results = await runPlan(plan, {
      threads: Math.max(this.#options.threads, 1),
      failFast: this.#options.failFast,
      signal,
      work: (node, thread, spread) => this.#work(node, thread, spread),
      notRun: (node, why, message) => notRunResult(node, why, message, this.#options.clock),
      started: node => onEvent({ kind: 'started', node }),
      finished: (node, result) => this.#finished(node, result),
    });
    const after = hasHooks && !signal.aborted ? await this.#hooks('on-run-end', results) : [];
    const ended = this.#ended([...before, ...results, ...after]);
    await this.#lookAtBuilt(results);
    return ended;
  }

  /** Reads the columns of what was built. What keeps it from that is told, and is no failure of the run. */
  async #lookAtBuilt(results: readonly NodeResult[]): Promise<void> {
    const { command, db, clock, signal, onEvent, onSeen } = this.#options;
    if (onSeen === undefined || signal.aborted) return;
    const told = { seenBy: command, target: db.project().targetName };
    for (const built of builtPlaces(command, results, this.#manifest)) {
      const outcome = await this.#job({ kind: 'catalog', ...built.place }, 0);
      const message = outcome.failure?.message;
      if (message !== undefined) onEvent({ kind: 'log', level: 'info', message: `${NOT_SEEN} ${message}` });
      onSeen(seenRelationsOf(built, outcome, { ...told, seenAt: clock.now() }));
    }
  }

  /** Starts the threads that will be needed while the first nodes work, unless reading the project is itself much work. */
  #warm(nNodes: number): void {
    if (this.#manifest.nodes.size <= WARMED_NODES) this.#pool.warm(nNodes);
  }

  async close(): Promise<void> {
    await this.#pool.close();
    await this.#hold?.close();
  }

  /** Opens the warehouse and makes the schemas; answers why that cannot be done. */
  async #prepare(nodes: readonly PlannedNode[]): Promise<NodeFailure | undefined> {
    const session = await this.#options.warehouse.session();
    if (!session.ok) return { message: session.failure.message, place: undefined };
    // Held open until the end, so that the warehouse stays open between the sessions of the threads.
    this.#hold = session.value;
    const outcome = await this.#job({ kind: 'schemas', ids: nodes.map(node => node.id) }, 0);
    return outcome.failure;
  }

  async #work(node: PlannedNode, thread: number, spread: Spread): Promise<NodeResult> {
    const { command, db } = this.#options;
    const kind = command === 'compile' || command === 'clone' ? command : 'run';
    if (kind === 'run' && isBatched(db, node.id)) return this.#inBatches(node, thread, spread);
    return this.#timed(node, { kind, id: node.id }, thread);
  }

  #inBatches(node: PlannedNode, thread: number, spread: Spread): Promise<NodeResult> {
    const { db, input, continued, clock, signal, onEvent, onArtifact } = this.#options;
    const since = { startedAt: clock.now(), begun: clock.elapsed() };
    return buildInBatches(node, {
      db,
      settings: input.settings,
      continued,
      thread,
      spread,
      signal,
      job: (job, on) => this.#job(job, on),
      timed: (job, on) => this.#timed(node, job, on),
      judged: outcome => this.#judged(node, outcome, since, thread),
      ended: (batch, result) => {
        const declared = this.#manifest.nodes.get(node.id);
        if (declared !== undefined) for (const it of codeArtifacts(result, declared, batch.name)) onArtifact(it);
        onEvent({ kind: 'batch', node, batch });
      },
    });
  }

  async #hooks(when: HookMoment, results: readonly NodeResult[]): Promise<readonly NodeResult[]> {
    const ended: NodeResult[] = [];
    for (const hook of hooksOf(this.#manifest, when)) {
      if (this.#options.signal.aborted) return ended;
      const node = describeHook(hook, when);
      this.#options.onEvent({ kind: 'started', node });
      const result = hookResult(node.name, await this.#timed(node, { kind: 'hook', id: hook.uniqueId, results }, 0));
      this.#options.onEvent({ kind: 'finished', node, result });
      ended.push(result);
    }
    return ended;
  }

  async #timed(node: PlannedNode, job: Job, thread: number): Promise<NodeResult> {
    const { clock } = this.#options;
    const since = { startedAt: clock.now(), begun: clock.elapsed() };
    return this.#judged(node, await this.#job(job, thread), since, thread);
  }

  #judged(node: PlannedNode, outcome: NodeOutcome, { startedAt, begun }: Since, thread: number): NodeResult {
    const { clock, signal } = this.#options;
    const time = { startedAt, seconds: (clock.elapsed() - begun) / 1000, thread: `Thread-${thread + 1}` };
    return resultOf(node, outcome, time, {
      config: this.#config(node.id),
      clock,
      isCancelled: signal.aborted,
      warnError: this.#options.warnError ?? false,
    });
  }

  async #job(job: Job, thread: number): Promise<NodeOutcome> {
    const { signal, onEvent } = this.#options;
    const outcome = await this.#pool.do(job, thread, signal);
    for (const entry of outcome.log) onEvent({ kind: 'log', ...entry });
    return outcome;
  }

  #finished(node: PlannedNode, result: NodeResult): void {
    const { onEvent, onArtifact } = this.#options;
    const declared = this.#manifest.nodes.get(result.id) ?? this.#manifest.unitTests.get(result.id);
    if (declared !== undefined) for (const artifact of codeArtifacts(result, declared)) onArtifact(artifact);
    onEvent({ kind: 'finished', node, result });
  }

  #ended(results: readonly NodeResult[]): RunOutcome {
    const { clock, signal, input, command, onArtifact } = this.#options;
    const seconds = (clock.elapsed() - this.#begun) / 1000;
    const facts = {
      settings: input.settings,
      generatedAt: clock.now(),
      seconds,
      arguments: {
        ...input.settings.flags,
        which: command,
        vars: input.settings.vars,
        target: this.#options.db.project().targetName,
      },
      relationName: (id: UniqueId) => this.#manifest.nodes.get(id)?.relation.relationName,
    };
    onArtifact(runResultsArtifact(results, facts));
    return { kind: signal.aborted ? 'cancelled' : 'done', results, seconds };
  }

  #config(id: UniqueId): NodeConfig {
    return (this.#manifest.nodes.get(id) ?? this.#manifest.unitTests.get(id))?.config ?? new Map();
  }
}

/** The hooks of one moment: the root project's before those of packages, each in the order in which it is written. */
function hooksOf(manifest: Manifest, when: HookMoment): readonly OperationNode[] {
  const hooks: OperationNode[] = [];
  for (const node of manifest.nodes.values()) {
    if (node.resourceType === 'operation' && node.name.startsWith(`${node.packageName}-${when}-`)) hooks.push(node);
  }
  return hooks;
}

function describeHook(hook: OperationNode, when: HookMoment): PlannedNode {
  return {
    id: hook.uniqueId,
    // dbt's way to name it in results.
    name: `${hook.packageName}.${when}.${hook.index}`,
    resourceType: 'operation',
    materialized: undefined,
    relation: undefined,
    file: hook.file,
  };
}

function hookResult(name: string, result: NodeResult): NodeResult {
  if (result.status === 'success') return { ...result, failures: 0, message: `${name} passed` };
  return result.failure === undefined
    ? result
    : { ...result, failures: 1, message: `${name} failed, error:\n ${result.failure.message}` };
}
