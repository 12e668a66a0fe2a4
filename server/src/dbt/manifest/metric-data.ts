import { asList, asMap, asString, emptyMap, isList, isMap, textOfKey, type Data, type DataMap } from './data.ts';
import { fields, onlyFields } from './data-fields.ts';
import { whereData } from './node-data-parts.ts';
import type { NodeExtras } from './node-extras.ts';

/** The parameters of a metric in dbt's shape. */
export function typeParamsData(metric: DataMap, measures: readonly DataMap[]): DataMap {
  const params = paramsOf(metric);
  return fields(
    ['measure', optional(params.get('measure'), measureData)],
    ['input_measures', measures],
    ['numerator', optional(params.get('numerator'), inputData)],
    ['denominator', optional(params.get('denominator'), inputData)],
    ['expr', textOf(params.get('expr'))],
    ['window', windowData(params.get('window'))],
    ['grain_to_date', params.get('grain_to_date')],
    ['metrics', (asList(params.get('metrics')) ?? []).map(inputData)],
    ['conversion_type_params', conversionData(asMap(params.get('conversion_type_params')))],
    ['cumulative_type_params', cumulativeData(metric, params)],
    ['metric_aggregation_params', null],
  );
}

const paramsOf = (metric: DataMap): DataMap => asMap(metric.get('type_params')) ?? emptyMap;

/** The measures that a metric is made of, those of the metrics it is made of included, each once. */
export function inputMeasures(metric: DataMap, extras: Pick<NodeExtras, 'metric'>): readonly DataMap[] {
  const found = new Map<string, DataMap>();
  collect(metric, new Set());
  return [...found.values()];

  function collect(of: DataMap, visited: Set<DataMap>): void {
    if (visited.has(of)) return;
    visited.add(of);
    const params = paramsOf(of);
    const conversion = asMap(params.get('conversion_type_params'));
    const measures = [params.get('measure'), conversion?.get('base_measure'), conversion?.get('conversion_measure')];
    for (const measure of measures) {
      if (measure === undefined || measure === null) continue;
      const data = measureData(measure);
      found.set(JSON.stringify([...data].map(([key, value]) => [key, isMap(value) ? [...value] : value])), data);
    }
    const inputs = [...(asList(params.get('metrics')) ?? []), params.get('numerator'), params.get('denominator')];
    for (const input of inputs) {
      const other = extras.metric(nameOf(input ?? null));
      if (other !== undefined) collect(other, visited);
    }
  }
}

const nameOf = (data: Data): string => asString(data) ?? asString(asMap(data)?.get('name')) ?? '';

function optional(data: Data | undefined, convert: (data: Data) => DataMap): Data {
  return data === undefined || data === null ? null : convert(data);
}

/** A measure by its name alone, or with what else the metric wants of it. */
function measureData(data: Data): DataMap {
  const written = asMap(data);
  return fields(
    ['name', nameOf(data)],
    ['filter', whereData(written?.get('filter'))],
    ['alias', written?.get('alias')],
    ['join_to_timespine', written?.get('join_to_timespine') ?? false],
    ['fill_nulls_with', written?.get('fill_nulls_with')],
  );
}

function inputData(data: Data): DataMap {
  const written = asMap(data);
  return fields(
    ['name', nameOf(data)],
    ['filter', whereData(written?.get('filter'))],
    ['alias', written?.get('alias')],
    ['offset_window', windowData(written?.get('offset_window'))],
    ['offset_to_grain', written?.get('offset_to_grain')],
  );
}

const GRAINS: ReadonlySet<string> = new Set(
  'nanosecond microsecond millisecond second minute hour day week month quarter year'.split(' '),
);

/** `7 days` as a count and a granularity. */
function windowData(data: Data | undefined): Data {
  const [count, grain] = asString(data)?.toLowerCase().split(' ') ?? [];
  if (count === undefined || grain === undefined || !/^\d+$/.test(count)) return null;
  const singular = grain.replace(/s$/, '');
  return fields(['count', Number(count)], ['granularity', GRAINS.has(singular) ? singular : grain]);
}

function conversionData(params: DataMap | undefined): Data {
  if (params === undefined) return null;
  const properties = asList(params.get('constant_properties'))?.filter(isMap);
  const shape = { base_property: null, conversion_property: null };
  return fields(
    ['base_measure', optional(params.get('base_measure'), measureData)],
    ['conversion_measure', optional(params.get('conversion_measure'), measureData)],
    ['entity', params.get('entity')],
    ['calculation', params.get('calculation') ?? 'conversion_rate'],
    ['window', windowData(params.get('window'))],
    ['constant_properties', properties?.map(property => onlyFields(property, shape))],
  );
}

function cumulativeData(metric: DataMap, params: DataMap): Data {
  if (asString(metric.get('type'))?.toLowerCase() !== 'cumulative') return null;
  const own = asMap(params.get('cumulative_type_params'));
  return fields(
    ['window', windowData(own?.get('window') ?? params.get('window'))],
    ['grain_to_date', own?.get('grain_to_date') ?? params.get('grain_to_date')],
    ['period_agg', own?.get('period_agg') ?? 'first'],
    ['metric', null],
  );
}

function textOf(data: Data | undefined): string | null {
  return data === undefined || data === null || isList(data) || isMap(data) ? null : textOfKey(data);
}
