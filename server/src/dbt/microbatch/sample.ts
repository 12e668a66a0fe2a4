import { err, ok, type Result } from '../../base/result.ts';
import { asMap } from '../manifest/data.ts';
import { dataOf } from '../manifest/yaml-data.ts';
import { parseYaml } from '../../syntax/yaml/parse.ts';
import { BATCH_SIZES, momentText, type Batch, type BatchSize, type Moment } from './batches.ts';
import { momentOf } from './moment.ts';

/** The window of time that a sample is taken from: events from `start` on and before `end`. Plain data: it crosses threads. */
export type SampleWindow = Batch;

/**
 * Reads what dbt's `--sample` takes: so many hours, days, months or years before `now` (`3 days`), or a YAML mapping with
 * a `start` and an `end`. The failure is dbt's own sentence where it has one.
 */
export function readSample(text: string, now: Moment): Result<SampleWindow, string> {
  return text.trimStart().startsWith('{') ? givenWindow(text) : windowBefore(now, text);
}

/** A window as `readSample` reads it back, whatever the time is then. */
export const sampleText = ({ start, end }: SampleWindow): string =>
  `{start: '${momentText(start)}', end: '${momentText(end)}'}`;

function givenWindow(text: string): Result<SampleWindow, string> {
  const { root, problems } = parseYaml(text);
  const data = asMap(dataOf(root));
  if (problems.length > 0 || data === undefined) return err(`String '${text}' is not valid YAML`);
  const [start, end] = ['start', 'end'].map(key => momentOf(data.get(key)));
  return start === undefined || end === undefined ? err(NO_WINDOW) : ok({ start, end });
}

const NO_WINDOW = 'A window has a start and an end, both of them times: {start: 2024-09-15, end: 2024-09-16 12:00:00}.';

function windowBefore(now: Moment, text: string): Result<SampleWindow, string> {
  const [count = '', unit = '', ...more] = text.split(' ');
  if (unit === '' || more.length > 0) {
    return err(`Cannot load SAMPLE_WINDOW from '${text}'. Must be of form 'DAYS_INT GRAIN_SIZE'.`);
  }
  if (!/^[-+]?\d+$/.test(count)) return err(`Unable to convert '${count}' to an integer.`);
  const size = BATCH_SIZES.find(it => it === unit.toLowerCase().replace(/s+$/, ''));
  if (size === undefined) return err(`Invalid grain size '${unit}'. Must be one of [${GRAINS}].`);
  return ok({ start: earlier(now, size, Number(count)), end: now });
}

const GRAINS = [...BATCH_SIZES, ...BATCH_SIZES.map(it => `${it}s`)].map(it => `'${it}'`).join(', ');

const HOUR = 3_600_000;

/** So many hours, days, months or years before; a month that is too short for the day ends at its last one. */
function earlier(moment: Moment, size: BatchSize, by: number): Moment {
  switch (size) {
    case 'hour':
      return moment - by * HOUR;
    case 'day':
      return moment - by * 24 * HOUR;
    case 'month':
      return monthsEarlier(moment, by);
    case 'year':
      return monthsEarlier(moment, by * 12);
  }
}

function monthsEarlier(moment: Moment, by: number): Moment {
  const at = new Date(moment);
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  const lastDay = new Date(Date.UTC(year, month - by + 1, 0)).getUTCDate();
  const timeOfDay = moment - Date.UTC(year, month, day);
  return Date.UTC(year, month - by, Math.min(day, lastDay)) + timeOfDay;
}
