import { Float } from '../../render/value.ts';
import { parseJinja } from '../../syntax/jinja/parse.ts';
import { walk } from '../../syntax/jinja/tree.ts';
import { asString, isList, Timestamp, type Data, type DataMap } from '../manifest/data.ts';
import type { ManifestView } from '../compile/manifest-view.ts';
import type { NodeConfig } from '../manifest/node.ts';
import { BATCH_SIZES, type BatchSize, type Moment } from './batches.ts';

/** What a node's configuration says of its batches. */
export interface MicrobatchSettings {
  readonly size: BatchSize;
  readonly begin: Moment;
  readonly lookback: number;
  /** `undefined`: as the model's use of `this` allows. */
  readonly concurrent: boolean | undefined;
}

/** Whether a model asks to be built batch by batch. */
export const isMicrobatch = (config: NodeConfig): boolean =>
  config.get('materialized') === 'incremental' && config.get('incremental_strategy') === 'microbatch';

/** The settings of a microbatch model; a sentence in dbt's words when they are none. */
export function microbatchSettings(name: string, config: NodeConfig): MicrobatchSettings | string {
  const mistake = eventTimeMistake(name, config.get('event_time'));
  if (mistake !== undefined) return mistake;
  const begin = beginOf(name, config.get('begin'));
  if (typeof begin === 'string') return begin;
  const size = BATCH_SIZES.find(it => it === config.get('batch_size'));
  if (size === undefined) {
    const known = `[${BATCH_SIZES.map(it => `'${it}'`).join(', ')}]`;
    return `Microbatch model '${name}' must provide a 'batch_size' config that is one of ${known}, but got: ${shown(config.get('batch_size'))}.`;
  }
  const lookback = config.get('lookback') ?? 1;
  if (typeof lookback !== 'number' || !Number.isInteger(lookback)) {
    return `Microbatch model '${name}' must provide the optional 'lookback' config as type int, but got: ${typeOf(lookback)}).`;
  }
  const concurrent = config.get('concurrent_batches') ?? undefined;
  if (concurrent !== undefined && typeof concurrent !== 'boolean') {
    return `Microbatch model '${name}' optional 'concurrent_batches' config must be of type \`bool\` if specified, but got: ${typeOf(concurrent)}).`;
  }
  return { size, begin, lookback, concurrent };
}

function eventTimeMistake(name: string, eventTime: Data | undefined): string | undefined {
  if (eventTime === undefined || eventTime === null) {
    return `Microbatch model '${name}' must provide an 'event_time' (string) config that indicates the name of the event time column.`;
  }
  if (typeof eventTime === 'string') return undefined;
  return `Microbatch model '${name}' must provide an 'event_time' config of type string, but got: ${typeOf(eventTime)}.`;
}

function beginOf(name: string, begin: Data | undefined): Moment | string {
  if (begin === undefined || begin === null) {
    return `Microbatch model '${name}' must provide a 'begin' (datetime) config that indicates the earliest timestamp the microbatch model should be built from.`;
  }
  const text = asString(begin) ?? timeText(begin);
  if (text === undefined) {
    return `Microbatch model '${name}' must provide a 'begin' config of type datetime, but got: ${typeOf(begin)}.`;
  }
  const moment = wallMoment(text);
  if (moment !== undefined) return moment;
  return `Microbatch model '${name}' must provide a 'begin' config of valid datetime (ISO format), but got: ${text}.`;
}

const timeText = (data: Data): string | undefined =>
  data instanceof Timestamp && data.kind === 'datetime' ? data.text : undefined;

const PATTERN = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?\s*(?:Z|[+-]\d\d:?\d\d)?)?$/;

/** A time as it is written, taken for UTC whatever zone it names, as dbt takes it; `undefined` for what is no time. */
export function wallMoment(text: string): Moment | undefined {
  const parts = PATTERN.exec(text.trim());
  if (parts === null) return undefined;
  const [, day = '', hour = '00', minute = '00', second = '00', fraction = ''] = parts;
  const moment = Date.parse(`${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}Z`);
  return Number.isNaN(moment) ? undefined : moment;
}

/** Python's name of a value's type. */
function typeOf(data: Data): string {
  if (data instanceof Timestamp) return `<class 'datetime.${data.kind}'>`;
  if (data instanceof Float) return "<class 'float'>";
  return `<class '${TYPES[typeof data] ?? (isList(data) ? 'list' : 'dict')}'>`;
}

const TYPES: Readonly<Record<string, string>> = { string: 'str', boolean: 'bool', number: 'int', bigint: 'int' };

const shown = (data: Data | undefined): string =>
  data === undefined || data === null ? 'None' : typeof data === 'object' ? typeOf(data) : String(data);

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
