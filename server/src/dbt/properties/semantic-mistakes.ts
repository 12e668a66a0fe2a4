import { asList, asString, isMap, type Data, type DataMap } from '../manifest/data.ts';
import type { KeyPath } from '../manifest/mistake.ts';
import type { SchemaError } from '../schema/schema.ts';
import type { LateMistake } from './late-mistakes.ts';
import type { Entry } from './properties.ts';

/** A metric's name that cannot be a column. */
export function metricNameErrors({ section, data }: Entry): readonly SchemaError[] {
  const name = asString(data.get('name'));
  if (section !== 'metrics' || name === undefined) return [];
  const rules: readonly (readonly [boolean, string])[] = [
    [name.includes(' '), 'cannot contain spaces'],
    [name.length > 250, 'cannot contain more than 250 characters'],
    [!/^[A-Za-z]/.test(name), 'must begin with a letter'],
    [!/^[\p{L}\p{N}_]+$/u.test(name), 'must contain only letters, numbers and underscores'],
  ];
  const broken = rules.flatMap(([isBroken, rule]) => (isBroken ? [rule] : []));
  if (broken.length === 0) return [];
  return [{ path: ['name'], message: `The metric name '${name}' is invalid.  It ${broken.join(', ')}` }];
}

/** Kinds of metrics, measures, dimensions and entities that there are not. */
export function semanticKindMistakes({ section, data }: Entry): readonly LateMistake[] {
  if (section === 'metrics') return kindMistakes(data, [], 'type', 'MetricType');
  if (section !== 'semantic_models') return [];
  return PARTS.flatMap(([list, key, kind]) =>
    (asList(data.get(list)) ?? []).flatMap((part, at) =>
      isMap(part) ? kindMistakes(part, [list, at], key, kind) : [],
    ),
  );
}

const KINDS = {
  MetricType: 'simple ratio cumulative derived conversion',
  AggregationType: 'sum min max count_distinct sum_boolean average percentile median count',
  DimensionType: 'categorical time',
  EntityType: 'foreign natural primary unique',
} as const;

const PARTS: readonly (readonly [list: string, key: string, kind: keyof typeof KINDS])[] = [
  ['entities', 'type', 'EntityType'],
  ['measures', 'agg', 'AggregationType'],
  ['dimensions', 'type', 'DimensionType'],
];

function kindMistakes(data: DataMap, path: KeyPath, key: string, kind: keyof typeof KINDS): readonly LateMistake[] {
  const value: Data = data.get(key) ?? null;
  if (typeof value !== 'string' || KINDS[kind].split(' ').includes(value.toLowerCase())) return [];
  const message = `Invalid enum value: \`${value}\` in enum ${kind}`;
  return [{ path: [...path, key], message, errorClass: 'ValueError' }];
}

/** Unit tests of one of several versions. */
export function unitTestVersionErrors({ section, data }: Entry): readonly SchemaError[] {
  const versions = data.get('versions');
  if (section !== 'unit_tests' || !isMap(versions)) return [];
  const isBoth = ['include', 'exclude'].every(key => (asList(versions.get(key)) ?? []).length > 0);
  return isBoth ? [{ path: ['versions'], message: 'Unit tests can not both include and exclude versions.' }] : [];
}
