import { Dict, type CallArguments, type Value } from '../../../value.ts';
import { bindBuiltin, bindRange, indexArgument, parameters, type ParameterSpec } from '../../arguments.ts';
import { raise } from '../../error.ts';
import { builtinFunction, type Method, type MethodTable } from '../../methods/method-table.ts';
import { binary } from '../../operators.ts';
import { PyType } from '../py-type.ts';
import { fromOrdinal, isoCalendar, isoWeekOneMonday, maxOrdinal, type Day } from './calendar.ts';
import { parseIsoClock, parseIsoDay, parseIsoMoment } from './iso.ts';
import {
  clockFrom,
  clockParameters,
  dateMethods,
  dateTimeMethods,
  dayFrom,
  textArgument,
  timeMethods,
  zoneArgument,
} from './methods.ts';
import { parseMoment } from './strptime.ts';
import { makeTimeDelta, TimeDelta } from './timedelta.ts';
import { FixedZone, type TimeZone } from './tzinfo.ts';
import { epochWall, midnight, PyDate, PyDateTime, PyTime, wallParts, type Clock } from './values.ts';

/** What the modules may know of the time outside, as inputs. */
export interface OutsideTime {
  /** Milliseconds since the start of 1970, UTC. */
  readonly epochMilliseconds: () => number;
  /** How many minutes local time is ahead of UTC at a moment. */
  readonly localOffsetMinutes: (epochMilliseconds: number) => number;
}

/** Makes the values of the `datetime` module, which differ between hosts only in what time it is. */
export interface DateTimes {
  readonly date: (day: Day) => PyDate;
  readonly time: (clock: Clock, zone: TimeZone | undefined) => PyTime;
  readonly dateTime: (day: Day, clock: Clock, zone: TimeZone | undefined) => PyDateTime;
  /** The moment in a zone; without one, its wall clock of UTC. */
  readonly moment: (epochMilliseconds: number, zone: TimeZone | undefined) => PyDateTime;
  /** The module as dbt hands it to templates. */
  readonly module: Dict;
}

/** The `datetime` module on a clock. */
export function dateTimes(outside: OutsideTime): DateTimes {
  const date = (day: Day): PyDate => new PyDate(day, ofDate);
  const time = (clock: Clock, zone: TimeZone | undefined): PyTime => new PyTime(clock, zone, ofTime);
  const localZone = (epochMilliseconds: number): FixedZone =>
    new FixedZone(outside.localOffsetMinutes(epochMilliseconds) * 60);
  const methods = dateTimeMethods({
    date,
    time,
    epoch: epochWall,
    localZone: self => localZone(Number((self.utc - epochWall) / 1000n)),
  });
  const dateTime = (day: Day, clock: Clock, zone: TimeZone | undefined): PyDateTime =>
    new PyDateTime(day, clock, zone, ofDateTime);
  const atMicros = (epochMicros: bigint, zone: TimeZone | undefined): PyDateTime => {
    const utc = epochWall + epochMicros;
    const target = zone?.at(utc);
    const { day, clock } = wallParts(utc + BigInt(target?.offsetSeconds(utc) ?? 0) * 1_000_000n);
    return dateTime(day, clock, target);
  };
  const makers: Makers = {
    date,
    time,
    dateTime,
    moment: (epochMilliseconds, zone) => atMicros(BigInt(Math.round(epochMilliseconds * 1000)), zone),
    atMicros,
    now: zone => atMicros(BigInt(Math.round(outside.epochMilliseconds() * 1000)), zone),
    local: moment => {
      const { day, clock } = wallParts(
        moment.wall + BigInt(localZone(Number((moment.utc - epochWall) / 1000n)).seconds) * 1_000_000n,
      );
      return dateTime(day, clock, undefined);
    },
  };
  const ofDate = withClassMethods(dateMethods, dateClassMethods(makers));
  const ofTime = withClassMethods(timeMethods, timeClassMethods(makers));
  const ofDateTime = withClassMethods(methods, dateTimeClassMethods(makers));
  const module = Dict.fromStrings([
    ['date', dateType(makers)],
    ['datetime', dateTimeType(makers)],
    ['time', timeType(makers)],
    ['timedelta', timeDeltaType],
    [
      'tzinfo',
      new PyType('datetime.tzinfo', () => raise('NotImplementedError', 'a tzinfo subclass must implement utcoffset()')),
    ],
  ]);
  return { ...makers, module };
}

interface Makers extends Omit<DateTimes, 'module'> {
  readonly atMicros: (epochMicros: bigint, zone: TimeZone | undefined) => PyDateTime;
  readonly now: (zone: TimeZone | undefined) => PyDateTime;
  /** The naive local time of a naive moment of UTC. */
  readonly local: (moment: PyDateTime) => PyDateTime;
}

const timeDeltaType: PyType = new PyType('datetime.timedelta', makeTimeDelta, name =>
  ['min', 'max', 'resolution'].includes(name) ? new TimeDelta(0n).attribute(name) : undefined,
);

type ClassAttributes = ReadonlyMap<string, Value>;

type ClassMethods = Readonly<Record<string, (args: CallArguments) => Value>>;

/** The methods of an object, and after them those of its class, which it answers too. */
const withClassMethods = <S>(methods: MethodTable<S>, ofClass: ClassMethods): MethodTable<S> =>
  new Map([
    ...Object.entries(ofClass).map(([name, method]): [string, Method<S>] => [name, (_self, args) => method(args)]),
    ...methods,
  ]);

const classMethods = (methods: ClassMethods): [string, Value][] =>
  Object.entries(methods).map(([name, method]) => [name, builtinFunction(name, method)]);

/** Required arguments of a constructor, by position or name. */
function construct(list: readonly ParameterSpec[], args: CallArguments): readonly Value[] {
  const { length } = list;
  const given = args.positional.length + args.named.size;
  if (given > length) raise('TypeError', `function takes at most ${length} arguments (${given} given)`);
  for (const name of args.named.keys()) {
    if (!list.some(it => (typeof it === 'string' ? it : it[0]) === name)) {
      raise('TypeError', `'${name}' is an invalid keyword argument for this function`);
    }
  }
  return bindBuiltin('function', parameters(...list), args);
}

function epochMicrosOf(value: Value): bigint {
  const delta = binary('*', TimeDelta.ofSeconds(1), value);
  return delta instanceof TimeDelta ? delta.micros : 0n;
}

function dateType(make: Makers): PyType {
  const attributes: ClassAttributes = new Map([
    ...classMethods(dateClassMethods(make)),
    ['min', make.date({ year: 1, month: 1, day: 1 })],
    ['max', make.date({ year: 9999, month: 12, day: 31 })],
    ['resolution', new TimeDelta(86_400_000_000n)],
  ]);
  return new PyType(
    'datetime.date',
    args => make.date(dayFrom(construct(['year', 'month', 'day'], args))),
    name => attributes.get(name),
  );
}

function dateClassMethods(make: Makers): ClassMethods {
  return {
    today: args => {
      bindRange('date.today', args, 0, 0);
      return make.date(make.local(make.now(undefined)).day);
    },
    fromisoformat: args => {
      const [text = null] = bindRange('date.fromisoformat', args, 1, 1);
      return make.date(parseIsoDay(isoText(text)));
    },
    fromordinal: args => make.date(ordinalDay(bindRange('date.fromordinal', args, 1, 1)[0] ?? null)),
    fromtimestamp: args => {
      const [stamp = 0] = bindRange('date.fromtimestamp', args, 1, 1);
      return make.date(make.local(make.atMicros(epochMicrosOf(stamp), undefined)).day);
    },
    fromisocalendar: args => make.date(isoCalendarDay(args)),
  };
}

/** The day of an ISO year, week and day of the week. */
function isoCalendarDay(args: CallArguments): Day {
  const values = bindBuiltin('fromisocalendar', parameters('year', 'week', 'day'), args);
  const [year = 0, week = 0, day = 0] = values.map(indexArgument);
  if (year < 1 || year > 9999) raise('ValueError', `Year is out of range: ${year}`);
  const first = isoWeekOneMonday(year);
  const nWeeks = isoCalendar(fromOrdinal(first + 52 * 7)).year === year ? 53 : 52;
  if (week < 1 || week > nWeeks) raise('ValueError', `Invalid week: ${week}`);
  if (day < 1 || day > 7) raise('ValueError', `Invalid weekday: ${day} (range is [1, 7])`);
  const ordinal = first + (week - 1) * 7 + day - 1;
  return ordinal < 1 || ordinal > maxOrdinal ? raise('ValueError', 'year is out of range') : fromOrdinal(ordinal);
}

function ordinalDay(value: Value): Day {
  const ordinal = indexArgument(value);
  if (ordinal < 1) raise('ValueError', 'ordinal must be >= 1');
  return ordinal > maxOrdinal ? raise('ValueError', 'year is out of range') : fromOrdinal(ordinal);
}

const isoText = (value: Value): string =>
  typeof value === 'string' ? value : raise('TypeError', 'fromisoformat: argument must be str');

function timeClassMethods(make: Makers): ClassMethods {
  return {
    fromisoformat: args => {
      const [text = null] = bindRange('time.fromisoformat', args, 1, 1);
      const { clock, zone } = parseIsoClock(isoText(text));
      return make.time(clock, zone);
    },
  };
}

function timeType(make: Makers): PyType {
  const attributes: ClassAttributes = new Map<string, Value>([
    ...classMethods(timeClassMethods(make)),
    ['min', make.time(midnight, undefined)],
    ['max', make.time({ hour: 23, minute: 59, second: 59, microsecond: 999_999, fold: 0 }, undefined)],
    ['resolution', new TimeDelta(1n)],
  ]);
  const list = [...clockParameters(midnight), ['tzinfo', null], ['fold', 0]] as const;
  return new PyType(
    'datetime.time',
    args => {
      const values = construct([...list], args);
      return make.time(clockFrom(values, values[5] ?? 0), zoneArgument(values[4] ?? null));
    },
    name => attributes.get(name),
  );
}

function dateTimeType(make: Makers): PyType {
  const attributes: ClassAttributes = new Map<string, Value>([
    ...classMethods(dateTimeClassMethods(make)),
    ['min', make.dateTime({ year: 1, month: 1, day: 1 }, midnight, undefined)],
    [
      'max',
      make.dateTime(
        { year: 9999, month: 12, day: 31 },
        { hour: 23, minute: 59, second: 59, microsecond: 999_999, fold: 0 },
        undefined,
      ),
    ],
    ['resolution', new TimeDelta(1n)],
  ]);
  const list = ['year', 'month', 'day', ...clockParameters(midnight), ['tzinfo', null], ['fold', 0]] as const;
  return new PyType(
    'datetime.datetime',
    args => {
      const values = construct([...list], args);
      return make.dateTime(
        dayFrom(values),
        clockFrom(values.slice(3), values[8] ?? 0),
        zoneArgument(values[7] ?? null),
      );
    },
    name => attributes.get(name),
  );
}

function dateTimeClassMethods(make: Makers): ClassMethods {
  return {
    fromisocalendar: args => make.dateTime(isoCalendarDay(args), midnight, undefined),
    now: args => {
      const [zone = null] = bindBuiltin('now', parameters(['tz', null]), args);
      return zone === null ? make.local(make.now(undefined)) : make.now(zoneArgument(zone));
    },
    today: args => {
      bindRange('datetime.today', args, 0, 0);
      return make.local(make.now(undefined));
    },
    utcnow: args => {
      bindRange('datetime.utcnow', args, 0, 0);
      return make.now(undefined);
    },
    fromtimestamp: args => {
      const [stamp = 0, zone = null] = bindBuiltin('fromtimestamp', parameters('timestamp', ['tz', null]), args);
      const micros = epochMicrosOf(stamp);
      return zone === null ? make.local(make.atMicros(micros, undefined)) : make.atMicros(micros, zoneArgument(zone));
    },
    utcfromtimestamp: args =>
      make.atMicros(epochMicrosOf(bindRange('utcfromtimestamp', args, 1, 1)[0] ?? 0), undefined),
    fromordinal: args =>
      make.dateTime(ordinalDay(bindRange('fromordinal', args, 1, 1)[0] ?? null), midnight, undefined),
    fromisoformat: args => {
      const { day, clock, zone } = parseIsoMoment(isoText(bindRange('fromisoformat', args, 1, 1)[0] ?? null));
      return make.dateTime(day, clock, zone);
    },
    strptime: args => {
      const [text = null, format = null] = bindRange('strptime', args, 2, 2);
      const { day, clock, zone } = parseMoment(textArgument('strptime', 1, text), textArgument('strptime', 2, format));
      return make.dateTime(day, clock, zone);
    },
    combine: args => {
      const [date = null, time = null, zone] = bindBuiltin(
        'combine',
        parameters('date', 'time', ['tzinfo', 'same']),
        args,
      );
      if (!(date instanceof PyDate || date instanceof PyDateTime)) {
        return raise('TypeError', 'combine() argument 1 must be datetime.date');
      }
      if (!(time instanceof PyTime)) return raise('TypeError', 'combine() argument 2 must be datetime.time');
      return make.dateTime(
        date.day,
        time.clock,
        zone === 'same' || zone === undefined ? time.zone : zoneArgument(zone),
      );
    },
  };
}
