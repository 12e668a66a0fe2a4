import { sha256 } from '../../base/sha256.ts';
import { asBoolean, asMap, asString, textOfKey, type Data, type DataMap } from './data.ts';
import { toValue } from './data-value.ts';
import { fields } from './data-fields.ts';
import { constraintsData } from './node-data-parts.ts';
import type { ExecutableNode, ModelNode } from './node.ts';
import { repr } from '../../render/python/text.ts';

/** The contract of a node in dbt's shape: whether it is enforced, and then a fingerprint of what it promises. */
export function contractData(node: ExecutableNode): DataMap {
  const contract = asMap(node.config.get('contract'));
  const enforced = asBoolean(contract?.get('enforced')) ?? false;
  return fields(
    ['enforced', enforced],
    ['alias_types', asBoolean(contract?.get('alias_types')) ?? true],
    ['checksum', enforced && node.resourceType === 'model' ? sha256(promisesOf(node)) : null],
  );
}

/** The promises as one text, spelled as Python spells dbt's objects, so that the fingerprint is dbt's. */
function promisesOf(node: ModelNode): string {
  const byName = node.columns.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const columns = byName.map(({ name, dataType, constraints }) => {
    return `|${name}${dataType ?? 'None'}${listText(constraintsData(constraints, 'column'), 'ColumnLevelConstraint')}`;
  });
  const materialized = asString(node.config.get('materialized')) ?? '';
  if (materialized !== 'table' && materialized !== 'incremental') return columns.join('');
  return `${columns.join('')}${materialized}${listText(constraintsData(node.constraints, 'model'), 'ModelLevelConstraint')}`;
}

const listText = (constraints: readonly DataMap[], className: string): string =>
  `[${constraints.map(constraint => `${className}(${argumentsText(constraint)})`).join(', ')}]`;

function argumentsText(constraint: DataMap): string {
  return [...constraint].map(([key, value]) => `${textOfKey(key)}=${argumentText(textOfKey(key), value)}`).join(', ');
}

function argumentText(key: string, value: Data): string {
  if (key !== 'type' || typeof value !== 'string') return repr(toValue(value));
  return `<ConstraintType.${value}: '${value}'>`;
}
