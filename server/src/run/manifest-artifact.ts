import { builtinMacroNodes } from '../dbt/macros/macro-nodes.ts';
import { emptyMap, type DataMap } from '../dbt/manifest/data.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import { quotePolicy } from '../dbt/manifest/relation.ts';
import { manifestText, type CompiledFacts } from '../dbt/manifest/write.ts';
import { DBT_VERSION } from '../dbt/project/dbt-version.ts';
import type { ModelDb } from '../model/db.ts';
import type { ProjectInput } from '../model/project-input.ts';

/** What a manifest says about the invocation that writes it. */
export interface ManifestOptions {
  readonly generatedAt: string;
  /** The nodes that were compiled, with their code. */
  readonly compiled?: ReadonlyMap<UniqueId, CompiledFacts>;
  /** `selectors.yml` as dbt keeps it. */
  readonly selectors?: DataMap;
}

/** The text of a project's `manifest.json`, in pieces to be written one after another. */
export function manifestPieces(
  db: ModelDb,
  { settings }: Pick<ProjectInput, 'settings'>,
  { generatedAt, compiled = new Map(), selectors = emptyMap }: ManifestOptions,
): Iterable<string> {
  const { name = '', adapterType = 'postgres' } = db.project();
  const facts = {
    dbtVersion: DBT_VERSION,
    generatedAt,
    invocationId: settings.invocationId,
    startedAt: settings.runStartedAt,
    env: customEnvironment(settings.environment),
    projectName: name,
    adapterType,
    quoting: quotePolicy(adapterType, db.view().quoting),
    builtinMacros: builtinMacroNodes(adapterType),
    selectors,
  };
  return manifestText(db.manifest(), db.extras(), facts, compiled);
}

const PREFIX = 'DBT_ENV_CUSTOM_ENV_';

/** The variables that dbt writes into artifacts, by their names without the prefix that marks them. */
export function customEnvironment(environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const marked = Object.entries(environment).filter(([name]) => name.startsWith(PREFIX));
  return Object.fromEntries(marked.map(([name, value]) => [name.slice(PREFIX.length), value]));
}
