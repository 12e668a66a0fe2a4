import { asString, isList, type Data } from '../manifest/data.ts';
import type { NodeConfig } from '../manifest/node.ts';

/** What a snapshot lacks or has too much, in dbt's words and in the order in which dbt looks. */
export function snapshotMistake(config: NodeConfig): string | undefined {
  const has = (key: string): boolean => isSet(config.get(key));
  if (!has('strategy') || !has('unique_key')) return "Snapshots must be configured with a 'strategy' and 'unique_key'.";
  const ofStrategy = strategyMistake(config, has);
  if (ofStrategy !== undefined) return ofStrategy;
  const materialized = config.get('materialized') ?? 'snapshot';
  return materialized === 'snapshot' || !isSet(materialized)
    ? undefined
    : "A snapshot must have a materialized value of 'snapshot'";
}

function strategyMistake(config: NodeConfig, has: (key: string) => boolean): string | undefined {
  const columns = config.get('check_cols');
  switch (asString(config.get('strategy')) ?? '') {
    case 'check':
      if (!has('check_cols')) {
        return 'A snapshot configured with the check strategy must specify a check_cols configuration.';
      }
      return typeof columns !== 'string' || columns === 'all'
        ? undefined
        : `Invalid value for 'check_cols': ${columns}. Expected 'all' or a list of strings.`;
    case 'timestamp':
      if (!has('updated_at')) {
        return 'A snapshot configured with the timestamp strategy must specify an updated_at configuration.';
      }
      return has('check_cols') ? "A 'timestamp' snapshot should not have 'check_cols'" : undefined;
    default:
      return undefined;
  }
}

const isSet = (value: Data | undefined): boolean =>
  value !== undefined && value !== null && value !== '' && !(isList(value) && value.length === 0);
