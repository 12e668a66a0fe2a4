import type { Compiled } from '../dbt/compile/compiled.ts';
import type { InvocationFacts, ManifestView, MacroText, MacroView, NodeView } from '../dbt/compile/manifest-view.ts';
import type { DataMap } from '../dbt/manifest/data.ts';
import type { RefCall, SourceCall, UniqueId } from '../dbt/manifest/node.ts';
import type { RenderedText } from '../dbt/project/render-data.ts';
import type { Rendered } from '../render/rendered.ts';

/** What the model needs of dbt's template engine. `dbt-engine.ts` binds it to the real one. */
export interface TemplateEngine {
  /** Renders one text of a YAML file natively, with what dbt offers there. */
  readonly renderYaml: (text: string, context: YamlRenderContext) => RenderedText;
  /** Renders a node as dbt does while it reads the project, to learn what the node uses and configures. */
  readonly capture: (view: ManifestView, node: NodeView) => CapturedRender;
  /** Calls `generate_database_name`, `generate_schema_name` and `generate_alias_name` for a node. */
  readonly relationNames: (view: ManifestView, node: NodeView, custom: CustomNames) => RelationNames;
  readonly compile: (view: ManifestView, node: NodeView, options: CompileOptions) => Compiled;
  readonly builtinMacros: (adapterType: string) => readonly MacroView[];
  readonly builtinMacroText: (uniqueId: UniqueId) => MacroText | undefined;
}

/** What Jinja in a YAML file can see. */
export interface YamlRenderContext {
  readonly kind: 'profile' | 'project' | 'packages' | 'properties' | 'docs';
  readonly vars: DataMap;
  /** `undefined` where dbt has not chosen a target yet. */
  readonly target: DataMap | undefined;
  /** The root project's, once dbt knows it: in properties files and descriptions. */
  readonly projectName?: string | undefined;
  readonly facts: InvocationFacts;
  /** `doc()`, for descriptions. */
  readonly doc?: (packageName: string | undefined, name: string) => string | undefined;
}

/** What a parse render saw, and what it gave. */
export interface CapturedRender extends Omit<CapturedNode, 'problem'> {
  readonly rendered: Rendered;
}

/** What a parse render saw. */
export interface CapturedNode {
  /** What it ended in, where it did not end well. */
  readonly problem: Rendered['problem'];
  readonly refs: readonly RefCall[];
  readonly sources: readonly SourceCall[];
  /** The `config()` calls merged, later over earlier. */
  readonly config: DataMap;
  /** Ids of the macros it called, built-in ones included, in order of first use. */
  readonly macros: readonly UniqueId[];
}

/** The names that configuration asks for; `undefined` for those it does not mention. */
export interface CustomNames {
  readonly database: string | undefined;
  readonly schema: string | undefined;
  readonly alias: string | undefined;
}

/** The names that the macros gave, or the problem of the one that failed. */
export interface RelationNames {
  readonly database: string | undefined;
  readonly schema: string;
  readonly alias: string;
  readonly problem: Rendered['problem'];
}

export interface CompileOptions {
  /** What `is_incremental()` answers; dbt's own answer when absent. */
  readonly incremental?: boolean;
}
