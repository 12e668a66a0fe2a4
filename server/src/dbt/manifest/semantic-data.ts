import {
  asBoolean,
  asList,
  asMap,
  asString,
  emptyMap,
  isMap,
  stringList,
  textOfKey,
  type Data,
  type DataMap,
  type DataScalar,
} from './data.ts';
import { fields, onlyFields, optionalFields } from './data-fields.ts';
import { inputMeasures, typeParamsData } from './metric-data.ts';
import { dependsOnData, identityFields, metaOf, refData, whereData } from './node-data-parts.ts';
import type { NodeExtras } from './node-extras.ts';
import type { SemanticNode } from './node.ts';

/** A metric, a semantic model or a saved query in dbt's shape. */
export function semanticData(node: SemanticNode, extras: NodeExtras): DataMap {
  switch (node.resourceType) {
    case 'metric':
      return metricData(node, extras);
    case 'semantic_model':
      return semanticModelData(node, extras);
    case 'saved_query':
      return savedQueryData(node, extras);
  }
}

function metricData(node: SemanticNode, extras: NodeExtras): DataMap {
  const { data } = node;
  const configured = metaOf(new Map(node.config));
  return fields(
    ...identityFields(node),
    ['description', node.description],
    ['label', data.get('label') ?? node.name],
    ['type', asString(data.get('type'))],
    ['type_params', typeParamsData(data, inputMeasures(data, extras))],
    ['filter', whereData(data.get('filter'))],
    ['metadata', null],
    ['time_granularity', data.get('time_granularity')],
    ['meta', configured.size === 0 ? metaOf(data) : configured],
    ['tags', stringList(data.get('tags'))],
    ['config', new Map(node.config)],
    ['unrendered_config', extras.unrenderedConfig(node)],
    ['sources', []],
    ['depends_on', dependsOnData(node.dependsOn)],
    ['refs', []],
    ['metrics', []],
    ['created_at', extras.createdAt],
    ['group', node.config.get('group')],
  );
}

function semanticModelData(node: SemanticNode, extras: NodeExtras): DataMap {
  const { data } = node;
  const meta = metaOf(new Map(node.config));
  const parts = (key: string, shape: Readonly<Record<string, Data>>): readonly DataMap[] =>
    (asList(data.get(key)) ?? []).filter(isMap).map(part => partData(part, shape, meta));
  return fields(
    ...identityFields(node),
    ['model', data.get('model')],
    ['node_relation', nodeRelation(node)],
    ['description', node.description === '' ? null : node.description],
    ['label', data.get('label')],
    ['defaults', optionalFields(data.get('defaults'), { agg_time_dimension: null })],
    ['entities', parts('entities', ENTITY)],
    ['measures', parts('measures', MEASURE)],
    ['dimensions', parts('dimensions', DIMENSION)],
    ['metadata', null],
    ['depends_on', dependsOnData(node.dependsOn)],
    ['refs', node.refs.map(refData)],
    ['created_at', extras.createdAt],
    ['config', new Map(node.config)],
    ['unrendered_config', extras.unrenderedConfig(node)],
    ['primary_entity', data.get('primary_entity')],
    ['group', node.config.get('group')],
  );
}

function nodeRelation({ relation }: SemanticNode): DataMap | undefined {
  if (relation === undefined) return undefined;
  return fields(
    ['alias', relation.identifier],
    ['schema_name', relation.schema],
    ['database', relation.database],
    ['relation_name', relation.relationName],
  );
}

const NAMED = { name: '', type: null, description: null, label: null } satisfies Readonly<Record<string, Data>>;
const ENTITY = { ...NAMED, role: null, expr: null, config: null } satisfies Readonly<Record<string, Data>>;
const DIMENSION = {
  ...NAMED,
  is_partition: false,
  type_params: null,
  expr: null,
  metadata: null,
  config: null,
} satisfies Readonly<Record<string, Data>>;
const MEASURE = {
  name: '',
  agg: null,
  description: null,
  label: null,
  create_metric: false,
  expr: null,
  agg_params: null,
  non_additive_dimension: null,
  agg_time_dimension: null,
  config: null,
} satisfies Readonly<Record<string, Data>>;

/** An entity, a measure or a dimension, with the semantic model's `meta` below its own. */
function partData(part: DataMap, shape: Readonly<Record<string, Data>>, meta: DataMap): DataMap {
  const data = new Map(onlyFields(part, shape));
  data.set('config', fields(['meta', new Map([...meta, ...metaOf(asMap(part.get('config')))])]));
  const expression = data.get('expr');
  if (expression !== null && expression !== undefined && !isMap(expression)) data.set('expr', textOf(expression));
  if (data.has('type_params')) data.set('type_params', dimensionParams(data.get('type_params')));
  if (data.has('agg_params')) data.set('agg_params', optionalFields(data.get('agg_params'), AGGREGATION));
  if (data.has('create_metric')) data.set('create_metric', false);
  return data;
}

const AGGREGATION = {
  percentile: null,
  use_discrete_percentile: false,
  use_approximate_percentile: false,
} satisfies Readonly<Record<string, Data>>;

function dimensionParams(data: Data | undefined): Data {
  const params = asMap(data);
  if (params === undefined) return null;
  const validity = optionalFields(params.get('validity_params'), { is_start: false, is_end: false });
  return fields(['time_granularity', params.get('time_granularity')], ['validity_params', validity]);
}

const textOf = (data: Data): string => (Array.isArray(data) ? '' : textOfKey(data as DataScalar));

function savedQueryData(node: SemanticNode, extras: NodeExtras): DataMap {
  const { data } = node;
  const params = asMap(data.get('query_params')) ?? emptyMap;
  const tags = [...stringList(data.get('tags')), ...stringList(node.config.get('tags'))];
  return fields(
    ...identityFields(node),
    [
      'query_params',
      fields(
        ['metrics', asList(params.get('metrics')) ?? []],
        ['group_by', asList(params.get('group_by')) ?? []],
        ['where', whereData(params.get('where'))],
        ['order_by', asList(params.get('order_by')) ?? []],
        ['limit', params.get('limit')],
      ),
    ],
    ['exports', (asList(data.get('exports')) ?? []).filter(isMap).map(it => exportData(it, node))],
    ['description', node.description === '' ? null : node.description],
    ['label', data.get('label')],
    ['metadata', null],
    ['config', savedQueryConfig(node)],
    ['unrendered_config', extras.unrenderedConfig(node)],
    ['group', node.config.get('group')],
    ['depends_on', dependsOnData(node.dependsOn)],
    ['created_at', extras.createdAt],
    ['refs', []],
    ['tags', [...new Set(tags)].toSorted()],
  );
}

function savedQueryConfig({ config }: SemanticNode): DataMap {
  const enabled = asBoolean(asMap(config.get('cache'))?.get('enabled')) ?? false;
  return new Map(config).set('cache', fields(['enabled', enabled]));
}

/** An export takes what it does not say itself from its saved query. */
function exportData(data: DataMap, { config, relation }: SemanticNode): DataMap {
  const own = asMap(data.get('config')) ?? emptyMap;
  return fields(
    ['name', data.get('name')],
    [
      'config',
      fields(
        ['export_as', own.get('export_as') ?? config.get('export_as')],
        ['schema_name', own.get('schema_name') ?? own.get('schema') ?? config.get('schema') ?? relation?.schema],
        ['alias', own.get('alias') ?? data.get('name')],
        ['database', own.get('database') ?? relation?.database],
      ),
    ],
    ['unrendered_config', own],
  );
}
