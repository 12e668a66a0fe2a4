import { raise } from '../../error.ts';
import { repr } from '../../text.ts';
import { fromOrdinal, isoWeekOneMonday, type Day } from './calendar.ts';
import { FixedZone, fixedUtc, type TimeZone } from './tzinfo.ts';
import { checkedClock, checkedDay, midnight, type Clock } from './values.ts';

function failIso(text: string): never {
  return raise('ValueError', `Invalid isoformat string: ${repr(text)}`);
}

/** `date.fromisoformat(text)`. */
export function parseIsoDay(text: string): Day {
  return isoDayOf(text) ?? failIso(text);
}

function isoDayOf(text: string): Day | undefined {
  const plain = /^(\d{4})-(\d\d)-(\d\d)$|^(\d{4})(\d\d)(\d\d)$/.exec(text);
  if (plain !== null) {
    const [year, month, day] = plain
      .slice(1)
      .filter(it => it !== undefined)
      .map(Number);
    return checkedDay({ year: year ?? 0, month: month ?? 0, day: day ?? 0 });
  }
  const week = /^(\d{4})(?:-W(\d\d)(?:-(\d))?|W(\d\d)(\d)?)$/.exec(text);
  if (week === null) return undefined;
  const nWeek = Number(week[2] ?? week[4]);
  const nDay = Number(week[3] ?? week[5] ?? 1);
  if (nWeek < 1 || nWeek > 53) raise('ValueError', `Invalid week: ${nWeek}`);
  if (nDay < 1 || nDay > 7) raise('ValueError', `Invalid weekday: ${nDay} (range is [1, 7])`);
  return fromOrdinal(isoWeekOneMonday(Number(week[1])) + (nWeek - 1) * 7 + nDay - 1);
}

/** A time of day with its zone. */
export interface ZonedClock {
  readonly clock: Clock;
  readonly zone: TimeZone | undefined;
}

const clockPattern = /^(\d\d)(?:(?::(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)|(?:(\d\d)(?:(\d\d)(?:[.,](\d+))?)?))?$/;

/** `time.fromisoformat(text)`. */
export function parseIsoClock(text: string): ZonedClock {
  return isoClockOf(text.replace(/^T/, '')) ?? failIso(text);
}

function isoClockOf(text: string): ZonedClock | undefined {
  const mark = text.search(/[+\-Z]/);
  const clock = clockOf(mark < 0 ? text : text.slice(0, mark));
  if (clock === undefined) return undefined;
  if (mark < 0) return { clock: checkedClock(clock), zone: undefined };
  const zoneText = text.slice(mark);
  if (zoneText === 'Z') return { clock: checkedClock(clock), zone: fixedUtc };
  const offset = clockOf(zoneText.slice(1));
  if (offset === undefined) return undefined;
  const seconds = ((offset.hour * 60 + offset.minute) * 60 + offset.second) * (zoneText.startsWith('-') ? -1 : 1);
  return { clock: checkedClock(clock), zone: seconds === 0 ? fixedUtc : new FixedZone(seconds) };
}

function clockOf(text: string): Clock | undefined {
  const match = clockPattern.exec(text);
  if (match === null) return undefined;
  const [, hour, minuteA, secondA, fractionA, minuteB, secondB, fractionB] = match;
  const fraction = fractionA ?? fractionB ?? '';
  return {
    hour: Number(hour),
    minute: Number(minuteA ?? minuteB ?? 0),
    second: Number(secondA ?? secondB ?? 0),
    microsecond: Number(fraction.slice(0, 6).padEnd(6, '0')),
    fold: 0,
  };
}

/** `datetime.fromisoformat(text)`. */
export function parseIsoMoment(text: string): ZonedClock & { readonly day: Day } {
  for (const length of [10, 8, 7]) {
    if (text.length < length || (text.length > length && /[\dW-]/.test(text[length] ?? ''))) continue;
    const day = isoDayOf(text.slice(0, length));
    if (day === undefined) continue;
    if (text.length === length) return { day, clock: midnight, zone: undefined };
    const rest = isoClockOf(text.slice(length + 1));
    if (rest !== undefined) return { day, ...rest };
  }
  return failIso(text);
}
