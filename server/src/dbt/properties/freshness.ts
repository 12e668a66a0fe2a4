import { asMap, emptyMap, isMap, type Data, type DataMap, type DataScalar } from '../manifest/data.ts';

/**
 * How fresh a source has to be, from what its source says (at the top and in `config`) and then its table: each threshold
 * of a later one replaces that of an earlier one if it is complete, a null takes it away. `undefined` when nobody says
 * anything of use, and the project's paths may; null when it is switched off.
 */
export function mergedFreshness(levels: readonly (Data | undefined)[]): DataMap | null | undefined {
  const [first, ...others] = levels.map(level => (level === null ? null : thresholds(asMap(level) ?? emptyMap)));
  const merged = others.reduce(laidOver, first);
  if (merged === null || merged === undefined) return merged;
  return KEYS.some(key => isComplete(merged.get(key))) ? merged : undefined;
}

const KEYS = ['warn_after', 'error_after'] as const;

function thresholds(level: DataMap): DataMap {
  const entries = KEYS.map(key => [key, level.get(key) === null ? null : (asMap(level.get(key)) ?? emptyMap)] as const);
  const filter = level.get('filter') ?? null;
  return new Map<DataScalar, Data>(filter === null ? entries : [...entries, ['filter', filter]]);
}

function laidOver(base: DataMap | null | undefined, update: DataMap | null | undefined): DataMap | null {
  if (update === null || update === undefined) return null;
  if (base === null || base === undefined) return KEYS.some(key => isComplete(update.get(key))) ? update : null;
  const merged = new Map<DataScalar, Data>([...base, ...update]);
  for (const key of KEYS) {
    const value = update.get(key) ?? null;
    if (value !== null && !isComplete(value)) merged.set(key, base.get(key) ?? value);
  }
  return merged;
}

const isComplete = (time: Data | undefined): boolean =>
  isMap(time) && ['count', 'period'].every(key => (time.get(key) ?? null) !== null);
