import { asList, asMap, asString, dataAt, isMap, type Data, type DataMap } from '../manifest/data.ts';
import type { KeyPath } from '../manifest/mistake.ts';
import { dataRepr } from '../schema/data-repr.ts';
import { integer, oneOf, optional, recordOf, schemaErrors, type SchemaError } from '../schema/schema.ts';
import type { Entry } from './properties.ts';

/** An owner of whom nothing is known by which they could be reached. */
export function ownerErrors({ section, data }: Entry): readonly SchemaError[] {
  const kind = section === 'exposures' ? 'Exposure' : section === 'groups' ? 'Group' : undefined;
  const owner = asMap(data.get('owner'));
  if (kind === undefined || owner === undefined) return [];
  const isKnown = ['name', 'email'].some(key => (owner.get(key) ?? null) !== null);
  return isKnown ? [] : [{ path: ['owner'], message: `${kind} owner must have at least one of 'name' or 'email'.` }];
}

/** A mistake with the exception that dbt raises for it. */
export interface LateMistake {
  readonly path: KeyPath;
  readonly message: string;
  readonly errorClass: 'InvalidFieldValue' | 'ParsingError' | 'ValueError';
}

/** A day on which a model is said to go, that is none. */
export function deprecationMistakes({ section, data }: Entry): readonly LateMistake[] {
  const day = data.get('deprecation_date');
  if (section !== 'models' || typeof day !== 'string' || ISO_DAY.test(day)) return [];
  const message = `Field "deprecation_date" of type Optional[datetime] in UnparsedModelUpdate has invalid value ${dataRepr(day)}`;
  return [{ path: ['deprecation_date'], message, errorClass: 'InvalidFieldValue' }];
}

/** The days that Python's `datetime.fromisoformat` reads, whatever time stands behind them. */
const ISO_DAY = /^\d{4}(?:-\d{2}-\d{2}|\d{4}|-?W\d{2}(?:-?\d)?)(?:$|[^\d-])/;

/** What is wrong with how fresh a source has to be, which dbt finds when it puts its places together. */
export function freshnessMistakes({ section, data }: Entry): readonly LateMistake[] {
  if (section !== 'sources') return [];
  const tables = (asList(data.get('tables')) ?? []).flatMap((table, at) =>
    isMap(table) ? [{ data: table, path: ['tables', at] }] : [],
  );
  const thresholds = [{ data, path: [] }, ...tables].flatMap(it => thresholdMistakes(it.data, it.path));
  const both = ['loaded_at_field', 'loaded_at_query'].every(key => isGiven(data, key));
  const message = 'Cannot specify both loaded_at_field and loaded_at_query at source level.';
  return both ? [...thresholds, { path: ['loaded_at_query'], message, errorClass: 'ParsingError' }] : thresholds;
}

const isGiven = (data: DataMap, key: string): boolean =>
  [data.get(key), dataAt(data.get('config'), key)].some(it => asString(it) !== undefined && it !== '');

function thresholdMistakes(data: DataMap, path: KeyPath): readonly LateMistake[] {
  return ['warn_after', 'error_after'].flatMap((key): readonly LateMistake[] => {
    const value: Data | undefined = dataAt(data.get('config'), 'freshness', key);
    if (value === undefined || schemaErrors(THRESHOLD, value).length === 0) return [];
    const message = `Field "${key}" of type Optional[Time] in FreshnessThreshold has invalid value ${dataRepr(value)}`;
    return [{ path: [...path, 'config', 'freshness', key], message, errorClass: 'InvalidFieldValue' }];
  });
}

const THRESHOLD = optional(recordOf({ count: optional(integer), period: optional(oneOf('minute hour day')) }, true));
