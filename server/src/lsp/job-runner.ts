import type { UniqueId } from '../dbt/manifest/node.ts';
import type { WantedPart } from '../features/query-part.ts';
import type { ModelDb } from '../model/db.ts';
import type { ProjectInput } from '../model/project-input.ts';
import type {
  AllRowsOutcome,
  CostLimit,
  MoreRows,
  Place,
  PreviewDataOutcome,
  RunAction,
  RunEvent,
  RunOutcome,
  RunSelection,
} from '../protocol.ts';
import type { FileId, Origin } from '../render/rendered.ts';

/** A project as it was when the user pressed the button; edits that come later do not change what runs. */
export interface JobProject {
  readonly input: ProjectInput;
  readonly db: ModelDb;
  /** How a place in the project is named to the client. */
  readonly placeOf: (origin: Origin) => Place | null;
  readonly uriOf: (file: FileId) => string;
}

export interface RunRequest {
  readonly action: RunAction;
  /** The file that `select` starts from; `undefined` for the whole project. */
  readonly file: FileId | undefined;
  readonly select: RunSelection;
  /** What `nodes` selects. */
  readonly nodes: readonly UniqueId[];
  readonly fullRefresh: boolean;
}

export interface PreviewRequest {
  readonly file: FileId;
  readonly limit: number;
  readonly part: WantedPart;
  /** What `is_incremental()` answers; `undefined` leaves it to dbt's own rule. */
  readonly incremental: boolean | undefined;
  /** A query that is expected to take more is not run; `undefined` asks for no estimate. */
  readonly costLimit: CostLimit | undefined;
}

/** A preview that answered; with `rows` there is a result behind it. */
export interface PreviewAnswer {
  readonly outcome: PreviewDataOutcome;
  readonly result?: ShownResult;
}

/** All rows of a statement; when it is `open` there is a result behind it. */
export interface AllRowsAnswer {
  readonly outcome: AllRowsOutcome;
  readonly result?: ShownResult;
}

/** The rows of a preview, which can be read until it is released. */
export interface ShownResult {
  /** Rows by their place, read on from the query where they were not fetched yet. */
  page(first: number, count: number): Promise<MoreRows>;
  /** Ends what `page` waits for. */
  stop(): void;
  /** Closes the query because nobody looks at its rows; those that were fetched stay. */
  close(by: 'hidden'): Promise<void>;
  /** Closes the query whatever it is at. */
  release(): Promise<void>;
}

/** What talks to the warehouse for the editor. Nothing here throws: failures are outcomes. */
export interface JobRunner {
  run(
    project: JobProject,
    request: RunRequest,
    options: { readonly signal: AbortSignal; readonly onEvent: (event: RunEvent) => void },
  ): Promise<RunOutcome>;
  preview(
    project: JobProject,
    request: PreviewRequest,
    options: { readonly signal: AbortSignal },
  ): Promise<PreviewAnswer>;
  /** Runs a statement that only reads for somebody who takes all its rows along; it can be paged through once. */
  allRows(project: JobProject, sql: string, options: { readonly signal: AbortSignal }): Promise<AllRowsAnswer>;
  /** Ends what runs and closes every connection. */
  close(): Promise<void>;
}
