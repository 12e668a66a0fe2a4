import type { TextRange } from '../../base/text-range.ts';
import type { FileId } from '../../render/rendered.ts';

/** Plain data as YAML and JSON know it; what the project's files and settings hold before a template sees it. */
export type Plain = null | boolean | number | bigint | string | readonly Plain[] | PlainMap;

/** A mapping of plain data. Numbers with a fraction, or made from one such as `1.0`, are `PlainFloat`s. */
export interface PlainMap {
  readonly [key: string]: Plain | undefined;
}

/** The facts of one invocation that templates can see. The core reads no clock or environment: these are inputs. */
export interface InvocationFacts {
  readonly vars: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string>>;
  /** ISO 8601 in UTC with microseconds. */
  readonly runStartedAt: string;
  readonly invocationId: string;
  readonly fullRefresh: boolean;
  /** Flags by dbt's name in lower case: `which`, `empty`, `store_failures` … */
  readonly flags: Readonly<Record<string, unknown>>;
}

/** One `{% macro %}`, `{% test %}` or `{% materialization %}` block of a file, by the name that calls see. */
export interface MacroView {
  /** `macro.<package>.<name>`. */
  readonly uniqueId: string;
  /** `cents`, `test_unique`, `materialization_table_default` (dbt's own stored names, without `dbt_macro__`). */
  readonly name: string;
  readonly packageName: string;
  readonly file: FileId;
  /** The whole text of the file, and where in it the block stands, from `{%` of its start tag to `%}` of its end tag. */
  readonly fileText: string;
  readonly range: TextRange;
  /** For materializations: the languages it supports. */
  readonly supportedLanguages?: readonly string[];
}

/** The template of a node: its raw code and where that stands in its file, so that segments point into the file. */
export interface NodeTemplate {
  readonly file: FileId;
  readonly text: string;
  /** Offset of `text` in the file; `undefined` when the text is not a verbatim part of it (generic tests, YAML hooks). */
  readonly start: number | undefined;
}

/** What rendering and running need to know of one node. `dbt/manifest/node.ts` satisfies it. */
export interface NodeView {
  readonly uniqueId: string;
  readonly resourceType: string;
  readonly name: string;
  readonly packageName: string;
  readonly language: string;
  readonly originalFilePath: string;
  readonly template: NodeTemplate;
  readonly database: string | undefined;
  readonly schema: string;
  /** The name of the relation: `alias`, or a source's or seed's `identifier`. */
  readonly identifier: string;
  /** The final merged config, by dbt's keys, hooks as `pre-hook` and `post-hook`. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly version?: string | number | undefined;
  /** For generic tests: the macro, its namespace, and its arguments as rendered YAML text or data. */
  readonly testMetadata?:
    | { readonly name: string; readonly namespace: string | undefined; readonly kwargs: Readonly<Record<string, unknown>> }
    | undefined;
  /** What the node was found to depend on, once resolved. */
  readonly dependsOn: { readonly nodes: readonly string[]; readonly macros: readonly string[] };
  /** Declared columns by name, as `model.columns` shows them. */
  readonly columns: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly description?: string;
}

/** A declared source table, as `source()` needs it. */
export interface SourceView {
  readonly uniqueId: string;
  readonly packageName: string;
  readonly sourceName: string;
  readonly name: string;
  readonly database: string | undefined;
  readonly schema: string;
  readonly identifier: string;
  readonly quoting: Quoting;
  readonly file: FileId;
}

/** Which parts of a relation are quoted. */
export interface Quoting {
  readonly database: boolean;
  readonly schema: boolean;
  readonly identifier: boolean;
}

/** The arguments of one `ref` as a template gave them. */
export interface RefArguments {
  readonly packageName: string | undefined;
  readonly name: string;
  readonly version: string | number | undefined;
}

/** What a `ref` means from one node. `problem` is dbt's own message for it, when it means nothing. */
export type RefTarget<N> =
  | { readonly kind: 'node'; readonly node: N }
  | { readonly kind: 'unresolved'; readonly message: string; readonly code: string };

/**
 * The narrow view of a project that templates render against. The core's `dbt/manifest` implements it; every answer
 * is synchronous and pure, so the same view serves the editor and a run's worker thread.
 */
export interface ManifestView {
  readonly projectName: string;
  readonly adapterType: string;
  /** What `target` shows: name, type, schema, database, threads, profile_name and the profile's keys without secrets. */
  readonly target: Readonly<Record<string, unknown>>;
  readonly facts: InvocationFacts;
  /** The project's own quoting (`quoting:` of dbt_project.yml); a key that is absent falls to the adapter's default. */
  readonly quoting: Partial<Quoting>;
  /** Macros of the root project and of installed packages; the built-in library is added here by `dbt/macros`. */
  readonly macros: readonly MacroView[];
  /** The names of installed packages, root excluded. */
  readonly packageNames: readonly string[];
  /** `dispatch:` of dbt_project.yml: the search order of one macro namespace, or `undefined`. */
  dispatchOrder(namespace: string): readonly string[] | undefined;
  /** `vars:` as seen by nodes of one package: dbt's precedence, command line included. */
  varsOf(packageName: string): Readonly<Record<string, unknown>>;
  node(uniqueId: string): NodeView | undefined;
  resolveRef(ref: RefArguments, from: NodeView): RefTarget<NodeView>;
  resolveSource(sourceName: string, tableName: string, from: NodeView): RefTarget<SourceView>;
  /** The dict that `model` shows: dbt's own serialization of a node, as in manifest.json. */
  describe(uniqueId: string): Readonly<Record<string, unknown>>;
  /** The `graph` variable: nodes, sources, exposures, metrics, groups, functions, semantic_models, saved_queries. */
  graph(): Readonly<Record<string, unknown>>;
  /** Ids of the nodes this invocation selected. */
  readonly selectedResources: readonly string[];
}
