import { asList, asMap, asString, emptyMap, isMap, textOfKey, type Data, type DataMap } from '../manifest/data.ts';
import type { Entry } from './properties.ts';

/** The metrics that the measures of a semantic model make of themselves by saying `create_metric: true`. */
export function createdMetrics({ section, data, path }: Entry): readonly Entry[] {
  if (section !== 'semantic_models') return [];
  return (asList(data.get('measures')) ?? []).flatMap((measure, at): readonly Entry[] => {
    const name = asString(asMap(measure)?.get('name'));
    if (!isMap(measure) || name === undefined || measure.get('create_metric') !== true) return [];
    const place = [...path, 'measures', at];
    return [{ section: 'metrics', name, data: metricOf(name, measure, data), path: place }];
  });
}

function metricOf(name: string, measure: DataMap, model: DataMap): DataMap {
  const expression = measure.get('expr') ?? name;
  const config = asMap(model.get('config')) ?? emptyMap;
  const meta = config.get('meta');
  const kept = new Map<string, Data>([['enabled', config.get('enabled') ?? true]]);
  if (meta !== undefined) kept.set('meta', meta);
  return new Map<string, Data>([
    ['name', name],
    ['label', measure.get('label') ?? name],
    ['description', measure.get('description') ?? `Metric created from measure ${name}`],
    ['type', 'simple'],
    [
      'type_params',
      new Map<string, Data>([
        ['measure', name],
        ['expr', textOf(expression)],
      ]),
    ],
    ['config', kept],
  ]);
}

const textOf = (data: Data): Data => (typeof data === 'number' || typeof data === 'boolean' ? textOfKey(data) : data);
