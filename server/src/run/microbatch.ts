import type { TableState } from '../dbt/compile/table-state.ts';
import type { BatchPart } from '../dbt/microbatch/batch-part.ts';
import { batchName, type Batch, type BatchSize } from '../dbt/microbatch/batches.ts';
import type { BatchProgress } from './events.ts';
import type { Spread } from './schedule.ts';
import type { BatchResults, NodeResult } from './result.ts';

/** What building a model in batches needs. */
export interface BatchWork {
  readonly size: BatchSize;
  /** At least one, the earliest first. */
  readonly batches: readonly Batch[];
  readonly state: TableState;
  /** Whether batches between the first and the last one may be built side by side. */
  readonly isConcurrent: boolean;
  readonly thread: number;
  readonly spread: Spread;
  readonly signal: AbortSignal;
  /** Builds one batch on a thread. */
  readonly build: (part: BatchPart, thread: number) => Promise<NodeResult>;
  readonly ended: (progress: BatchProgress, result: NodeResult) => void;
}

/** What became of one batch; `undefined` for one that was not begun. */
interface BuiltBatch {
  readonly batch: Batch;
  readonly result: NodeResult | undefined;
}

/**
 * Builds the batches of a model as dbt does: the first alone, for it makes the table; if it fails no other is begun;
 * the others one after the other or side by side; the last one alone again. Answers what became of each, in their order.
 */
export async function buildBatches(work: BatchWork): Promise<readonly BuiltBatch[]> {
  const { batches, thread, spread, signal } = work;
  const built: BuiltBatch[] = batches.map(batch => ({ batch, result: undefined }));
  const build = async (at: number, on: number): Promise<void> => {
    const batch = batches[at];
    if (batch === undefined || signal.aborted) return;
    const result = await work.build(partOf(work, batch, at), on);
    built[at] = { batch, result };
    work.ended({ name: batchName(batch, work.size), nth: at + 1, total: batches.length, result }, result);
  };
  await build(0, thread);
  if (built[0]?.result?.status !== 'success') return built;
  const last = batches.length - 1;
  const between = batches.slice(1, last).map((_, index) => index + 1);
  if (work.isConcurrent) await spread(between.map(at => on => build(at, on)));
  else for (const at of between) await build(at, thread);
  if (last > 0) await build(last, thread);
  return built;
}

function partOf({ size, batches, state }: BatchWork, batch: Batch, at: number): BatchPart {
  const isFirst = at === 0;
  return { ...batch, size, isFirst, isLast: at === batches.length - 1, isIncremental: !isFirst || state.isIncremental };
}

/** The result of a model from those of its batches, and from the batches that an earlier run has built. */
export function mergedResult(
  built: readonly BuiltBatch[],
  { whole, before, size }: { readonly whole: NodeResult; readonly before: readonly Batch[]; readonly size: BatchSize },
): NodeResult {
  const isBuilt = ({ result }: BuiltBatch): boolean => result?.status === 'success';
  const successful = built.filter(isBuilt).map(it => it.batch);
  const failed = built.filter(it => !isBuilt(it)).map(it => it.batch);
  const rows = built.flatMap(({ result }) => result?.rows ?? []);
  return {
    ...whole,
    ...verdict(successful.length, failed.length, whole),
    rows: rows.length === 0 ? undefined : rows.reduce((sum, it) => sum + it, 0),
    failures: 0,
    failure: firstFailure(built, size),
    batches: { successful: [...successful, ...before], failed },
  };
}

function verdict(nBuilt: number, nFailed: number, whole: NodeResult): Pick<NodeResult, 'status' | 'message'> {
  if (nFailed === 0) return { status: 'success', message: 'SUCCESS' };
  if (nBuilt > 0) return { status: 'partial success', message: `PARTIAL SUCCESS (${nBuilt}/${nBuilt + nFailed})` };
  return whole.status === 'cancelled'
    ? { status: 'cancelled', message: whole.message }
    : { status: 'error', message: 'ERROR' };
}

/** dbt's own message counts only; a person wants to read what went wrong first. */
function firstFailure(built: readonly BuiltBatch[], size: BatchSize): NodeResult['failure'] {
  const first = built.find(({ result }) => result?.failure !== undefined);
  if (first?.result?.failure === undefined) return undefined;
  const { message, place } = first.result.failure;
  return { message: `batch ${batchName(first.batch, size)}: ${message}`, place };
}

/** What an earlier run left of a model's batches; only where it has built some is the rest taken up. */
export const isContinued = (results: BatchResults | undefined): results is BatchResults =>
  results !== undefined && results.successful.length > 0 && results.failed.length > 0;
