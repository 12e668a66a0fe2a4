import type { CallArguments, Value } from '../../../value.ts';
import { bindBuiltin, bindNone, indexArgument, parameters } from '../../arguments.ts';
import { raise } from '../../error.ts';
import { methodTable, type MethodTable } from '../../methods/method-table.ts';
import { NamedTuple } from '../../named-tuple.ts';
import { codePointLength, strOf } from '../../strings.ts';
import { typeName } from '../../type-name.ts';
import { dayNames, dayOfYear, isoCalendar, monthNames, weekday, zeroPadded, type Day } from './calendar.ts';
import { TimeDelta } from './timedelta.ts';
import { TimeZone } from './tzinfo.ts';
import type { PyDate, PyDateTime, PyTime } from './values.ts';
import { checkedClock, checkedDay, midnight, wallParts, type Clock } from './values.ts';

/** A text argument. */
export function textArgument(callee: string, position: number, value: Value): string {
  return strOf(value) ?? raise('TypeError', `${callee}() argument ${position} must be str, not ${typeName(value)}`);
}

function characterArgument(value: Value): string {
  const text = strOf(value);
  if (text !== undefined && codePointLength(text) === 1) return text;
  return raise('TypeError', `isoformat() argument 1 must be a unicode character, not ${typeName(value)}`);
}

/** The zone an argument names, or none. */
export function zoneArgument(value: Value): TimeZone | undefined {
  if (value === null) return undefined;
  if (value instanceof TimeZone) return value;
  return raise('TypeError', `tzinfo argument must be None or of a tzinfo subclass, not type '${typeName(value)}'`);
}

const isoTuple = (day: Day): NamedTuple => {
  const { year, week, weekday: ofWeek } = isoCalendar(day);
  return new NamedTuple(['year', 'week', 'weekday'], [year, week, ofWeek], 'datetime.IsoCalendarDate');
};

function calendarText(day: Day, clock: Clock): string {
  const name = dayNames[weekday(day)]?.slice(0, 3) ?? '';
  const month = monthNames[day.month - 1]?.slice(0, 3) ?? '';
  const time = [clock.hour, clock.minute, clock.second].map(it => zeroPadded(it, 2)).join(':');
  return `${name} ${month} ${String(day.day).padStart(2)} ${time} ${zeroPadded(day.year, 4)}`;
}

/** `isSummer` is 1, 0, or -1 where nobody knows. */
function timeTuple(day: Day, clock: Clock, isSummer: -1 | 0 | 1): NamedTuple {
  const names = ['tm_year', 'tm_mon', 'tm_mday', 'tm_hour', 'tm_min', 'tm_sec', 'tm_wday', 'tm_yday', 'tm_isdst'];
  const values = [
    day.year,
    day.month,
    day.day,
    clock.hour,
    clock.minute,
    clock.second,
    weekday(day),
    dayOfYear(day),
    isSummer,
  ];
  return new NamedTuple(names, values, 'time.struct_time');
}

const nothing =
  <S>(name: string, answer: (self: S) => Value) =>
  (self: S, args: CallArguments): Value => {
    bindNone(name, args);
    return answer(self);
  };

const strftime =
  <S extends { strftime: (format: string) => string }>() =>
  (self: S, args: CallArguments): Value => {
    const [format = null] = bindBuiltin('strftime', parameters('format'), args);
    return self.strftime(textArgument('strftime', 1, format));
  };

/** The methods of a `date`. */
export const dateMethods: MethodTable<PyDate> = methodTable<PyDate>({
  weekday: nothing('date.weekday', self => weekday(self.day)),
  isoweekday: nothing('date.isoweekday', self => weekday(self.day) + 1),
  isocalendar: nothing('date.isocalendar', self => isoTuple(self.day)),
  isoformat: nothing('date.isoformat', self => self.toText()),
  toordinal: nothing('date.toordinal', self => self.ordinal),
  ctime: nothing('date.ctime', self => calendarText(self.day, midnight)),
  timetuple: nothing('date.timetuple', self => timeTuple(self.day, midnight, -1)),
  strftime: strftime(),
  replace: (self, args) => {
    const { year, month, day } = self.day;
    const values = bindBuiltin('replace', parameters(['year', year], ['month', month], ['day', day]), args);
    return self.with(dayFrom(values));
  },
});

/** The day of three arguments, checked. */
export function dayFrom([year = 0, month = 0, day = 0]: readonly Value[]): Day {
  return checkedDay({ year: indexArgument(year), month: indexArgument(month), day: indexArgument(day) });
}

/** The time of up to four arguments and a fold, checked. */
export function clockFrom([hour = 0, minute = 0, second = 0, microsecond = 0]: readonly Value[], fold: Value): Clock {
  return checkedClock({
    hour: indexArgument(hour),
    minute: indexArgument(minute),
    second: indexArgument(second),
    microsecond: indexArgument(microsecond),
    fold: indexArgument(fold),
  });
}

/** The parameters of a time of day, with these as defaults. */
export const clockParameters = (clock: Clock): readonly (readonly [string, Value])[] => [
  ['hour', clock.hour],
  ['minute', clock.minute],
  ['second', clock.second],
  ['microsecond', clock.microsecond],
];

const deltaOf = (seconds: number | undefined): Value => (seconds === undefined ? null : TimeDelta.ofSeconds(seconds));

/** The methods of a `time`. */
export const timeMethods: MethodTable<PyTime> = methodTable<PyTime>({
  isoformat: (self, args) => {
    const [timespec = 'auto'] = bindBuiltin('isoformat', parameters(['timespec', 'auto']), args);
    return self.isoFormat(textArgument('isoformat', 1, timespec));
  },
  strftime: strftime(),
  utcoffset: nothing('time.utcoffset', self => deltaOf(self.offsetSeconds())),
  tzname: nothing('time.tzname', self => self.zone?.zoneName(undefined) ?? null),
  dst: nothing('time.dst', self => deltaOf(self.zone?.summerSeconds(undefined))),
  replace: (self, args) => {
    const list = parameters(...clockParameters(self.clock), ['tzinfo', self.zone ?? null], ['fold', self.clock.fold]);
    const values = bindBuiltin('replace', list, args);
    return self.with(clockFrom(values, values[5] ?? 0), zoneArgument(values[4] ?? null));
  },
});

/** The methods of a `datetime`, given how to make the dates and times that some of them return. */
export function dateTimeMethods(make: {
  readonly date: (day: Day) => PyDate;
  readonly time: (clock: Clock, zone: TimeZone | undefined) => PyTime;
  readonly localZone: (self: PyDateTime) => TimeZone;
  readonly epoch: bigint;
}): MethodTable<PyDateTime> {
  return methodTable<PyDateTime>({
    weekday: nothing('datetime.weekday', self => weekday(self.day)),
    isoweekday: nothing('datetime.isoweekday', self => weekday(self.day) + 1),
    isocalendar: nothing('datetime.isocalendar', self => isoTuple(self.day)),
    toordinal: nothing('datetime.toordinal', self => make.date(self.day).ordinal),
    ctime: nothing('datetime.ctime', self => calendarText(self.day, self.clock)),
    timetuple: nothing('datetime.timetuple', self => {
      const summer = self.zone?.summerSeconds(self.wall);
      return timeTuple(self.day, self.clock, summer === undefined ? -1 : summer === 0 ? 0 : 1);
    }),
    utctimetuple: nothing('datetime.utctimetuple', self => {
      const { day, clock } = wallParts(self.utc);
      return timeTuple(day, clock, 0);
    }),
    date: nothing('datetime.date', self => make.date(self.day)),
    time: nothing('datetime.time', self => make.time(self.clock, undefined)),
    timetz: nothing('datetime.timetz', self => make.time(self.clock, self.zone)),
    utcoffset: nothing('datetime.utcoffset', self => deltaOf(self.offsetSeconds())),
    tzname: nothing('datetime.tzname', self => self.zone?.zoneName(self.wall) ?? null),
    dst: nothing('datetime.dst', self => deltaOf(self.zone?.summerSeconds(self.wall))),
    strftime: strftime(),
    timestamp: nothing('datetime.timestamp', self => {
      const utc = self.zone === undefined ? self.with(self.day, self.clock, make.localZone(self)).utc : self.utc;
      return new TimeDelta(utc - make.epoch).arithmetic('/', TimeDelta.ofSeconds(1), { reflected: false }) ?? null;
    }),
    isoformat: (self, args) => {
      const [sep = 'T', timespec = 'auto'] = bindBuiltin(
        'isoformat',
        parameters(['sep', 'T'], ['timespec', 'auto']),
        args,
      );
      return self.isoFormat(characterArgument(sep), textArgument('isoformat', 2, timespec));
    },
    replace: (self, args) => {
      const { year, month, day } = self.day;
      const list = parameters(
        ['year', year],
        ['month', month],
        ['day', day],
        ...clockParameters(self.clock),
        ['tzinfo', self.zone ?? null],
        ['fold', self.clock.fold],
      );
      const values = bindBuiltin('replace', list, args);
      return self.with(dayFrom(values), clockFrom(values.slice(3), values[8] ?? 0), zoneArgument(values[7] ?? null));
    },
    astimezone: (self, args) => {
      const [zone = null] = bindBuiltin('astimezone', parameters(['tz', null]), args);
      const source = self.zone === undefined ? self.with(self.day, self.clock, make.localZone(self)) : self;
      const target = (zoneArgument(zone) ?? make.localZone(self)).at(source.utc);
      return self.atWall(source.utc + BigInt(target.offsetSeconds(source.utc) ?? 0) * 1_000_000n, target);
    },
  });
}
