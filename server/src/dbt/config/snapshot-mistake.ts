import { isList, type Data } from '../manifest/data.ts';
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

/** A strategy of the project's own may ask for anything. */
function strategyMistake(config: NodeConfig, has: (key: string) => boolean): string | undefined {
  const strategy = config.get('strategy');
  if (strategy === 'check') return checkMistake(config.get('check_cols'), has('check_cols'));
  if (strategy !== 'timestamp') return undefined;
  if (!has('updated_at')) {
    return 'A snapshot configured with the timestamp strategy must specify an updated_at configuration.';
  }
  return has('check_cols') ? "A 'timestamp' snapshot should not have 'check_cols'" : undefined;
}

function checkMistake(columns: Data | undefined, isGiven: boolean): string | undefined {
  if (!isGiven) return 'A snapshot configured with the check strategy must specify a check_cols configuration.';
  if (typeof columns !== 'string' || columns === 'all') return undefined;
  return `Invalid value for 'check_cols': ${columns}. Expected 'all' or a list of strings.`;
}

const isSet = (value: Data | undefined): boolean =>
  value !== undefined && value !== null && value !== '' && !(isList(value) && value.length === 0);
