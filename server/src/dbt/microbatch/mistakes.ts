import { Timestamp, type Data } from '../manifest/data.ts';
import type { NodeConfig } from '../manifest/node.ts';
import { dataRepr, dataText, dataType } from '../schema/data-repr.ts';
import { BATCH_SIZES } from './batches.ts';
import { wallMoment } from './moment.ts';

/** A configuration with which a model cannot be built in batches, in dbt's words. */
export interface MicrobatchMistake {
  readonly key: string;
  readonly message: string;
}

/** Whether a model asks to be built batch by batch. */
export const isMicrobatch = (config: NodeConfig): boolean =>
  config.get('materialized') === 'incremental' && config.get('incremental_strategy') === 'microbatch';

/** What a microbatch model lacks or has wrong, in the order in which dbt looks. */
export function microbatchMistakes(name: string, config: NodeConfig): readonly MicrobatchMistake[] {
  const found: MicrobatchMistake[] = [];
  const check = (key: string, complaint: string | undefined): void => {
    if (complaint !== undefined) found.push({ key, message: `Microbatch model '${name}' ${complaint}` });
  };
  const value = (key: string): Data => config.get(key) ?? null;
  check('event_time', eventTimeComplaint(value('event_time')));
  check('begin', beginComplaint(value('begin')));
  check('batch_size', sizeComplaint(value('batch_size')));
  check('lookback', lookbackComplaint(value('lookback')));
  check('concurrent_batches', concurrencyComplaint(value('concurrent_batches')));
  return found;
}

function eventTimeComplaint(eventTime: Data): string | undefined {
  if (eventTime === null) {
    return "must provide an 'event_time' (string) config that indicates the name of the event time column.";
  }
  if (typeof eventTime === 'string') return undefined;
  return `must provide an 'event_time' config of type string, but got: ${dataType(eventTime)}.`;
}

function beginComplaint(begin: Data): string | undefined {
  if (begin === null) {
    return "must provide a 'begin' (datetime) config that indicates the earliest timestamp the microbatch model should be built from.";
  }
  if (typeof begin === 'string') {
    return wallMoment(begin) !== undefined
      ? undefined
      : `must provide a 'begin' config of valid datetime (ISO format), but got: ${begin}.`;
  }
  if (begin instanceof Timestamp && begin.kind === 'datetime') return undefined;
  const type = begin instanceof Timestamp ? "<class 'datetime.date'>" : dataType(begin);
  return `must provide a 'begin' config of type datetime, but got: ${type}.`;
}

function sizeComplaint(size: Data): string | undefined {
  if (BATCH_SIZES.some(it => it === size)) return undefined;
  return `must provide a 'batch_size' config that is one of ${dataRepr(BATCH_SIZES)}, but got: ${dataText(size)}.`;
}

function lookbackComplaint(lookback: Data): string | undefined {
  const isInteger = typeof lookback === 'number' || typeof lookback === 'bigint' || typeof lookback === 'boolean';
  if (lookback === null || isInteger) return undefined;
  return `must provide the optional 'lookback' config as type int, but got: ${dataType(lookback)}).`;
}

function concurrencyComplaint(concurrent: Data): string | undefined {
  if (concurrent === null || typeof concurrent === 'boolean') return undefined;
  return `optional 'concurrent_batches' config must be of type \`bool\` if specified, but got: ${dataType(concurrent)}).`;
}
