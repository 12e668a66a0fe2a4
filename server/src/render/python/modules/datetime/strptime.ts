import { raise } from '../../error.ts';
import { repr } from '../../text.ts';
import {
  dayNames,
  daysInMonth,
  fromOrdinal,
  isoWeekOneMonday,
  monthNames,
  toOrdinal,
  weekday,
  type Day,
} from './calendar.ts';
import { FixedZone, fixedUtc, type TimeZone } from './tzinfo.ts';
import { checkedDay, type Clock } from './values.ts';
import { spend } from '../../meter.ts';

const names = (list: readonly string[]): string => list.map(it => it.toLowerCase()).join('|');
const short = (list: readonly string[]): readonly string[] => list.map(it => it.slice(0, 3));

/** What each directive matches, as Python's `_strptime` has it. */
const directives: Readonly<Record<string, string>> = {
  d: '(?<d>3[01]|[12]\\d|0[1-9]|[1-9]| [1-9])',
  f: '(?<f>[0-9]{1,6})',
  H: '(?<H>2[0-3]|[01]\\d|\\d)',
  I: '(?<I>1[0-2]|0[1-9]|[1-9]| [1-9])',
  G: '(?<G>\\d\\d\\d\\d)',
  j: '(?<j>36[0-6]|3[0-5]\\d|[12]\\d\\d|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9])',
  m: '(?<m>1[0-2]|0[1-9]|[1-9])',
  M: '(?<M>[0-5]\\d|\\d)',
  S: '(?<S>6[01]|[0-5]\\d|\\d)',
  U: '(?<U>5[0-3]|[0-4]\\d|\\d)',
  W: '(?<W>5[0-3]|[0-4]\\d|\\d)',
  V: '(?<V>5[0-3]|0[1-9]|[1-4]\\d|\\d)',
  w: '(?<w>[0-6])',
  u: '(?<u>[1-7])',
  y: '(?<y>\\d\\d)',
  Y: '(?<Y>\\d\\d\\d\\d)',
  z: '(?<z>[+-]\\d\\d:?[0-5]\\d(?::?[0-5]\\d(?:\\.\\d{1,6})?)?|Z)',
  A: `(?<A>${names(dayNames)})`,
  a: `(?<a>${names(short(dayNames))})`,
  B: `(?<B>${names(monthNames)})`,
  b: `(?<b>${names(short(monthNames))})`,
  p: '(?<p>am|pm)',
  Z: '(?<Z>utc|gmt)',
  '%': '%',
};

const composites: Readonly<Record<string, string>> = { c: '%a %b %d %H:%M:%S %Y', x: '%m/%d/%y', X: '%H:%M:%S' };

/** What `strptime` reads: a day, a time, and a zone when the format has `%z`. */
export interface ParsedMoment {
  readonly day: Day;
  readonly clock: Clock;
  readonly zone: TimeZone | undefined;
}

/** `datetime.strptime(text, format)`. */
export function parseMoment(text: string, format: string): ParsedMoment {
  spend(60 + format.length + (text.length >> 2));
  const match = new RegExp(`^${patternOf(format)}`, 'i').exec(text);
  if (match === null) return raise('ValueError', `time data ${repr(text)} does not match format ${repr(format)}`);
  if (match[0].length !== text.length) {
    raise('ValueError', `unconverted data remains: ${text.slice(match[0].length)}`);
  }
  const found = match.groups ?? {};
  return { day: dayOf(found), clock: clockOf(found), zone: zoneOf(found['z']) };
}

function patternOf(format: string): string {
  const expanded = format.replace(/%([cxX])/g, (whole, code: string) => composites[code] ?? whole);
  const escaped = expanded.replace(/[\\.^$*+?(){}[\]|]/g, '\\$&').replace(/\s+/g, '\\s+');
  const seen = new Set<string>();
  return escaped.replace(/%([^]?)/gu, (_, code: string) => {
    if (code === '') return raise('ValueError', `stray % in format ${repr(format)}`);
    const pattern = directives[code];
    if (pattern === undefined) return raise('ValueError', `${repr(code)} is a bad directive in format ${repr(format)}`);
    if (seen.has(code) && code !== '%') {
      raise(
        'error',
        `redefinition of group name ${repr(code)} as group ${seen.size + 1}; was group ${[...seen].indexOf(code) + 1}`,
      );
    }
    seen.add(code);
    return pattern;
  });
}

type Found = Readonly<Record<string, string | undefined>>;

const numberOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

const indexIn = (list: readonly string[], text: string | undefined): number =>
  text === undefined ? -1 : list.findIndex(it => it.toLowerCase() === text.toLowerCase());

function dayOf(found: Found): Day {
  const short2 = numberOf(found['y']);
  const year =
    numberOf(found['Y']) ?? (short2 === undefined ? undefined : short2 <= 68 ? 2000 + short2 : 1900 + short2);
  const named = Math.max(indexIn(monthNames, found['B']), indexIn(short(monthNames), found['b'])) + 1;
  const month = numberOf(found['m']) ?? (named > 0 ? named : undefined);
  refuseIsoMixtures(found, year);
  const first = toOrdinal({ year: year ?? 1900, month: 1, day: 1 });
  const ofYear = numberOf(found['j']);
  const ordinal = ofYear === undefined ? ordinalOfWeek(found, year ?? 1900) : first + ofYear - 1;
  // What a week or a day of the year says counts more than a month and a day.
  if (ordinal !== undefined) return fromOrdinal(ordinal);
  const day = { year: year ?? 1900, month: month ?? 1, day: numberOf(found['d']) ?? 1 };
  // A leap day without a year is read in a leap year first, and then is no day of 1900.
  if (day.month === 2 && day.day === 29 && year === undefined) raise('ValueError', 'day is out of range for month');
  return day.day > daysInMonth(day.year, day.month)
    ? raise('ValueError', 'day is out of range for month')
    : checkedDay(day);
}

/** The directives of ISO's calendar go only with each other. */
function refuseIsoMixtures(found: Found, year: number | undefined): void {
  const weekdayHint = "a weekday directive ('%A', '%a', '%w', or '%u').";
  const hasWeek = found['U'] !== undefined || found['W'] !== undefined;
  if (year === undefined && found['G'] !== undefined) {
    if (found['V'] === undefined || weekdayOf(found) === undefined) {
      raise('ValueError', `ISO year directive '%G' must be used with the ISO week directive '%V' and ${weekdayHint}`);
    }
    if (found['j'] !== undefined) {
      raise(
        'ValueError',
        "Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' instead.",
      );
    }
  } else if (!hasWeek && found['V'] !== undefined) {
    raise(
      'ValueError',
      weekdayOf(found) === undefined
        ? `ISO week directive '%V' must be used with the ISO year directive '%G' and ${weekdayHint}`
        : "ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' instead.",
    );
  }
}

function weekdayOf(found: Found): number | undefined {
  const sunday = numberOf(found['w']);
  const monday = numberOf(found['u']);
  if (sunday !== undefined) return (sunday + 6) % 7;
  if (monday !== undefined) return monday - 1;
  const named = Math.max(indexIn(dayNames, found['A']), indexIn(short(dayNames), found['a']));
  return named < 0 ? undefined : named;
}

/** The ordinal of the day that a week number and a day of the week stand for. */
function ordinalOfWeek(found: Found, year: number): number | undefined {
  const day = weekdayOf(found);
  if (day === undefined) return undefined;
  const week = numberOf(found['U']) ?? numberOf(found['W']);
  if (week === undefined) {
    const isoWeek = numberOf(found['V']);
    const isoYear = numberOf(found['G']);
    if (isoWeek === undefined || isoYear === undefined) return undefined;
    return isoWeekOneMonday(isoYear) + (isoWeek - 1) * 7 + day;
  }
  const shift = found['U'] === undefined ? 0 : 1;
  const january = { year, month: 1, day: 1 };
  const first = (weekday(january) + shift) % 7;
  const shifted = (day + shift) % 7;
  const before = week === 0 ? shifted - first : ((7 - first) % 7) + 7 * (week - 1) + shifted;
  return toOrdinal(january) + before;
}

function clockOf(found: Found): Clock {
  const twelve = numberOf(found['I']);
  const isPm = found['p']?.toLowerCase() === 'pm';
  const hour = twelve === undefined ? numberOf(found['H']) : (twelve % 12) + (isPm ? 12 : 0);
  return {
    hour: hour ?? 0,
    minute: numberOf(found['M']) ?? 0,
    second: numberOf(found['S']) ?? 0,
    microsecond: Number((found['f'] ?? '0').padEnd(6, '0')),
    fold: 0,
  };
}

function zoneOf(text: string | undefined): TimeZone | undefined {
  if (text === undefined) return undefined;
  if (text === 'Z') return fixedUtc;
  const digits = text.slice(1).replace(/[:.].*?(?=\d)/g, '');
  const seconds = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2, 4)) * 60 + Number(digits.slice(4, 6) || 0);
  if (seconds === 0) return fixedUtc;
  return new FixedZone(text.startsWith('-') ? -seconds : seconds);
}
