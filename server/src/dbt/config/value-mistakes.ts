import { asMap, asString, dataAt, isList, isMap, type Data } from '../manifest/data.ts';
import type { NodeConfig, ResourceType } from '../manifest/node.ts';
import { dataRepr, pythonTypeName } from '../schema/data-repr.ts';
import { boolean, integer, oneOf, optional, recordOf, schemaErrors, text } from '../schema/schema.ts';
import type { InvalidConfig } from './invalid-config.ts';
import { isColor } from './node-color.ts';

/** Values that dbt looks at one by one, when it makes its own objects of them. */
export function valueMistakes(type: ResourceType, className: string, config: NodeConfig): readonly InvalidConfig[] {
  return [
    ...hookMistakes('pre-hook', 'pre_hook', className, config),
    ...hookMistakes('post-hook', 'post_hook', className, config),
    ...(type === 'model' ? freshnessMistakes(config) : []),
    ...colorMistakes(config),
    ...materializedMistakes(type, config),
  ];
}

const hookSchema = recordOf({ 'sql!': text, transaction: boolean, index: optional(integer) }, true);

/** A hook is a text, or a mapping that holds one. */
function hookMistakes(key: string, field: string, className: string, config: NodeConfig): readonly InvalidConfig[] {
  const value = config.get(key) ?? null;
  if (!isList(value)) return [];
  const odd = value.find(it => !isMap(it));
  if (odd !== undefined) {
    const message = `the JSON object must be str, bytes or bytearray, not ${pythonTypeName(odd)}`;
    return [{ key, message, errorClass: 'TypeError' }];
  }
  if (value.every(it => schemaErrors(hookSchema, it).length === 0)) return [];
  const message = `Field "${field}" of type List[Hook] in ${className} has invalid value ${dataRepr(value.map(asWritten))}`;
  return [{ key, message, errorClass: 'InvalidFieldValue' }];
}

/** What a hook says of transactions is filled in where it says nothing. */
function asWritten(hook: Data): Data {
  const map = asMap(hook);
  return map?.get('transaction') === true ? new Map([...map].filter(([key]) => key !== 'transaction')) : hook;
}

const buildAfter = recordOf(
  {
    count: optional(integer),
    period: optional(oneOf('minute hour day')),
    updates_on: oneOf('all any'),
  },
  true,
);

/** How often a model has to be built again. */
function freshnessMistakes(config: NodeConfig): readonly InvalidConfig[] {
  const value = dataAt(config.get('freshness'), 'build_after');
  if (value === undefined) return [];
  if (schemaErrors(buildAfter, value).length > 0) {
    const message = `Field "build_after" of type ModelBuildAfter in ModelFreshness has invalid value ${dataRepr(value)}`;
    return [{ key: 'freshness', message, errorClass: 'InvalidFieldValue' }];
  }
  const [count, period] = [dataAt(value, 'count') ?? null, dataAt(value, 'period') ?? null];
  if ((count === null) === (period === null)) return [];
  const [lack, given] = count === null ? ['count', 'period'] : ['period', 'count'];
  const message = `\`freshness.build_after\` must have a value for \`${lack}\` if a \`${given}\` is provided`;
  return [{ key: 'freshness', message, errorClass: 'ValidationError' }];
}

function colorMistakes(config: NodeConfig): readonly InvalidConfig[] {
  const color = asString(dataAt(config.get('docs'), 'node_color')) ?? '';
  if (color === '' || isColor(color)) return [];
  const message = `Invalid color name for docs.node_color: ${color}. It is neither a valid HTML color name nor a valid HEX code.`;
  return [{ key: 'docs', message, errorClass: 'ValidationError' }];
}

/** Seeds and tests are built in one way only. */
function materializedMistakes(type: ResourceType, config: NodeConfig): readonly InvalidConfig[] {
  if (type !== 'seed' && type !== 'test') return [];
  const how = asString(config.get('materialized')) ?? '';
  if (how === '' || how === type) return [];
  const message = `at path []: A ${type} must have a materialized value of '${type}'`;
  return [{ key: 'materialized', message, errorClass: 'SchemaConfigError' }];
}
