import { anyOf, boolean, integer, listOf, mapping, numeral, optional, recordOf, text, type Schema } from './schema.ts';

const maybeText = optional(text);
const texts = listOf(text);
const filter = optional(text, texts);

const inputMeasure = recordOf({
  'name!': text,
  filter,
  alias: maybeText,
  join_to_timespine: boolean,
  fill_nulls_with: optional(integer),
});

const inputMetric = recordOf({
  'name!': text,
  filter,
  alias: maybeText,
  offset_window: maybeText,
  offset_to_grain: maybeText,
});

const conversion = recordOf({
  'base_measure!': anyOf(inputMeasure, text),
  'conversion_measure!': anyOf(inputMeasure, text),
  'entity!': text,
  calculation: text,
  window: maybeText,
  constant_properties: optional(listOf(recordOf({ 'base_property!': text, 'conversion_property!': text }))),
});

const metricParameters = recordOf({
  measure: optional(inputMeasure, text),
  numerator: optional(inputMetric, text),
  denominator: optional(inputMetric, text),
  expr: optional(text, boolean),
  window: maybeText,
  grain_to_date: maybeText,
  metrics: optional(listOf(anyOf(inputMetric, text))),
  conversion_type_params: optional(conversion),
  cumulative_type_params: optional(recordOf({ window: maybeText, grain_to_date: maybeText, period_agg: text })),
});

/** What dbt accepts as an entry of `metrics`. */
export const metricSchema: Schema = recordOf({
  'name!': text,
  'label!': text,
  'type!': text,
  'type_params!': metricParameters,
  description: text,
  filter,
  time_granularity: maybeText,
  meta: mapping,
  tags: texts,
  config: mapping,
});

const part = { 'name!': text, description: maybeText, label: maybeText, config: mapping };

const entity = recordOf({ ...part, 'type!': text, role: maybeText, expr: maybeText });

const measure = recordOf({
  ...part,
  'agg!': text,
  expr: optional(text, boolean, integer),
  agg_params: optional(
    recordOf({
      percentile: optional(numeral),
      use_discrete_percentile: boolean,
      use_approximate_percentile: boolean,
    }),
  ),
  non_additive_dimension: optional(recordOf({ 'name!': text, 'window_choice!': text, window_groupings: texts })),
  agg_time_dimension: maybeText,
  create_metric: boolean,
});

const dimension = recordOf({
  ...part,
  'type!': text,
  is_partition: boolean,
  type_params: optional(
    recordOf({
      'time_granularity!': text,
      validity_params: optional(recordOf({ is_start: boolean, is_end: boolean })),
    }),
  ),
  expr: maybeText,
});

/** What dbt accepts as an entry of `semantic_models`. */
export const semanticModelSchema: Schema = recordOf({
  'name!': text,
  'model!': text,
  config: mapping,
  description: maybeText,
  label: maybeText,
  defaults: optional(recordOf({ agg_time_dimension: maybeText })),
  entities: listOf(entity),
  measures: listOf(measure),
  dimensions: listOf(dimension),
  primary_entity: maybeText,
});

/** What dbt accepts as an entry of `saved_queries`. */
export const savedQuerySchema: Schema = recordOf({
  'name!': text,
  'query_params!': recordOf({
    metrics: texts,
    group_by: texts,
    where: filter,
    order_by: texts,
    limit: optional(integer),
  }),
  description: maybeText,
  label: maybeText,
  exports: listOf(recordOf({ 'name!': text, config: mapping })),
  config: mapping,
  tags: anyOf(text, texts),
});
