import { PythonError } from '../../render/python/error.ts';
import { parseIsoDay, parseIsoMoment } from '../../render/python/modules/datetime/iso.ts';
import { dateTimes } from '../../render/python/modules/datetime/module.ts';
import type { Value } from '../../render/value.ts';
import type { Timestamp } from '../manifest/data.ts';

/** Makes dates of given parts; what time it is does not matter for that. */
const times = dateTimes({ epochMilliseconds: () => 0, localOffsetMinutes: () => 0 });

/** A YAML date or time as the Python object that templates get. */
export const timestampValue = ({ kind, text }: Timestamp): Value => temporalValue(kind, text) ?? text;

/** A warehouse's date or time as the Python object that templates get; `undefined` leaves it text. */
export function makeTemporal(type: string, text: string): Value | undefined {
  if (type.startsWith('TIMESTAMP')) return temporalValue('datetime', text);
  return type.startsWith('DATE') ? temporalValue('date', text) : undefined;
}

function temporalValue(kind: 'date' | 'datetime', text: string): Value | undefined {
  try {
    if (kind === 'date') return times.date(parseIsoDay(text));
    const { day, clock, zone } = parseIsoMoment(text.replace(/([+-]\d\d)$/, '$1:00'));
    return times.dateTime(day, clock, zone);
  } catch (error) {
    if (error instanceof PythonError) return undefined;
    throw error;
  }
}
