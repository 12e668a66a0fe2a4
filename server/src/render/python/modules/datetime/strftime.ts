import { dayNames, dayOfYear, isoCalendar, monthNames, weekday, zeroPadded, type Day } from './calendar.ts';
import { makeText, spend } from '../../meter.ts';

/** What a format can show of a moment. */
export interface Moment extends Day {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  /** `+HHMM`, or empty without a zone. */
  readonly offset: string;
  readonly zoneName: string;
}

/** `strftime(format)` in the C locale, with the flags of the GNU C library. */
export function formatMoment(moment: Moment, format: string): string {
  return format.replace(/%([-_0^#]*)(\d*)(?::?)([a-zA-Z%+])/g, (whole, flags: string, width: string, code: string) => {
    const field = fieldOf(moment, code);
    spend(4);
    makeText(width === '' ? 0 : Number(width));
    return field === undefined ? whole : adjust(field, flags, width === '' ? undefined : Number(width));
  });
}

/** A field: a text, or a number with its usual padding. */
type Field = string | { readonly value: number; readonly width: number; readonly fill: string };

const number = (value: number, width: number, fill = '0'): Field => ({ value, width, fill });

function adjust(field: Field, flags: string, width: number | undefined): string {
  if (typeof field === 'string') {
    const cased = flags.includes('^') ? field.toUpperCase() : flags.includes('#') ? swapped(field) : field;
    return cased.padStart(width ?? 0, flags.includes('0') ? '0' : ' ');
  }
  if (flags.includes('-')) return String(field.value);
  const fill = flags.includes('_') ? ' ' : flags.includes('0') ? '0' : field.fill;
  return String(field.value).padStart(width ?? field.width, fill);
}

const swapped = (text: string): string => (text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase());

function fieldOf(moment: Moment, code: string): Field | undefined {
  return dateField(moment, code) ?? timeField(moment, code) ?? compositeField(moment, code);
}

function dateField(moment: Moment, code: string): Field | undefined {
  const day = weekday(moment);
  const ofYear = dayOfYear(moment) - 1;
  switch (code) {
    case 'a':
      return dayNames[day]?.slice(0, 3);
    case 'A':
      return dayNames[day];
    case 'b':
    case 'h':
      return monthNames[moment.month - 1]?.slice(0, 3);
    case 'B':
      return monthNames[moment.month - 1];
    case 'C':
      return number(Math.floor(moment.year / 100), 1);
    case 'd':
      return number(moment.day, 2);
    case 'e':
      return number(moment.day, 2, ' ');
    case 'G':
      return number(isoCalendar(moment).year, 1);
    case 'g':
      return number(isoCalendar(moment).year % 100, 2);
    case 'j':
      return number(ofYear + 1, 3);
    case 'm':
      return number(moment.month, 2);
    case 'u':
      return number(day + 1, 1);
    case 'U':
      return number(Math.floor((ofYear + 7 - ((day + 1) % 7)) / 7), 2);
    case 'V':
      return number(isoCalendar(moment).week, 2);
    case 'w':
      return number((day + 1) % 7, 1);
    case 'W':
      return number(Math.floor((ofYear + 7 - day) / 7), 2);
    case 'y':
      return number(moment.year % 100, 2);
    case 'Y':
      return number(moment.year, 1);
    default:
      return undefined;
  }
}

function timeField(moment: Moment, code: string): Field | undefined {
  switch (code) {
    case 'f':
      return zeroPadded(moment.microsecond, 6);
    case 'H':
      return number(moment.hour, 2);
    case 'I':
      return number(moment.hour % 12 === 0 ? 12 : moment.hour % 12, 2);
    case 'k':
      return number(moment.hour, 2, ' ');
    case 'l':
      return number(moment.hour % 12 === 0 ? 12 : moment.hour % 12, 2, ' ');
    case 'M':
      return number(moment.minute, 2);
    case 'p':
      return moment.hour < 12 ? 'AM' : 'PM';
    case 'P':
      return moment.hour < 12 ? 'am' : 'pm';
    case 'S':
      return number(moment.second, 2);
    case 'z':
      return moment.offset;
    case 'Z':
      return moment.zoneName;
    default:
      return undefined;
  }
}

const composites: Readonly<Record<string, string>> = {
  c: '%a %b %e %H:%M:%S %Y',
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  n: '\n',
  r: '%I:%M:%S %p',
  R: '%H:%M',
  t: '\t',
  T: '%H:%M:%S',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
};

function compositeField(moment: Moment, code: string): Field | undefined {
  if (code === '%') return '%';
  if (code === 's') return secondsSinceEpoch(moment);
  const format = composites[code];
  return format === undefined ? undefined : formatMoment(moment, format);
}

function secondsSinceEpoch(moment: Moment): string {
  const millis = Date.UTC(moment.year, moment.month - 1, moment.day, moment.hour, moment.minute, moment.second);
  return String(Math.floor(millis / 1000));
}
