import { batchesOf, type Batch, type Moment } from '../dbt/microbatch/batches.ts';
import { isMicrobatch } from '../dbt/microbatch/mistakes.ts';
import { wallMoment } from '../dbt/microbatch/moment.ts';
import { isConcurrent, microbatchSettings, usesBatches, type MicrobatchSettings } from '../dbt/microbatch/settings.ts';
import type { TableState } from '../dbt/compile/table-state.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import type { ModelDb } from '../model/db.ts';
import type { ProjectSettings } from '../model/project-input.ts';
import type { BatchProgress } from './events.ts';
import { buildBatches, isContinued, mergedResult } from './microbatch.ts';
import type { Job, NodeOutcome } from './node-outcome.ts';
import { NOTHING } from './outcome-of.ts';
import type { PlannedNode } from './plan.ts';
import type { BatchResults, NodeResult } from './result.ts';
import type { Spread } from './schedule.ts';

/** The run that `retry` goes on with. */
export interface ContinuedRun {
  /** When it began: its batches end there. */
  readonly startedAt: string;
  readonly batches: ReadonlyMap<UniqueId, BatchResults>;
}

/** What building a node in batches needs of its run. */
export interface BatchedNode {
  readonly db: ModelDb;
  readonly settings: Pick<ProjectSettings, 'runStartedAt' | 'flags' | 'sample'>;
  readonly continued: ContinuedRun | undefined;
  readonly thread: number;
  readonly spread: Spread;
  readonly signal: AbortSignal;
  readonly job: (job: Job, thread: number) => Promise<NodeOutcome>;
  /** Does a job as a part of the node, and judges how it ended. */
  readonly timed: (job: Job, thread: number) => Promise<NodeResult>;
  /** The node's result for an outcome of the whole work, from when it began. */
  readonly judged: (outcome: NodeOutcome) => NodeResult;
  readonly ended: (progress: BatchProgress, result: NodeResult) => void;
}

/** Whether a node is built in batches: a microbatch model whose strategy is not a macro of the project's own. */
export function isBatched(db: ModelDb, id: UniqueId): boolean {
  const node = db.view().node(id);
  return node?.resourceType === 'model' && isMicrobatch(node.config) && usesBatches(db.view());
}

/** Builds a microbatch model batch by batch. */
export async function buildInBatches({ id, name }: PlannedNode, run: BatchedNode): Promise<NodeResult> {
  const view = run.db.view();
  const node = view.node(id);
  const settings = microbatchSettings(name, node?.config ?? new Map());
  if (typeof settings === 'string') return run.judged(failed(settings));
  const asked = await run.job({ kind: 'table-state', id }, run.thread);
  if (asked.state === undefined) return run.judged(asked);
  const { batches, before } = batchesToBuild(id, settings, asked.state, run);
  const built = await buildBatches({
    size: settings.size,
    batches,
    state: asked.state,
    isConcurrent: isConcurrent(view.adapterType, settings.concurrent, node?.rawCode ?? ''),
    thread: run.thread,
    spread: run.spread,
    signal: run.signal,
    build: (batch, thread) => run.timed({ kind: 'run', id, batch }, thread),
    ended: run.ended,
  });
  return mergedResult(built, { whole: run.judged(asked), before, size: settings.size });
}

interface ToBuild {
  readonly batches: readonly Batch[];
  /** What an earlier run has built of the same model. */
  readonly before: readonly Batch[];
}

function batchesToBuild(
  id: UniqueId,
  { size, begin, lookback }: MicrobatchSettings,
  { isIncremental }: TableState,
  { settings, continued }: BatchedNode,
): ToBuild {
  const left = continued?.batches.get(id);
  if (isContinued(left)) return { batches: left.failed, before: left.successful };
  const { sample } = settings;
  const from = sample?.start ?? flagMoment(settings, 'event_time_start');
  const until =
    sample?.end ?? flagMoment(settings, 'event_time_end') ?? Date.parse(continued?.startedAt ?? settings.runStartedAt);
  return { batches: batchesOf({ size, begin, lookback, isIncremental, from, until }), before: [] };
}

function flagMoment({ flags }: BatchedNode['settings'], name: string): Moment | undefined {
  const text = flags[name];
  return typeof text === 'string' ? wallMoment(text) : undefined;
}

function failed(message: string): NodeOutcome {
  const dbtMessage = `Parsing Error\n  ${message}`;
  return { ...NOTHING, failure: { message, place: undefined, dbtMessage } };
}
