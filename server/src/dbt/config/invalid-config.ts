import { dataAt, isMap, type Data } from '../manifest/data.ts';
import type { NodeConfig, ResourceType } from '../manifest/node.ts';
import { configSchema } from '../schema/config-schemas.ts';
import { dataRepr, dataText } from '../schema/data-repr.ts';
import {
  integer,
  listOf,
  mapping,
  oneOf,
  optional,
  patternOf,
  schemaErrors,
  schemaMessage,
  text,
  type Schema,
} from '../schema/schema.ts';
import { valueMistakes } from './value-mistakes.ts';

/** dbt's exceptions for a configuration that it cannot use. */
export type ConfigErrorClass =
  | 'ValidationError'
  | 'SchemaConfigError'
  | 'InvalidFieldValue'
  | 'TypeError'
  | 'ConfigUpdateError'
  | 'DbtInternalError'
  | 'ParsingError'
  | 'InvalidAccessTypeError';

/** A configuration that dbt refuses, in its words. */
export interface InvalidConfig {
  readonly key: string;
  readonly message: string;
  readonly errorClass: ConfigErrorClass;
}

/**
 * What is wrong with a final configuration; the first is what dbt would stop at: it merges, then converts, then looks at
 * the schema, and a key that fails early is not looked at again.
 */
export function invalidConfigs(type: ResourceType, config: NodeConfig): readonly InvalidConfig[] {
  const known = judged.get(config);
  if (known?.type === type) return known.found;
  const found = findInvalid(type, config);
  judged.set(config, { type, found });
  return found;
}

/** Most nodes of a folder share one configuration. */
const judged = new WeakMap<NodeConfig, { readonly type: ResourceType; readonly found: readonly InvalidConfig[] }>();

function findInvalid(type: ResourceType, config: NodeConfig): readonly InvalidConfig[] {
  const found = new Map<string, InvalidConfig>();
  const add = (key: string, message: string, errorClass: ConfigErrorClass): void => {
    if (!found.has(key)) found.set(key, { key, message, errorClass });
  };
  for (const key of MERGED) {
    const value = config.get(key);
    const isMerged = value === undefined || value === null || isMap(value);
    if (!isMerged) add(key, `expected dict, got ${dataText(value)}`, 'DbtInternalError');
  }
  if (type === 'exposure' || type === 'source') return unvalidated(config);
  for (const { key, pythonType, schema } of fieldsOf(type)) {
    const value = config.get(key);
    if (value === undefined || schemaErrors(schema, value).length === 0) continue;
    add(
      key,
      `Field "${key}" of type ${pythonType} in ${CLASSES.get(type) ?? 'NodeConfig'} has invalid value ${dataRepr(value)}`,
      'InvalidFieldValue',
    );
  }
  for (const error of schemaErrors(configSchema(type), config)) {
    add(String(error.path[0] ?? ''), schemaMessage(error), 'SchemaConfigError');
  }
  if (type === 'test') addSeverity(config, add);
  const className = CLASSES.get(type);
  if (className !== undefined) {
    for (const { key, message, errorClass } of valueMistakes(type, className, config)) add(key, message, errorClass);
  }
  const change = contractMistake(config);
  if (change !== undefined) add('on_schema_change', change, 'ValidationError');
  return [...found.values()];
}

/** dbt validates these by hand and passes on all that Python's `jsonschema` says. */
function unvalidated(config: NodeConfig): readonly InvalidConfig[] {
  const enabled = config.get('enabled') ?? true;
  if (typeof enabled === 'boolean') return [];
  const shown = dataRepr(enabled);
  const message = `${shown} is not of type 'boolean'\n\nFailed validating 'type' in schema['properties']['enabled']:\n    {'type': 'boolean', 'default': True}\n\nOn instance['enabled']:\n    ${shown}`;
  return [{ key: 'enabled', message, errorClass: 'ValidationError' }];
}

/** A contract holds for new columns too, so an incremental model has to say what becomes of them. */
function contractMistake(config: NodeConfig): string | undefined {
  const change = config.get('on_schema_change') ?? null;
  const isChecked = dataAt(config.get('contract'), 'enforced') === true && config.get('materialized') === 'incremental';
  if (!isChecked || change === 'append_new_columns' || change === 'fail') return undefined;
  return `Invalid value for on_schema_change: ${dataText(change)}. Models materialized as incremental with contracts enabled must set on_schema_change to 'append_new_columns' or 'fail'`;
}

/** Keys whose values are merged level by level, which only mappings can be. */
const MERGED: readonly string[] = ['meta', 'docs', 'contract', 'quoting', 'column_types', 'grants'];

/** Keys whose values are made into something else before the schema sees them. */
interface Field {
  readonly key: string;
  readonly pythonType: string;
  readonly schema: Schema;
}

const NODE_FIELDS: readonly Field[] = [
  { key: 'persist_docs', pythonType: 'Dict[str, Any]', schema: { kind: 'type', type: 'object' } },
  { key: 'unique_key', pythonType: 'Union[str, List[str], None]', schema: optional(text, listOf(text), mapping) },
  {
    key: 'on_configuration_change',
    pythonType: 'OnConfigurationChangeOption',
    schema: oneOf('apply continue fail'),
  },
];

const TEST_FIELDS: readonly Field[] = [
  {
    key: 'limit',
    pythonType: 'Optional[int]',
    schema: optional(integer, patternOf(/^\s*[-+]?\d+\s*$/)),
  },
];

const SNAPSHOT_FIELDS: readonly Field[] = [
  ...NODE_FIELDS,
  { key: 'snapshot_meta_column_names', pythonType: 'SnapshotMetaColumnNames', schema: mapping },
];

function fieldsOf(type: ResourceType): readonly Field[] {
  if (type === 'test') return TEST_FIELDS;
  if (type === 'snapshot') return SNAPSHOT_FIELDS;
  return CLASSES.has(type) ? NODE_FIELDS : [];
}

const CLASSES: ReadonlyMap<ResourceType, string> = new Map<ResourceType, string>([
  ['model', 'ModelConfig'],
  ['seed', 'SeedConfig'],
  ['snapshot', 'SnapshotConfig'],
  ['test', 'TestConfig'],
]);

function addSeverity(
  config: NodeConfig,
  add: (key: string, message: string, errorClass: ConfigErrorClass) => void,
): void {
  const severity: Data = config.get('severity') ?? null;
  if (typeof severity !== 'string' || /^(?:warn|error)$/i.test(severity)) return;
  add('severity', `at path []: Severity must be either 'warn' or 'error'. Got '${severity}'`, 'SchemaConfigError');
}
