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
  if (access === 'private') {
    const isSameGroup = group !== undefined && asString(facts.config.get(from.uniqueId).get('group')) === group;
    return isSameGroup ? undefined : `${attempt} private to the '${group ?? ''}' group.`;
  }
  const isRestricted = structure.projectNamed(declared.packageName).restrictAccess;
  const isForeign = declared.packageName !== from.packageName;
  return access !== 'public' && isRestricted && isForeign
    ? `${attempt} protected to the '${declared.packageName}' package.`
    : undefined;
}

/** Tests follow the model they test, and what lives in YAML only reads. */
const FREE: ReadonlySet<string> = new Set([
  'test',
  'unit_test',
  'exposure',
  'analysis',
  'macro',
  'operation',
  'sql_operation',
  'source',
]);
