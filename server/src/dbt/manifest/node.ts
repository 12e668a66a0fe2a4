import type { FileId, Origin } from '../../render/rendered.ts';
import type { Data, DataMap } from './data.ts';

/** dbt's `unique_id`: `model.shop.orders`, `model.shop.orders.v2`, `source.shop.raw.orders`, `test.shop.name.hash` … */
export type UniqueId = string;

export type ResourceType =
  | 'model'
  | 'seed'
  | 'snapshot'
  | 'test'
  | 'analysis'
  | 'operation'
  | 'sql_operation'
  | 'source'
  | 'exposure'
  | 'unit_test'
  | 'macro'
  | 'doc'
  | 'group'
  | 'metric'
  | 'semantic_model'
  | 'saved_query';

/** What every resource has. Nothing here or below holds a position: those are in `Places`, fetched by `places(uniqueId)`. */
interface Resource {
  readonly uniqueId: UniqueId;
  readonly name: string;
  readonly packageName: string;
  /** The file that declares it. */
  readonly file: FileId;
  /** dbt's `path`: relative to the resource path it was found under (`staging/stg_orders.sql`). */
  readonly path: string;
  /** dbt's `original_file_path`: relative to the package's root (`models/staging/stg_orders.sql`). */
  readonly originalPath: string;
}

/** The final configuration: dbt's keys with dbt's defaults, merged from the project, the YAML and the file. */
export type NodeConfig = ReadonlyMap<string, Data>;

/** One `ref(...)` as the parse render saw it. */
export interface RefCall {
  readonly package: string | undefined;
  readonly name: string;
  readonly version: string | number | undefined;
}

/** One `source(...)` as the parse render saw it. */
export interface SourceCall {
  readonly source: string;
  readonly table: string;
}

export interface DependsOn {
  /** In the order of first use, each once. */
  readonly nodes: readonly UniqueId[];
  readonly macros: readonly UniqueId[];
}

export interface ColumnInfo {
  readonly name: string;
  readonly description: string;
  /** The description as written, before its Jinja was rendered. */
  readonly written: string;
  readonly dataType: string | undefined;
  readonly quote: boolean | undefined;
  readonly tags: readonly string[];
  readonly meta: DataMap;
  readonly constraints: readonly Data[];
  readonly granularity: string | undefined;
  /** What `config:` says; `meta` and `tags` hold what the column says of these in all its places. */
  readonly config: DataMap;
  /** Keys that dbt does not know, kept as dbt keeps them. */
  readonly extra: DataMap;
}

/** Where the rows of a node live in the warehouse. `relationName` is quoted for the adapter. */
export interface RelationParts {
  readonly database: string | undefined;
  readonly schema: string;
  readonly identifier: string;
  readonly quote: { readonly database: boolean; readonly schema: boolean; readonly identifier: boolean };
  /** `"db"."schema"."id"` as the adapter prints it; `undefined` for what has no relation (ephemeral models, most tests). */
  readonly relationName: string | undefined;
}

/** What all nodes that hold a template (or a seed's rows) share. */
interface CompiledNodeBase extends Resource {
  readonly fqn: readonly string[];
  /** The template: the file's text stripped, a snapshot's block, a generic test's call; empty for seeds. */
  readonly rawCode: string;
  readonly language: 'sql' | 'python';
  readonly config: NodeConfig;
  /** The `config()` calls of the file, later calls merged over earlier ones. */
  readonly configCall: DataMap;
  readonly enabled: boolean;
  readonly database: string | undefined;
  readonly schema: string;
  readonly alias: string;
  readonly relation: RelationParts;
  readonly description: string;
  /** The description as written, before its Jinja was rendered. */
  readonly written: string;
  readonly columns: readonly ColumnInfo[];
  readonly tags: readonly string[];
  readonly meta: DataMap;
  readonly group: string | undefined;
  readonly docs: { readonly show: boolean; readonly nodeColor: string | undefined };
  /** `models/s.yml` of the properties that describe it. */
  readonly patchFile: FileId | undefined;
  readonly refs: readonly RefCall[];
  readonly sources: readonly SourceCall[];
  readonly metrics: readonly (readonly string[])[];
  readonly dependsOn: DependsOn;
}

export interface ModelNode extends CompiledNodeBase {
  readonly resourceType: 'model';
  readonly access: 'private' | 'protected' | 'public';
  readonly version: string | number | undefined;
  readonly latestVersion: string | number | undefined;
  readonly deprecationDate: string | undefined;
  readonly timeSpine: DataMap | undefined;
  readonly constraints: readonly Data[];
}

export interface SeedNode extends CompiledNodeBase {
  readonly resourceType: 'seed';
}

export interface SnapshotNode extends CompiledNodeBase {
  readonly resourceType: 'snapshot';
}

export interface AnalysisNode extends CompiledNodeBase {
  readonly resourceType: 'analysis';
}

/** An `on-run-start` / `on-run-end` statement, or an inline query of the command line. */
export interface OperationNode extends CompiledNodeBase {
  readonly resourceType: 'operation' | 'sql_operation';
  /** Its place among the hooks of its package and kind. */
  readonly index: number;
}

export interface TestNode extends CompiledNodeBase {
  readonly resourceType: 'test';
  /** `undefined` for a singular test. */
  readonly testMetadata: TestMetadata | undefined;
  readonly columnName: string | undefined;
  /** The list and the name of the entry that declares it: `models.orders`, `sources.raw`; `undefined` for a singular test. */
  readonly fileKeyName: string | undefined;
  /** The model, seed or snapshot the YAML hangs it on. */
  readonly attachedNode: UniqueId | undefined;
  /** Whether something it refers to is missing or disabled: then it is not enabled, yet stays among the nodes. */
  readonly lacksTarget: boolean;
}

export interface TestMetadata {
  readonly name: string;
  /** `dbt_utils` of `dbt_utils.equality`. */
  readonly namespace: string | undefined;
  readonly kwargs: DataMap;
}

export interface SourceNode extends Resource {
  readonly resourceType: 'source';
  readonly fqn: readonly string[];
  readonly sourceName: string;
  readonly sourceDescription: string;
  readonly loader: string;
  readonly identifier: string;
  readonly database: string | undefined;
  readonly schema: string;
  readonly relation: RelationParts;
  readonly quoting: DataMap;
  readonly loadedAtField: string | undefined;
  readonly loadedAtQuery: string | undefined;
  /** Empty when nothing is said of it, null when it is switched off: either way it is never checked. */
  readonly freshness: DataMap | null;
  readonly external: DataMap | undefined;
  readonly config: NodeConfig;
  readonly enabled: boolean;
  readonly description: string;
  readonly written: string;
  /** What the YAML says before its Jinja is rendered; `undefined` where it says nothing. */
  readonly unrendered: { readonly database: string | undefined; readonly schema: string | undefined };
  readonly columns: readonly ColumnInfo[];
  readonly tags: readonly string[];
  readonly meta: DataMap;
  readonly sourceMeta: DataMap;
  readonly patchFile: FileId | undefined;
}

export interface ExposureNode extends Resource {
  readonly resourceType: 'exposure';
  readonly fqn: readonly string[];
  readonly type: string;
  readonly label: string | undefined;
  readonly owner: DataMap;
  readonly description: string;
  readonly maturity: string | undefined;
  readonly url: string | undefined;
  readonly config: NodeConfig;
  readonly enabled: boolean;
  readonly tags: readonly string[];
  readonly meta: DataMap;
  readonly refs: readonly RefCall[];
  readonly sources: readonly SourceCall[];
  readonly metrics: readonly (readonly string[])[];
  readonly dependsOn: DependsOn;
}

/** Rows of a unit test's input or expectation. */
export interface UnitTestRows {
  readonly format: 'dict' | 'csv' | 'sql';
  /** `dict`: a list of mappings; `csv`, `sql`: the text, of the fixture file when one is named. */
  readonly rows: readonly Data[] | string;
  readonly fixture: string | undefined;
}

export interface UnitTestGiven extends UnitTestRows {
  /** `ref('orders')`, `source('raw', 'orders')` or `this`, as written. */
  readonly input: string;
}

export interface UnitTestNode extends Resource {
  readonly resourceType: 'unit_test';
  readonly fqn: readonly string[];
  /** The model's name as written. */
  readonly model: string;
  readonly testedNode: UniqueId | undefined;
  /** The schema of the tested node. */
  readonly schema: string | undefined;
  readonly version: string | number | undefined;
  /** `versions:` as written. */
  readonly versions: DataMap | undefined;
  readonly given: readonly UnitTestGiven[];
  readonly expect: UnitTestRows;
  readonly overrides: { readonly macros: DataMap; readonly vars: DataMap; readonly envVars: DataMap };
  readonly description: string;
  readonly config: NodeConfig;
  readonly enabled: boolean;
  readonly tags: readonly string[];
  readonly meta: DataMap;
  readonly dependsOn: DependsOn;
}

export interface MacroNode extends Resource {
  readonly resourceType: 'macro';
  /** What the block declares: `test_unique` for `{% test unique() %}`, `materialization_view_default` and so on. */
  readonly block: 'macro' | 'test' | 'materialization';
  readonly parameters: readonly MacroParameter[];
  readonly description: string;
  readonly arguments: readonly MacroArgument[];
  readonly meta: DataMap;
  readonly docs: { readonly show: boolean; readonly nodeColor: string | undefined };
  readonly patchFile: FileId | undefined;
}

/** A parameter of the macro's header. `defaultText` is the expression as written. */
export interface MacroParameter {
  readonly name: string;
  readonly defaultText: string | undefined;
}

/** An argument that YAML documents. */
export interface MacroArgument {
  readonly name: string;
  readonly type: string | undefined;
  readonly description: string;
}

export interface DocNode extends Resource {
  readonly resourceType: 'doc';
  readonly contents: string;
}

export interface GroupNode extends Resource {
  readonly resourceType: 'group';
  readonly owner: DataMap;
  readonly description: string;
  readonly config: NodeConfig;
}

/** Metrics, semantic models and saved queries: kept as the data their YAML holds, and resolved to what they depend on. */
export interface SemanticNode extends Resource {
  readonly resourceType: 'metric' | 'semantic_model' | 'saved_query';
  readonly fqn: readonly string[];
  readonly data: DataMap;
  /** What the model of a semantic model names. */
  readonly refs: readonly RefCall[];
  /** Where that model's rows live. */
  readonly relation: RelationParts | undefined;
  readonly description: string;
  readonly config: NodeConfig;
  readonly enabled: boolean;
  readonly dependsOn: DependsOn;
}

/** Nodes that dbt compiles and runs. */
export type ExecutableNode = ModelNode | SeedNode | SnapshotNode | TestNode | AnalysisNode | OperationNode;
export type ManifestNode =
  ExecutableNode | SourceNode | ExposureNode | UnitTestNode | MacroNode | DocNode | GroupNode | SemanticNode;

/**
 * Where a node's words stand. Keys are paths of the YAML below the node's own entry, dots between: `description`,
 * `config.materialized`, `columns.order_id`, `columns.order_id.data_tests.0`, `given.1.rows`.
 */
export interface Places {
  /** The whole of what declares it: the file, the block, or the YAML entry. */
  readonly declaration: Origin;
  /** The name where it is written (a block's header, a YAML `name:`); `undefined` when the file's name is the name. */
  readonly name: Origin | undefined;
  /** The YAML entry that describes it, when that is not the declaration. */
  readonly patch: Origin | undefined;
  readonly patchName: Origin | undefined;
  /** Where the template's first character stands, for nodes that have one in a file. */
  readonly template: Origin | undefined;
  readonly keys: ReadonlyMap<string, Origin>;
  readonly values: ReadonlyMap<string, Origin>;
}

/** The project as a whole, for runs, selectors, `graph` and artifacts. Built lazily, so ask for single nodes first. */
export interface Manifest {
  /** All enabled nodes that dbt keeps in `nodes`: models, seeds, snapshots, tests, analyses, hooks. */
  readonly nodes: ReadonlyMap<UniqueId, ExecutableNode>;
  readonly sources: ReadonlyMap<UniqueId, SourceNode>;
  readonly exposures: ReadonlyMap<UniqueId, ExposureNode>;
  readonly unitTests: ReadonlyMap<UniqueId, UnitTestNode>;
  readonly semantic: ReadonlyMap<UniqueId, SemanticNode>;
  readonly groups: ReadonlyMap<UniqueId, GroupNode>;
  readonly macros: ReadonlyMap<UniqueId, MacroNode>;
  readonly docs: ReadonlyMap<UniqueId, DocNode>;
  readonly disabled: ReadonlyMap<UniqueId, ManifestNode>;
  readonly parents: ReadonlyMap<UniqueId, readonly UniqueId[]>;
  readonly children: ReadonlyMap<UniqueId, readonly UniqueId[]>;
}
