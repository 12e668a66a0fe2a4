import type { Refusal } from '../dbt/selection/refusal.ts';
import type { Data } from '../dbt/manifest/data.ts';
import type { Result } from '../base/result.ts';
import type { TextRange } from '../base/text-range.ts';
import type { EphemeralCte } from '../dbt/compile/compiled.ts';
import type { ManifestView } from '../dbt/compile/manifest-view.ts';
import type { DataMap } from '../dbt/manifest/data.ts';
import type { NodeExtras } from '../dbt/manifest/node-extras.ts';
import type { Manifest, ManifestNode, Places, RelationParts, ResourceType, UniqueId } from '../dbt/manifest/node.ts';
import type { FileId, Rendered } from '../render/rendered.ts';
import type { JinjaTree } from '../syntax/jinja/parse.ts';
import type { YamlTree } from '../syntax/yaml/tree.ts';
import type { Problem } from './problems.ts';
import type { ProjectInput, ProjectSettings } from './project-input.ts';
import type { BoundStatement, ColumnLineage, NodeColumns, SketchedSql } from './sql-facts.ts';

/**
 * The meaning of one project at one moment: inputs that are set from outside, and queries that answer from them. Every
 * query is synchronous, memoized and total. Features, the language server, runs and the command line see only this.
 */
export interface ModelDb {
  /** Moves on with every input that really changed. */
  readonly revision: number;

  /** Sets the text of a file, or removes it with `undefined`. */
  setFile(file: FileId, text: string | undefined): void;
  /**
   * Sets what a YAML file means as long as its text is no YAML, as half-written text is not: an editor gives what
   * was saved. Without one, or if that is no YAML either, a broken file means what can be read of it.
   */
  setStandIn(file: FileId, text: string | undefined): void;
  setSettings(settings: ProjectSettings): void;
  setProfiles(profiles: ProjectInput['profiles']): void;
  /** What the warehouse was last seen to hold. */
  setCatalog(catalog: CatalogSnapshot | undefined): void;

  /**
   * Reads at most so many of the files whose names are not known yet, and says whether all are. Every other answer
   * reads the rest at once; for a large project a server asks for this in slices first.
   */
  indexSome(nFiles: number): boolean;

  text(file: FileId): string | undefined;
  files(): readonly FileId[];
  /** What a file is to the project: a model, a properties file …; `undefined` when the project does not use it. */
  fileRole(file: FileId): FileRole | undefined;

  /** The syntax tree of a file as a template; `undefined` for a file that is not there. */
  syntax(file: FileId): JinjaTree | undefined;
  /** The syntax tree of a file as YAML; `undefined` for a file that is not there. */
  yaml(file: FileId): YamlTree | undefined;
  /** What `selectors.yml` says, its Jinja rendered; null without one, and a failure for what does not render. */
  selectors(): Result<Data, Refusal>;

  project(): ProjectFacts;
  names(): Names;

  /** All ids of the project, macros and docs included, packages after the root project. */
  ids(): readonly UniqueId[];
  /** The nodes a file declares, in order: one model, several snapshots, a YAML file's sources, tests and exposures. */
  nodesOfFile(file: FileId): readonly UniqueId[];
  /** The nodes a properties file describes without declaring them. */
  patchedBy(file: FileId): readonly UniqueId[];
  node(uniqueId: UniqueId): ManifestNode | undefined;
  places(uniqueId: UniqueId): Places | undefined;
  manifest(): Manifest;
  /** The project as templates see it, for runs: each answer is up to date when it is asked for. */
  view(): ManifestView;
  /** What artifacts say of nodes beyond their meaning. */
  extras(): NodeExtras;

  /** The node's template rendered; `undefined` when the id names nothing that has a template. */
  rendered(uniqueId: UniqueId, options: RenderOptions): RenderedNode | undefined;
  relation(uniqueId: UniqueId): RelationParts | undefined;

  /** The literal uses in a file (`ref('x')`, `source('a', 'b')`, `var('v')`, `doc('d')`, macro calls), from its syntax alone. */
  uses(file: FileId): readonly Use[];
  /** What a use means at its place; empty when it means nothing. */
  resolve(file: FileId, use: Use): readonly Declaration[];
  /** The literal uses of a declaration in the whole project. */
  usesOf(declaration: Declaration): readonly { readonly file: FileId; readonly use: Use }[];

  /**
   * Computes the columns of at most so many of the nodes that a node is made from, and says whether all are known. The
   * next three answers do the rest at once; a server asks for this in slices first.
   */
  prepareColumns(uniqueId: UniqueId, nNodes: number): boolean;
  /** The SQL of a node and what its names mean; `undefined` for what has no SQL of its own: seeds, sources, Python. */
  statement(uniqueId: UniqueId): BoundStatement | undefined;
  /** The same for a text that stands in for the node's while its template does not render. Not remembered. */
  sketch(uniqueId: UniqueId, text: SketchedSql): BoundStatement | undefined;
  /** The columns of a model, seed, snapshot or source, as far as anybody knows them. */
  columns(uniqueId: UniqueId): NodeColumns;
  /** What the columns of a node are made from, one step up. */
  columnLineage(uniqueId: UniqueId): ColumnLineage;

  lineage(): Lineage;
  /** What reading a file shows to be wrong, without compiling its nodes: dbt stops at these errors before it runs. */
  parseProblems(file: FileId): readonly Problem[];
  /** What is wrong in one file, as far as that file and what it names can tell, its nodes compiled. */
  problems(file: FileId): readonly Problem[];
  /** Problems that only the whole project shows: two nodes built into one relation. Reads every node. */
  projectProblems(): readonly Problem[];

  /** The names of the queries run since the last call, as `query(key)`, for tests about work done. */
  takeExecutedQueries(): readonly string[];
}

/** `parse`: as dbt reads the project (`execute` is false); `compile`: as dbt compiles it. */
export interface RenderOptions {
  readonly mode: 'parse' | 'compile';
  /** What `is_incremental()` answers, so that an editor can show both branches; dbt's own answer when absent. */
  readonly incremental?: boolean;
  /** The caller asks once for each node: a compiled one is not remembered, with its map and all that it rests on. */
  readonly once?: boolean;
}

export interface RenderedNode {
  readonly uniqueId: UniqueId;
  readonly rendered: Rendered;
  /** The ephemeral models whose queries became part of it when it was compiled. */
  readonly ephemerals: readonly EphemeralCte[];
  /** Ids of the macros that its template called. */
  readonly macros: readonly UniqueId[];
  /** Ids of the nodes and sources the render asked for. */
  readonly dependsOn: readonly UniqueId[];
  /** Whether an answer that only the warehouse has was made up as an empty warehouse would give it. */
  readonly guessed: boolean;
}

export type FileRole =
  | 'project'
  | 'packages'
  | 'dependencies'
  | 'selectors'
  | 'model'
  | 'seed'
  | 'snapshot'
  | 'test'
  | 'analysis'
  | 'macro'
  | 'properties'
  | 'docs'
  | 'fixture'
  | 'scratch';

/** What the project files and the profile say, with everything that could not be read left at dbt's default. */
export interface ProjectFacts {
  /** `undefined` when there is no readable `dbt_project.yml`. */
  readonly name: string | undefined;
  readonly adapterType: string | undefined;
  readonly targetName: string | undefined;
  readonly profileName: string | undefined;
  /** The profile's targets, for choosing one. */
  readonly targetNames: readonly string[];
  /** What `target` shows to templates; holds no secret. */
  readonly target: DataMap;
  readonly threads: number;
  readonly packages: readonly { readonly name: string; readonly root: FileId }[];
  readonly vars: DataMap;
  readonly targetPath: string;
}

/** Every declared name, for completion and workspace symbols. Values are lists: a name may be declared twice. */
export interface Names {
  readonly models: NameTable;
  readonly seeds: NameTable;
  readonly snapshots: NameTable;
  /** Keys are `source_name.table_name`. */
  readonly sources: NameTable;
  /** Keys are `package.name`; the product's own macros included. */
  readonly macros: NameTable;
  readonly docs: NameTable;
  readonly vars: NameTable;
  readonly groups: NameTable;
  readonly exposures: NameTable;
}

export type NameTable = ReadonlyMap<string, readonly Declaration[]>;

export interface Declaration {
  readonly kind: ResourceType | 'var' | 'column';
  readonly name: string;
  readonly packageName: string;
  readonly uniqueId: UniqueId | undefined;
  readonly file: FileId;
}

/** A literal use of a name. `range` is the name inside its quotes (for a source, `tableRange` is the table's). */
export type Use =
  | {
      readonly kind: 'ref';
      readonly package: string | undefined;
      readonly name: string;
      readonly version: string | number | undefined;
      readonly range: TextRange;
      readonly packageRange: TextRange | undefined;
      readonly callRange: TextRange;
    }
  | {
      readonly kind: 'source';
      readonly source: string;
      readonly table: string;
      readonly range: TextRange;
      readonly tableRange: TextRange;
      readonly callRange: TextRange;
    }
  | {
      readonly kind: 'var';
      readonly name: string;
      readonly hasDefault: boolean;
      readonly range: TextRange;
      readonly callRange: TextRange;
    }
  | {
      readonly kind: 'doc';
      readonly name: string;
      readonly package: string | undefined;
      readonly range: TextRange;
      readonly callRange: TextRange;
    }
  | {
      readonly kind: 'macro';
      /** `dbt_utils` of `dbt_utils.star`. */
      readonly package: string | undefined;
      readonly name: string;
      readonly range: TextRange;
      readonly callRange: TextRange;
    };

/** `syntactic`: a literal ref in the text; `rendered`: recorded while rendering for this target and these vars. */
export interface LineageEdge {
  readonly from: UniqueId;
  readonly to: UniqueId;
  readonly syntactic: boolean;
  readonly rendered: boolean;
}

export interface Lineage {
  readonly edges: readonly LineageEdge[];
  readonly parents: ReadonlyMap<UniqueId, readonly UniqueId[]>;
  readonly children: ReadonlyMap<UniqueId, readonly UniqueId[]>;
}

/** The warehouse as last seen: relations and their columns. `readCatalog` makes it from files in the target folder. */
export interface CatalogSnapshot {
  readonly relations: readonly CatalogRelation[];
}

export interface CatalogRelation {
  readonly database: string | undefined;
  readonly schema: string;
  readonly identifier: string;
  readonly kind: 'table' | 'view' | 'materialized_view' | 'external' | 'unknown';
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** When it was seen. */
  readonly takenAt: string;
}
