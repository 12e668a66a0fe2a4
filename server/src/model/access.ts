import { asString } from '../dbt/manifest/data.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import type { Declared } from './file-summary.ts';
import type { NodeFacts } from './node-facts.ts';
import type { Structure } from './structure.ts';

/** Why a node may not use a model, in dbt's words; `undefined` when it may. */
export function forbiddenAccess(
  facts: NodeFacts,
  structure: Structure,
  from: Declared,
  target: UniqueId,
): string | undefined {
  const declared = facts.declared(target);
  if (declared?.kind !== 'model' || FREE.has(from.kind)) return undefined;
  const config = facts.config.get(target);
  const access = asString(config.get('access'));
  const group = asString(config.get('group'));
  const attempt = `Node ${from.uniqueId} attempted to reference node ${target}, which is not allowed because the referenced node is`;
  const isRestricted = structure.projectNamed(declared.packageName).restrictAccess;
  const isForeign = isRestricted && declared.packageName !== from.packageName;
  if (access === 'private') {
    const isSameGroup = group !== undefined && groupOf(facts, from) === group && !isForeign;
    return isSameGroup ? undefined : `${attempt} private to the '${group ?? ''}' group.`;
  }
  return access !== 'public' && isForeign
    ? `${attempt} protected to the '${declared.packageName}' package.`
    : undefined;
}

/** A generic test is of the group of what it tests; exposures and their like are of none. */
function groupOf(facts: NodeFacts, from: Declared): string | undefined {
  if (UNGROUPED.has(from.kind)) return undefined;
  const test = facts.genericTest(from);
  const id = test === undefined ? from.uniqueId : facts.testedNode(from);
  return id === undefined ? undefined : asString(facts.config.get(id).get('group'));
}

const UNGROUPED: ReadonlySet<string> = new Set(['exposure', 'metric', 'semantic_model', 'saved_query']);

/** What dbt does not resolve while it reads the project, and the query of a moment. */
const FREE: ReadonlySet<string> = new Set(['unit_test', 'macro', 'source', 'seed', 'sql_operation']);
