import type { TableState } from '../dbt/compile/table-state.ts';
import type { CatalogPlace, TextTable } from '../dbt/compile/warehouse-questions.ts';
import type { RelationChange } from '../dbt/context/known-relations.ts';
import type { OpenStatement } from '../dbt/context/sent-statements.ts';
import type { BatchPart } from '../dbt/microbatch/batch-part.ts';
import type { DataMap } from '../dbt/manifest/data.ts';
import type { InjectedCte } from '../dbt/manifest/write.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import type { StatementRequest } from './job-statements.ts';
import type { NodeFailure, NodeResult } from './result.ts';

/** What a rendering thread is asked to do. */
export type Job =
  | { readonly kind: 'run'; readonly id: UniqueId; readonly batch?: BatchPart }
  | { readonly kind: 'compile' | 'clone'; readonly id: UniqueId }
  /** Asks whether the relation of a node is there. */
  | { readonly kind: 'table-state'; readonly id: UniqueId }
  /** Creates the schemas that these nodes are built in. */
  | { readonly kind: 'schemas'; readonly ids: readonly UniqueId[] }
  /** Asks when the newest row of a source was loaded. */
  | { readonly kind: 'freshness'; readonly id: UniqueId }
  /** Asks for the columns of a part of the warehouse. */
  | ({ readonly kind: 'catalog' } & CatalogPlace)
  /** Runs a macro by its name. */
  | { readonly kind: 'operation'; readonly macro: string; readonly args: DataMap }
  /** Runs one `on-run-start` or `on-run-end` statement; the latter sees the results so far. */
  | { readonly kind: 'hook'; readonly id: UniqueId; readonly results: readonly NodeResult[] };

/** How a job ended. Plain data: it crosses from the rendering thread. */
export interface NodeOutcome {
  /** The status of the main statement (`SELECT 12`). */
  readonly status: string | undefined;
  readonly rows: number | undefined;
  readonly test: TestOutcome | undefined;
  readonly compiledSql: string | undefined;
  /** The queries of ephemeral models in it. */
  readonly ctes: readonly InjectedCte[];
  /** Ids of the macros that the template called while it was compiled. */
  readonly macros: readonly UniqueId[];
  readonly runSql: string | undefined;
  /** Set when the job failed; `dbtMessage` is the error as dbt spells it. */
  readonly failure: (NodeFailure & { readonly dbtMessage: string }) | undefined;
  /** The rows that a question to the warehouse was answered with. */
  readonly table?: TextTable;
  /** What the warehouse has of the node that was asked about. */
  readonly state?: TableState;
  readonly log: readonly { readonly level: 'info' | 'warning'; readonly message: string }[];
}

/** What a test found. */
export interface TestOutcome {
  readonly failures: number;
  readonly shouldWarn: boolean;
  readonly shouldError: boolean;
  /** For a unit test that failed: how the rows differ. */
  readonly difference?: string;
}

/** A job as it is sent to a rendering thread: with what others have changed in the warehouse since its last one. */
export interface JobMessage {
  readonly job: Job;
  readonly changes: readonly RelationChange[];
}

/** How a job ended for the thread that renders: well, unless the warehouse refuses a statement that is still open. */
export interface RenderedOutcome extends NodeOutcome {
  readonly open?: OpenWork;
}

/** What of a job the warehouse still works on when its templates are done. */
export interface OpenWork {
  /** The number of the statement whose answer tells the status and the rows, when it is among them. */
  readonly main: number | undefined;
  /** `nLog` counts the entries of the outcome's log. */
  readonly statements: readonly OpenStatement[];
}

/** What the thread sends back. */
export interface OutcomeMessage {
  readonly kind: 'outcome';
  readonly outcome: RenderedOutcome;
  /** What it asked of the warehouse last. */
  readonly requests: readonly StatementRequest[];
  readonly changes: readonly RelationChange[];
}
