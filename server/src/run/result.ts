import type { UniqueId } from '../dbt/manifest/node.ts';
import type { InjectedCte } from '../dbt/manifest/write.ts';
import type { Batch } from '../dbt/microbatch/batches.ts';
import type { Origin } from '../render/rendered.ts';

/** dbt's words for how a node ended, and `cancelled`. `partial success`: some batches of a model are built. */
export type NodeStatus = 'success' | 'partial success' | 'error' | 'skipped' | 'pass' | 'fail' | 'warn' | 'cancelled';

/** Statuses that keep what depends on the node from starting. */
export const isFailure = (status: NodeStatus): boolean => FAILURES.has(status);

const FAILURES: ReadonlySet<NodeStatus> = new Set(['error', 'partial success', 'fail', 'skipped', 'cancelled']);

/** How one node ended. Plain data: it crosses threads and processes. */
export interface NodeResult {
  readonly id: UniqueId;
  readonly status: NodeStatus;
  /** dbt's message, as `run_results.json` keeps it: what the warehouse said (`SELECT 12`), or the whole error. */
  readonly message: string | undefined;
  /** Rows of the relation that was built, where the warehouse tells. */
  readonly rows: number | undefined;
  /** For tests: how many rows fail. */
  readonly failures: number | undefined;
  readonly seconds: number;
  readonly startedAt: string;
  readonly completedAt: string;
  readonly thread: string;
  /** What went wrong, for a person to read. */
  readonly failure: NodeFailure | undefined;
  /** The node's template rendered, as `target/compiled` keeps it. */
  readonly compiledSql: string | undefined;
  /** The queries of ephemeral models in it. */
  readonly ctes: readonly InjectedCte[];
  /** Ids of the macros that the template called while it was compiled. */
  readonly macros: readonly UniqueId[];
  /** The statement that built it, as `target/run` keeps it. */
  readonly runSql: string | undefined;
  /** Of a microbatch model: which of its batches are built, earlier runs' included, and which are not. */
  readonly batches?: BatchResults;
}

/** What became of the batches of a model. */
export interface BatchResults {
  readonly successful: readonly Batch[];
  readonly failed: readonly Batch[];
}

/** Why a node failed: a sentence, and where in the project's files the mistake is. */
export interface NodeFailure {
  readonly message: string;
  readonly place: FailurePlace | undefined;
}

/** Where something went wrong: in a template, reached through these macros, the innermost first. */
export interface FailurePlace {
  readonly origin: Origin;
  readonly calls: readonly { readonly macro: string; readonly origin: Origin }[];
}
