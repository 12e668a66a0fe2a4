import { asString, Timestamp, type Data } from '../manifest/data.ts';
import type { Moment } from './batches.ts';

/** What Python's `datetime.fromisoformat` reads, but for weeks. */
const ISO_TIME =
  /^(\d{4})-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?:.(\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?\s*(Z|[-+]\d\d(?::?\d\d(?::?\d\d)?)?)?)?$/;

/** A time as it is written, taken for UTC whatever zone it names, as dbt takes it; `undefined` for what is no time. */
export function wallMoment(text: string): Moment | undefined {
  const parts = ISO_TIME.exec(text);
  if (parts === null) return undefined;
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', fraction = ''] = parts;
  const time = `${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}`;
  const moment = Date.parse(`${year}-${month}-${day}T${time}Z`);
  return Number.isNaN(moment) ? undefined : moment;
}

/** The time that YAML says, in quotes or without. */
export function momentOf(data: Data | undefined): Moment | undefined {
  const text = data instanceof Timestamp ? data.text : asString(data);
  return text === undefined ? undefined : wallMoment(text);
}

/** The same time as the datetime that Python reads it as, zone and all; `undefined` for what is no time. */
export function isoDateTime(text: string): Timestamp | undefined {
  const parts = ISO_TIME.exec(text);
  if (parts === null || wallMoment(text) === undefined) return undefined;
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', fraction = '', zone = ''] =
    parts;
  const micros = fraction.padEnd(6, '0').slice(0, 6);
  const time = `${hour}:${minute}:${second}${Number(micros) === 0 ? '' : `.${micros}`}`;
  return new Timestamp('datetime', `${year}-${month}-${day} ${time}${zoneText(zone)}`);
}

function zoneText(zone: string): string {
  if (zone === '') return '';
  if (zone === 'Z') return '+00:00';
  const [hours = '', minutes = '00', ...seconds] = zone.slice(1).match(/\d\d/g) ?? [];
  return `${zone.slice(0, 1)}${[hours, minutes, ...seconds].join(':')}`;
}
