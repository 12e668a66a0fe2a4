import { bug } from '../../base/bug.ts';
import { parseJinja } from '../../syntax/jinja/parse.ts';
import { walk } from '../../syntax/jinja/tree.ts';
import { asString, type DataMap } from '../manifest/data.ts';
import type { ManifestView } from '../compile/manifest-view.ts';
import type { NodeConfig } from '../manifest/node.ts';
import { BATCH_SIZES, type BatchSize, type Moment } from './batches.ts';
import { isMicrobatch, microbatchMistakes } from './mistakes.ts';
import { isoDateTime, momentOf } from './moment.ts';

/** What a node's configuration says of its batches. */
export interface MicrobatchSettings {
  readonly size: BatchSize;
  readonly begin: Moment;
  readonly lookback: number;
  /** `undefined`: as the model's use of `this` allows. */
  readonly concurrent: boolean | undefined;
}

/** The settings of a microbatch model; a sentence in dbt's words when they are none. */
export function microbatchSettings(name: string, config: NodeConfig): MicrobatchSettings | string {
  const [mistake] = microbatchMistakes(name, config);
  if (mistake !== undefined) return mistake.message;
  const begin = momentOf(config.get('begin'));
  const size = BATCH_SIZES.find(it => it === config.get('batch_size'));
  if (begin === undefined || size === undefined) return bug('a microbatch configuration that is none', { name });
  const concurrent = config.get('concurrent_batches');
  return {
    size,
    begin,
    lookback: Number(config.get('lookback') ?? 1),
    concurrent: typeof concurrent === 'boolean' ? concurrent : undefined,
  };
}

/** The configuration of a microbatch model as dbt keeps it once it is checked: its `begin` is a time, no longer a text. */
export function withBeginTime(config: NodeConfig): NodeConfig {
  const begin = asString(config.get('begin'));
  const time = begin === undefined || !isMicrobatch(config) ? undefined : isoDateTime(begin);
  return time === undefined ? config : new Map([...config, ['begin', time] as const]);
}

/** The column that an input is filtered by, quoted where its properties ask for it; `undefined` when there is none. */
export function eventTimeField(
  config: NodeConfig | DataMap,
  columns: readonly { readonly name: string; readonly quote: boolean | undefined }[],
  { quotesColumns, quoted }: { readonly quotesColumns: boolean; readonly quoted: (name: string) => string },
): string | undefined {
  const name = asString(config.get('event_time'));
  if (name === undefined || name === '') return undefined;
  const quotes = columns.find(it => it.name === name)?.quote ?? quotesColumns;
  return quotes ? quoted(name) : name;
}

/** dbt's flag that lets strategies of the project's own be run in batches too. */
const BATCHES_CUSTOM = 'require_batched_execution_for_custom_microbatch_strategy';

/** Whether microbatch models are built in batches: not where the project or a package has a strategy of its own by that name. */
export const usesBatches = ({ macros, facts }: Pick<ManifestView, 'macros' | 'facts'>): boolean =>
  facts.flags[BATCHES_CUSTOM] === true || !macros.some(({ name }) => name === 'get_incremental_microbatch_sql');

/** Adapters of which dbt knows that batches of one model may be written side by side. */
const CONCURRENT: ReadonlySet<string> = new Set(['duckdb', 'snowflake', 'bigquery']);

/** Whether batches after the first may be built side by side: where the adapter can and the model does not read itself. */
export function isConcurrent(adapterType: string, concurrent: boolean | undefined, rawCode: string): boolean {
  if (!CONCURRENT.has(adapterType)) return false;
  return concurrent ?? !readsThis(rawCode);
}

/** Whether a template names `this` anywhere. */
function readsThis(rawCode: string): boolean {
  let isNamed = false;
  walk(parseJinja(rawCode).body, node => {
    isNamed ||= node.kind === 'name' && node.name === 'this';
  });
  return isNamed;
}
