import { builtinMacroNodes } from '../dbt/macros/macro-nodes.ts';
import { emptyMap, type DataMap } from '../dbt/manifest/data.ts';
import { dataOf } from '../dbt/manifest/yaml-data.ts';
import { manifestSelectors } from '../dbt/selection/manifest-selectors.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import { quotePolicy } from '../dbt/manifest/relation.ts';
import { manifestText, type CompiledFacts } from '../dbt/manifest/write.ts';
import { DBT_VERSION } from '../dbt/project/dbt-version.ts';
import type { ModelDb } from '../model/db.ts';
import { codePath, customEnvironment, keptText } from './artifacts.ts';
import type { NodeResult } from './result.ts';
import type { ProjectInput } from '../model/project-input.ts';

/** What a manifest says about the invocation that writes it. */
export interface ManifestOptions {
  readonly generatedAt: string;
  /** The nodes that were compiled, with their code. */
  readonly compiled?: ReadonlyMap<UniqueId, CompiledFacts>;
}

/** What the results of a run say about the code of nodes, for the manifest that is written after it. */
export function compiledFacts(
  db: ModelDb,
  results: readonly NodeResult[],
  targetPath: string,
): ReadonlyMap<UniqueId, CompiledFacts> {
  const facts = results.flatMap(
    ({ id, compiledSql, ctes, macros }): readonly (readonly [UniqueId, CompiledFacts])[] => {
      const node = db.node(id);
      if (compiledSql === undefined || node === undefined) return [];
      const isKept = keptText(node, compiledSql) !== undefined;
      const path = isKept ? `${targetPath}/compiled/${codePath(node)}` : undefined;
      return [[id, { code: compiledSql, path, ctes, macros }]];
    },
  );
  return new Map(facts);
}

/** The text of a project's `manifest.json`, in pieces to be written one after another. */
export function manifestPieces(
  db: ModelDb,
  { settings }: Pick<ProjectInput, 'settings'>,
  { generatedAt, compiled = new Map() }: ManifestOptions,
): Iterable<string> {
  const { name = '', adapterType = 'postgres' } = db.project();
  const facts = {
    dbtVersion: DBT_VERSION,
    generatedAt,
    invocationId: settings.invocationId,
    startedAt: settings.runStartedAt.replace(/\+00:00$/, 'Z'),
    env: customEnvironment(settings.environment),
    projectName: name,
    adapterType,
    quoting: quotePolicy(adapterType, db.view().quoting),
    builtinMacros: builtinMacroNodes(adapterType),
    selectors: selectorsOf(db),
  };
  return manifestText(db.manifest(), db.extras(), facts, compiled);
}

function selectorsOf(db: ModelDb): DataMap {
  const tree = db.yaml('selectors.yml');
  return tree === undefined ? emptyMap : manifestSelectors(dataOf(tree.root));
}
