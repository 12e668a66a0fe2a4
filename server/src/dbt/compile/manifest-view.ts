import type { TextRange } from '../../base/text-range.ts';
import type { Fuel } from '../../render/engine.ts';
import type { FileId, Origin } from '../../render/rendered.ts';
import type { DataMap } from '../manifest/data.ts';
import type {
  ColumnInfo,
  DependsOn,
  NodeConfig,
  RefCall,
  RelationParts,
  SourceCall,
  TestMetadata,
  UniqueId,
  UnitTestNode,
} from '../manifest/node.ts';
import type { SampleWindow } from '../microbatch/sample.ts';
import type { Compiled } from './compiled.ts';

/** The facts of one invocation that templates can see. The core reads no clock or environment: these are inputs. */
export interface InvocationFacts {
  readonly environment: Readonly<Record<string, string>>;
  /** ISO 8601 in UTC with microseconds. */
  readonly runStartedAt: string;
  readonly invocationId: string;
  readonly fullRefresh: boolean;
  /** Flags by dbt's name in lower case: `which`, `empty`, `store_failures` … */
  readonly flags: Readonly<Record<string, unknown>>;
  /** Where nodes were built by another invocation: `--defer`. */
  readonly deferral?: Deferral;
  /** What models and snapshots read of their inputs: `--sample`. */
  readonly sample?: SampleWindow;
  /** How much one template may do; an editor's measure when absent. */
  readonly fuel?: Fuel;
}

/** What a `ref` may mean instead of a node that this invocation does not build. Structured-cloneable. */
export interface Deferral {
  readonly relations: ReadonlyMap<UniqueId, DeferredRelation>;
  /** `--favor-state`: even what is built here already gives way, unless it is selected. */
  readonly favored: boolean;
}

/** Where another invocation built a node. */
export type DeferredRelation = Pick<RelationParts, 'database' | 'schema' | 'identifier'>;

/** The header of one `{% macro %}`, `{% test %}` or `{% materialization %}` block, by the name that calls see. */
export interface MacroView {
  /** `macro.<package>.<name>`. */
  readonly uniqueId: UniqueId;
  /** `cents`, `test_unique`, `materialization_table_default` (dbt's stored names, without `dbt_macro__`). */
  readonly name: string;
  readonly packageName: string;
  readonly file: FileId;
  /** Relative to the macro's package, as dbt's messages name it: `macros/m.sql`. */
  readonly originalPath: string;
  /** For materializations: the languages it supports. */
  readonly supportedLanguages?: readonly string[];
}

/** A macro's text: the whole file, and where in it the block stands, from `{%` of its start tag to `%}` of its end tag. */
export interface MacroText {
  readonly fileText: string;
  readonly range: TextRange;
}

/** What rendering and running need to know of one node. Each property may be a tracked read of its own: do not copy it whole. */
export interface NodeView {
  readonly uniqueId: UniqueId;
  readonly resourceType: string;
  readonly name: string;
  readonly packageName: string;
  readonly originalPath: string;
  /** dbt's `path`: relative to the resource path it was found under. */
  readonly path?: string;
  readonly fqn?: readonly string[];
  readonly rawCode: string;
  readonly language: string;
  /** The final merged config, by dbt's keys, hooks under `pre-hook` and `post-hook`. At parse: the project's part of it. */
  readonly config: NodeConfig;
  readonly database: string | undefined;
  readonly schema: string;
  readonly alias: string;
  readonly relation: RelationParts;
  readonly dependsOn: DependsOn;
  readonly columns: readonly ColumnInfo[];
  readonly description: string;
  readonly version?: string | number | undefined;
  readonly testMetadata?: TestMetadata | undefined;
  /** What `model` shows while the project is read, before the node can be described in full. */
  readonly parsed?: DataMap;
}

/** A declared source table, as `source()` needs it. */
export interface SourceView {
  readonly uniqueId: UniqueId;
  readonly name: string;
  readonly sourceName: string;
  readonly packageName: string;
  readonly relation: RelationParts;
  /** The `quoting:` of the source's own YAML, the table's over the source's: dbt leaves the project's out of `source()`. */
  readonly quoting: DataMap;
  readonly config: NodeConfig;
  readonly columns: readonly ColumnInfo[];
}

/** What a `ref` or `source` means from one node; dbt's own message for it when it means nothing. */
export type Resolved<N> =
  | { readonly kind: 'found'; readonly node: N }
  | { readonly kind: 'unresolved'; readonly message: string; readonly code: string };

/**
 * The narrow view of a project that templates render against. The project's model implements it; every answer is
 * synchronous and pure, so the same view serves the editor and a run's worker thread. Objects keep their identity
 * while their content is unchanged.
 */
export interface ManifestView {
  readonly projectName: string;
  readonly adapterType: string;
  /** What `target` shows: name, type, schema, database, threads, profile_name and the profile's keys without secrets. */
  readonly target: DataMap;
  readonly facts: InvocationFacts;
  /** The project's own `quoting:` (`database`, `schema`, `identifier`); an absent key falls to the adapter's default. */
  readonly quoting: DataMap;
  /** Macros of the root project and of installed packages, without the built-in library. */
  readonly macros: readonly MacroView[];
  /** The text of one of them; asked only when it is called. */
  macroText(uniqueId: UniqueId): MacroText;
  /** The versions that the root project and its packages give themselves, by their names. */
  readonly packageVersions: ReadonlyMap<string, string | undefined>;
  /**
   * Where dispatch looks for a macro of a namespace: as `dispatch:` of dbt_project.yml says, else in the root project
   * before the package of that name; `undefined` if there is none, and it looks everywhere.
   */
  dispatchOrder(namespace: string): readonly string[] | undefined;
  /** `vars:` as nodes of one package see them: dbt's precedence, command line included. */
  varsOf(packageName: string): DataMap;
  /** `vars:` of the command line alone. */
  readonly commandLineVars: DataMap;
  node(uniqueId: UniqueId): NodeView | undefined;
  unitTest(uniqueId: UniqueId): UnitTestNode | undefined;
  /** Where the first character of a node's raw code stands; `undefined` when it is no verbatim part of a file. */
  templateOrigin(uniqueId: UniqueId): Origin | undefined;
  resolveRef(ref: RefCall, from: NodeView): Resolved<NodeView>;
  resolveSource(source: SourceCall, from: NodeView): Resolved<SourceView>;
  /** The text of a seed's file. */
  seedText(uniqueId: UniqueId): string;
  /** `compileNode` of another node (an ephemeral parent), so that the memo can keep it. */
  compiled(uniqueId: UniqueId): Compiled;
  /** The dict that `model` shows: dbt's own serialization of a node, as in manifest.json. */
  describe(uniqueId: UniqueId): DataMap;
  /** The `graph` variable: nodes, sources, exposures, metrics, groups, functions, semantic_models, saved_queries. */
  graph(): DataMap;
  /** Ids of the nodes this invocation selected. */
  readonly selectedResources: readonly UniqueId[];
}
