import type { LinePosition } from './base/line-table.ts';

/**
 * What the client and the server say to each other beyond the Language Server Protocol. Types only: the client imports
 * this file with `import type`, and the names of the methods are checked on both sides because they are the keys of
 * `SluiceRequests`, `ServerNotifications` and `ClientNotifications`.
 *
 * Everything here survives JSON: `null` for absence, no `undefined`, no `bigint`. Positions are lines and UTF-16
 * characters of the text that the editor shows, as everywhere in the protocol.
 */

/** A file as the editor names it: `file:///…`. */
export type Uri = string;

/** A half-open stretch of a text in lines and characters. */
export interface LineRange {
  readonly start: LinePosition;
  readonly end: LinePosition;
}

/** A stretch of a file that can be opened. */
export interface Place {
  readonly uri: Uri;
  readonly range: LineRange;
}

/** Requests from the client, by method. */
export interface SluiceRequests {
  /** The SQL that a file renders to, from the unsaved text. `null`: the file is no model, test, analysis … of a project. */
  readonly 'sluice/compiled': { readonly params: CompiledParams; readonly result: Compiled | null };
  /** Runs, builds or tests nodes in the warehouse. Answers when all is done; `sluice/runEvent` tells how it goes. */
  readonly 'sluice/run': { readonly params: RunParams; readonly result: RunOutcome };
  /** Queries the data that a file's unsaved text selects. Answers with the first page of rows. */
  readonly 'sluice/previewData': { readonly params: PreviewDataParams; readonly result: PreviewDataOutcome };
  /**
   * Rows of a data preview that answered with `rows`, read on from the open query where they were not fetched yet.
   * `null`: the result has been released.
   */
  readonly 'sluice/previewRows': { readonly params: PreviewRowsParams; readonly result: MoreRows | null };
  /**
   * Runs the statement of a data preview again for somebody who takes all rows along: `sluice/previewRows` gives them page
   * by page, each once, and keeps none.
   */
  readonly 'sluice/allRows': { readonly params: AllRowsParams; readonly result: AllRowsOutcome };
  /** The node that a file declares, with its direct parents and children. `null`: the file declares none. */
  readonly 'sluice/lineageOfFile': { readonly params: FileParams; readonly result: LineageNeighbours | null };
  /** The direct parents and children of a node. `null`: there is no such node any more. */
  readonly 'sluice/lineageOfNode': { readonly params: LineageNodeParams; readonly result: LineageNeighbours | null };
  /** The part of a project's graph around a node, or all of it. `null`: there is no such project or node. */
  readonly 'sluice/lineageGraph': { readonly params: LineageGraphParams; readonly result: LineageGraph | null };
  /** The lineage of the column that a place in a file is about. `null`: it is about none. */
  readonly 'sluice/columnLineageAt': { readonly params: ColumnLineageAtParams; readonly result: ColumnLineage | null };
  /** The lineage of a column of a node. `null`: there is no such node any more. */
  readonly 'sluice/columnLineage': { readonly params: ColumnLineageParams; readonly result: ColumnLineage | null };
  /** All tests of a project, for the test explorer. `null`: there is no such project. */
  readonly 'sluice/tests': { readonly params: ProjectParams; readonly result: readonly ListedTest[] | null };
  /** The projects of the workspace as they stand now. */
  readonly 'sluice/projects': { readonly params: NoParams; readonly result: readonly ProjectStatus[] };
  /** Uses another target of the project's profile from now on; `null` goes back to the profile's own. */
  readonly 'sluice/selectTarget': { readonly params: SelectTargetParams; readonly result: ProjectStatus | null };
  /** Renders and runs the project with these variables from now on, as dbt does with `--vars`; an empty text takes them back. */
  readonly 'sluice/setVars': { readonly params: SetVarsParams; readonly result: ProjectStatus | null };
  /** What a text would set as variables, for whoever is typing it. */
  readonly 'sluice/readVars': { readonly params: ReadVarsParams; readonly result: VarsReading };
}

/** Notifications from the server, by method. */
export interface ServerNotifications {
  /** Something in a project changed, so that previews and lineage shown for it may be out of date. Not one per keystroke. */
  readonly 'sluice/changed': ProjectChanged;
  /** The list of projects, or the state of one, is another than before. */
  readonly 'sluice/projectsChanged': ProjectsChanged;
  /** A file was to be laid out and stays as it is; `reason` is a sentence for the user. */
  readonly 'sluice/formatRefused': { readonly reason: string };
  /** One step of a run that `sluice/run` started. */
  readonly 'sluice/runEvent': RunEventMessage;
}

/** Notifications from the client, by method. */
export interface ClientNotifications {
  /**
   * Stops a run or a data preview. Its request answers with `cancelled`; one for more rows, with those that are there.
   */
  readonly 'sluice/cancel': JobParams;
  /** Nobody looks at the rows of a data preview now: its query is closed, and the rows that were fetched are kept. */
  readonly 'sluice/closeRows': JobParams;
  /** The rows of a data preview are no longer shown, so the server need not keep them. */
  readonly 'sluice/releaseRows': JobParams;
  /** The files the user sees, the focused one first. Their problems are computed before all others. */
  readonly 'sluice/visibleFiles': VisibleFiles;
  /** An unsaved text is a query of this project; without it, of the first. */
  readonly 'sluice/adopt': FileParams & ProjectParams;
}

/** `initializationOptions` of the client, and `settings.sluice` of `workspace/didChangeConfiguration`. */
export interface ServerSettings {
  /** Whether the user trusts the workspace. Without trust nothing connects and nothing runs. */
  readonly trusted: boolean;
  /** The target used where no other was selected; `null` leaves it to the profile. */
  readonly target: string | null;
  /** Folder of `profiles.yml`; `null` searches where dbt does. */
  readonly profilesDir: string | null;
  /** Targets that the user selected, by the URI of the project's root. */
  readonly selectedTargets: Readonly<Record<Uri, string>>;
  /** Variables that the user set, as YAML, by the URI of the project's root. */
  readonly vars: Readonly<Record<Uri, string>>;
  /** Whether the editor shows the types of the select list behind its items. */
  readonly inlayTypes: boolean;
  /** Whether `select *` at the end of a mart is a problem. */
  readonly reportStars: boolean;
  /** Whether commands are offered above models and CTEs. Only for clients that have those commands. */
  readonly codeLenses: boolean;
}

export type NoParams = Readonly<Record<string, never>>;

export interface FileParams {
  readonly uri: Uri;
}

export interface ProjectParams {
  /** Root of the project. */
  readonly project: Uri;
}

/** A run or data preview, by an id that the client made up and uses once. */
export interface JobParams {
  readonly job: string;
}

export interface VisibleFiles {
  readonly uris: readonly Uri[];
}

/* Compiled preview */

export interface CompiledParams extends FileParams {
  /** What `is_incremental()` is to answer; `null` leaves it to dbt's own rule. */
  readonly incremental: boolean | null;
  /** The cursor, which in a file of several nodes says which one is meant; `null` means the first. */
  readonly position: LineRange['start'] | null;
}

/** A template and the SQL it renders to. With a `problem`, `sql` is what was rendered until then. */
export interface Compiled {
  readonly uri: Uri;
  /** The version of the open document it was rendered from; `null` when it was read from disk. */
  readonly version: number | null;
  /** The model's name. */
  readonly name: string;
  /** The rendered text; its lines end with LF. */
  readonly sql: string;
  /** Where the rendered text comes from in this file: sorted, no overlaps; text made by the product has none. */
  readonly segments: readonly CompiledSegment[];
  readonly problem: CompiledProblem | null;
  /** Whether the template asks `is_incremental()`, so that there are two texts it can render to. */
  readonly asksIncremental: boolean;
  /** The part of the file that this is the answer for: a cursor outside of it has another. `null`: the whole file. */
  readonly extent: LineRange | null;
}

/**
 * A stretch of the rendered text and the stretch of the file it stands for. `verbatim`: the same characters, so
 * positions inside correspond one to one. `computed`: the value of an expression; all of it stands for all of that.
 */
export interface CompiledSegment {
  readonly kind: 'verbatim' | 'computed';
  readonly compiled: LineRange;
  readonly template: LineRange;
}

/** Why a template did not render to its end. */
export interface CompiledProblem {
  readonly message: string;
  /** Where to look, in this file or in a macro's. `null`: no place is known. */
  readonly place: Place | null;
}

/* Runs */

export type RunAction = 'run' | 'build' | 'test' | 'seed' | 'snapshot';

export interface RunParams extends JobParams {
  readonly action: RunAction;
  /** A file of the project; decides the project, and what `select` starts from. */
  readonly uri: Uri;
  /** `file`: the nodes that the file declares. `upstream` and `downstream` add everything it needs, or that needs it. */
  readonly select: RunSelection;
  /** The unique ids of what to run, for `nodes`; empty otherwise. */
  readonly nodes: readonly string[];
  readonly fullRefresh: boolean;
}

export type RunSelection = 'file' | 'upstream' | 'downstream' | 'upstream-and-downstream' | 'project' | 'nodes';

export interface RunEventMessage extends JobParams {
  readonly event: RunEvent;
}

export type RunEvent =
  | { readonly kind: 'planned'; readonly nodes: readonly RunNode[] }
  | { readonly kind: 'started'; readonly node: string }
  | ({ readonly kind: 'finished' } & RunNodeResult)
  | { readonly kind: 'log'; readonly level: 'info' | 'warning' | 'error'; readonly message: string };

/** A node that a run will work on. `id` is dbt's unique id. */
export interface RunNode {
  readonly id: string;
  readonly name: string;
  readonly kind: LineageNodeKind;
  readonly uri: Uri | null;
}

export type RunNodeStatus = 'success' | 'warn' | 'failed' | 'error' | 'skipped' | 'cancelled';

export interface RunNodeResult {
  readonly node: string;
  readonly status: RunNodeStatus;
  /** What the warehouse said (`SELECT 12`), or what went wrong. */
  readonly message: string;
  readonly seconds: number;
  /** Where the mistake is, mapped back from the compiled SQL. */
  readonly place: Place | null;
}

/** How a run ended. `refused`: it never started, and `message` says what to do about it. */
export type RunOutcome =
  | { readonly kind: 'done'; readonly results: readonly RunNodeResult[]; readonly seconds: number }
  | { readonly kind: 'cancelled'; readonly results: readonly RunNodeResult[]; readonly seconds: number }
  | { readonly kind: 'refused'; readonly message: string; readonly place: Place | null };

/* Data previews */

export interface PreviewDataParams extends JobParams {
  readonly uri: Uri;
  /** How many rows are fetched at once; more are read when they are asked for. */
  readonly limit: number;
  /** Which part of the file's query; absent means all of it. */
  readonly part?: PreviewedPart;
  /** What `is_incremental()` is to answer; `null` or absent leaves it to dbt's own rule. */
  readonly incremental?: boolean | null;
  /** A query that is expected to take more is not run, and answers with `costly`; absent means that all are run. */
  readonly costLimit?: CostLimit | null;
}

/** The most that a query may be expected to take, by measure; not every engine tells each of them. */
export interface CostLimit {
  /** In the planner's own unit. */
  readonly cost?: number;
  /** Rows read. */
  readonly rows?: number;
  /** Bytes read. */
  readonly bytes?: number;
}

/** What is selected, or the common table expression at a place; either comes with the CTEs it needs. */
export type PreviewedPart =
  { readonly kind: 'selection'; readonly range: LineRange } | { readonly kind: 'cte'; readonly position: LinePosition };

export type PreviewDataOutcome =
  | PreviewedRows
  | CostlyPreview
  | { readonly kind: 'failed'; readonly message: string; readonly place: Place | null; readonly sql: string | null }
  | { readonly kind: 'cancelled' };

/** A query that was not run, because it is expected to take more than the limit; without a limit it will run. */
export interface CostlyPreview {
  readonly kind: 'costly';
  /** What it is expected to take, and the limit: a sentence for the user. */
  readonly message: string;
}

/** The result of a data preview. The server keeps its rows until `sluice/releaseRows`. */
export interface PreviewedRows {
  readonly kind: 'rows';
  readonly columns: readonly GridColumn[];
  readonly page: RowPage;
  /** Number of rows fetched. */
  readonly total: number;
  readonly rest: ResultRest;
  readonly seconds: number;
  /** The statement as it was sent. */
  readonly sql: string;
}

/**
 * What is behind the rows that were fetched: nothing; rows that can be asked for; or rows that cannot, because the query
 * was closed or has failed, and `message` says why.
 */
export type ResultRest =
  { readonly kind: 'none' | 'open' } | { readonly kind: 'closed' | 'failed'; readonly message: string };

/** Rows of a result, which may have grown by them. */
export interface MoreRows {
  readonly page: RowPage;
  readonly total: number;
  readonly rest: ResultRest;
}

export interface GridColumn {
  readonly name: string;
  /** The warehouse's own name of the type. */
  readonly type: string;
  readonly kind: 'number' | 'text';
}

/** A cell as it is shown. Whole numbers beyond 2^53, decimals, dates and nested values are text. */
export type GridCell = string | number | boolean | null;

export interface PreviewRowsParams extends JobParams {
  readonly first: number;
  readonly count: number;
}

/** `sql` is that of a preview of the file; it runs under the same guard. */
export interface AllRowsParams extends JobParams {
  readonly uri: Uri;
  readonly sql: string;
}

export type AllRowsOutcome =
  { readonly kind: 'open' | 'cancelled' } | { readonly kind: 'failed'; readonly message: string };

/** Consecutive rows of a result; `first` is the index of the first of them. */
export interface RowPage {
  readonly first: number;
  readonly rows: readonly (readonly GridCell[])[];
}

/* Lineage */

export type LineageNodeKind =
  | 'model'
  | 'source'
  | 'seed'
  | 'snapshot'
  | 'test'
  | 'unit-test'
  | 'analysis'
  | 'operation'
  | 'exposure'
  | 'metric'
  | 'semantic-model'
  | 'saved-query'
  | 'unknown';

/** A node of the project's graph. `unknown` is a name that something refers to and nothing declares. */
export interface LineageNode {
  /** dbt's unique id: `model.shop.orders`. */
  readonly id: string;
  /** What a person calls it: `orders`, or `raw.events` for a source. */
  readonly name: string;
  readonly kind: LineageNodeKind;
  /** `view`, `table`, `incremental` …; `null` where it makes no sense. */
  readonly materialized: string | null;
  /** The package it belongs to, when that is not the project itself. */
  readonly package: string | null;
  readonly description: string | null;
  /** Where it is declared. */
  readonly place: Place | null;
  readonly parentCount: number;
  readonly childCount: number;
}

/** An edge as it is known: a literal `ref` in the text, or one that only rendering shows. */
export interface LineageEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'syntactic' | 'rendered';
}

export interface LineageNeighbours {
  /** Root of the project, for `sluice/lineageOfNode`. */
  readonly project: Uri;
  readonly node: LineageNode;
  readonly parents: readonly LineageNode[];
  readonly children: readonly LineageNode[];
}

export interface LineageNodeParams {
  readonly project: Uri;
  readonly id: string;
}

export interface LineageGraphParams {
  readonly project: Uri;
  /** The node in the middle; `null` asks for the whole project. */
  readonly around: string | null;
  /** How many steps against and along the edges; 0 for none. Without a node in the middle they mean nothing. */
  readonly upstream: number;
  readonly downstream: number;
}

export interface LineageGraph {
  readonly project: Uri;
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
}

/* Column lineage */

/** How far to go: steps against and along the edges. */
export interface ColumnLineageSteps {
  readonly upstream: number;
  readonly downstream: number;
}

export interface ColumnLineageAtParams extends FileParams, ColumnLineageSteps {
  readonly position: LinePosition;
}

export interface ColumnLineageParams extends ColumnLineageSteps {
  readonly project: Uri;
  readonly node: string;
  readonly column: string;
}

/** A column with the columns it is made from and those made from it. */
export interface ColumnLineage {
  readonly project: Uri;
  /** The `id` of the column in the middle. */
  readonly focus: string;
  readonly columns: readonly LineageColumn[];
  readonly edges: readonly ColumnEdge[];
}

export interface LineageColumn {
  /** Names it within an answer. */
  readonly id: string;
  readonly node: LineageNode;
  readonly name: string;
  /** As the warehouse spells it; `null` when it is not known. */
  readonly type: string | null;
  /** Who says so: `type from the query of stg_orders`. */
  readonly typeSource: string | null;
  readonly description: string | null;
  /** Where it gets its name. */
  readonly place: Place | null;
  /** How many columns it is made from, and how many are made from it, whether they are shown or not. */
  readonly inputCount: number;
  readonly useCount: number;
}

/** The first three say how a value is made; the others, that a column has a say in which rows there are. */
export type ColumnEdgeKind = 'copied' | 'transformed' | 'aggregated' | 'filter' | 'join' | 'group' | 'order';

export interface ColumnEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: ColumnEdgeKind;
}

/* Tests */

/** A test as a person looks for it: under the model it is about. */
export interface ListedTest {
  readonly id: string;
  /** What it checks: `unique order_id`; the name of a test with SQL of its own, and of a unit test. */
  readonly label: string;
  readonly kind: 'generic' | 'singular' | 'unit';
  /** The model, seed, snapshot or source it is about; `null` for a test that is about several. */
  readonly subject: { readonly id: string; readonly name: string } | null;
  readonly place: Place | null;
}

/* Projects */

export interface ProjectChanged {
  readonly project: Uri;
  /** Counts up with every change. */
  readonly revision: number;
}

export interface ProjectsChanged {
  readonly projects: readonly ProjectStatus[];
}

/**
 * What is known of a project. `loading`: its files are still being read. `broken`: the project file or the profile
 * keeps something from working, and `message` says what; everything that does not need it goes on working.
 */
export interface ProjectStatus {
  /** URI of the folder with `dbt_project.yml`. */
  readonly root: Uri;
  readonly name: string;
  readonly state: 'loading' | 'ready' | 'broken';
  readonly message: string | null;
  /** Where the mistake that `message` tells of can be mended. */
  readonly place: Place | null;
  readonly profile: string | null;
  /** The target in use. */
  readonly target: string | null;
  /** The adapter of the target in use: `duckdb`, `snowflake` … */
  readonly adapter: string | null;
  /** All targets of the profile. */
  readonly targets: readonly TargetName[];
  readonly modelCount: number;
  /** The variables that the user set in the editor, as JSON; `null` when there are none. */
  readonly vars: string | null;
}

export interface TargetName {
  readonly name: string;
  readonly adapter: string | null;
}

export interface SelectTargetParams {
  readonly project: Uri;
  readonly target: string | null;
}

export interface ReadVarsParams {
  /** YAML, of which JSON is a part. */
  readonly text: string;
}

export interface SetVarsParams extends ProjectParams, ReadVarsParams {}

/** The variables of a text with their values as JSON, or what is wrong with it. */
export type VarsReading =
  | { readonly kind: 'vars'; readonly vars: readonly { readonly name: string; readonly value: string }[] }
  | { readonly kind: 'wrong'; readonly message: string };
