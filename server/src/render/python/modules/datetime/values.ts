import { HostObject, type HashKey, type Value } from '../../../value.ts';
import { raise } from '../../error.ts';
import { boundMethod, type MethodTable } from '../../methods/method-table.ts';
import { daysInMonth, fromOrdinal, maxOrdinal, toOrdinal, zeroPadded, type Day } from './calendar.ts';
import { formatMoment } from './strftime.ts';
import { floorDivide, microsPerDay, modulo, TimeDelta } from './timedelta.ts';
import { offsetText, type TimeZone, type WallMicros } from './tzinfo.ts';

/** A time of day; `fold` tells the second of two equal wall clocks when summer time ends. */
export interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  readonly fold: number;
}

export const midnight: Clock = { hour: 0, minute: 0, second: 0, microsecond: 0, fold: 0 };

const firstDay: Day = { year: 1, month: 1, day: 1 };
const lastDay: Day = { year: 9999, month: 12, day: 31 };
const lastClock: Clock = { hour: 23, minute: 59, second: 59, microsecond: 999_999, fold: 0 };

/** Refuses a day that the calendar does not have. */
export function checkedDay(day: Day): Day {
  if (day.year < 1 || day.year > 9999) raise('ValueError', `year ${day.year} is out of range`);
  if (day.month < 1 || day.month > 12) raise('ValueError', 'month must be in 1..12');
  if (day.day < 1 || day.day > daysInMonth(day.year, day.month)) raise('ValueError', 'day is out of range for month');
  return day;
}

/** Refuses a time that the clock does not show. */
export function checkedClock(clock: Clock): Clock {
  if (clock.hour < 0 || clock.hour > 23) raise('ValueError', 'hour must be in 0..23');
  if (clock.minute < 0 || clock.minute > 59) raise('ValueError', 'minute must be in 0..59');
  if (clock.second < 0 || clock.second > 59) raise('ValueError', 'second must be in 0..59');
  if (clock.microsecond < 0 || clock.microsecond > 999_999) raise('ValueError', 'microsecond must be in 0..999999');
  return clock;
}

const clockMicros = ({ hour, minute, second, microsecond }: Clock): bigint =>
  BigInt((hour * 60 + minute) * 60 + second) * 1_000_000n + BigInt(microsecond);

/** The day and time of a wall clock. */
export function wallParts(wall: WallMicros): { readonly day: Day; readonly clock: Clock } {
  const ordinal = floorDivide(wall, microsPerDay);
  if (ordinal < 1n || ordinal > BigInt(maxOrdinal)) raise('OverflowError', 'date value out of range');
  const rest = modulo(wall, microsPerDay);
  const seconds = Number(rest / 1_000_000n);
  return {
    day: fromOrdinal(Number(ordinal)),
    clock: {
      hour: Math.floor(seconds / 3600),
      minute: Math.floor(seconds / 60) % 60,
      second: seconds % 60,
      microsecond: Number(rest % 1_000_000n),
      fold: 0,
    },
  };
}

const isoDay = ({ year, month, day }: Day): string =>
  `${zeroPadded(year, 4)}-${zeroPadded(month, 2)}-${zeroPadded(day, 2)}`;

/** The parts of `isoformat`'s time, as `timespec` asks for. */
function isoClock({ hour, minute, second, microsecond }: Clock, timespec = 'auto'): string {
  const spec = timespec === 'auto' ? (microsecond === 0 ? 'seconds' : 'microseconds') : timespec;
  const hours = zeroPadded(hour, 2);
  const minutes = `${hours}:${zeroPadded(minute, 2)}`;
  const seconds = `${minutes}:${zeroPadded(second, 2)}`;
  switch (spec) {
    case 'hours':
      return hours;
    case 'minutes':
      return minutes;
    case 'seconds':
      return seconds;
    case 'milliseconds':
      return `${seconds}.${zeroPadded(Math.floor(microsecond / 1000), 3)}`;
    case 'microseconds':
      return `${seconds}.${zeroPadded(microsecond, 6)}`;
    default:
      return raise('ValueError', 'Unknown timespec value');
  }
}

/** Python's `date`. */
export class PyDate extends HostObject {
  readonly typeName = 'datetime.date';
  readonly day: Day;
  readonly #methods: MethodTable<PyDate>;
  constructor(day: Day, methods: MethodTable<PyDate>) {
    super();
    this.day = day;
    this.#methods = methods;
  }

  /** A date with the same methods. */
  with(day: Day): PyDate {
    return new PyDate(day, this.#methods);
  }

  get ordinal(): number {
    return toOrdinal(this.day);
  }

  override attribute(name: string): Value | undefined {
    if (name === 'year') return this.day.year;
    if (name === 'month') return this.day.month;
    if (name === 'day') return this.day.day;
    if (name === 'min') return this.with(firstDay);
    if (name === 'max') return this.with(lastDay);
    if (name === 'resolution') return new TimeDelta(microsPerDay);
    return boundMethod(this.#methods, this, name);
  }

  override equals(other: Value): boolean {
    return other instanceof PyDate && other.ordinal === this.ordinal;
  }

  override compare(other: Value): number | undefined {
    if (other instanceof PyDateTime) failMixedComparison();
    return other instanceof PyDate ? this.ordinal - other.ordinal : undefined;
  }

  override hashKey(): HashKey {
    return `date${this.ordinal}`;
  }

  override arithmetic(
    operator: string,
    other: Value,
    { reflected }: { readonly reflected: boolean },
  ): Value | undefined {
    if (other instanceof TimeDelta && (operator === '+' || (operator === '-' && !reflected))) {
      const ordinal = this.ordinal + (operator === '+' ? other.days : -other.days);
      if (ordinal < 1 || ordinal > maxOrdinal) raise('OverflowError', 'date value out of range');
      return this.with(fromOrdinal(ordinal));
    }
    if (operator === '-' && other instanceof PyDate) {
      const days = BigInt(this.ordinal - other.ordinal);
      return new TimeDelta((reflected ? -days : days) * microsPerDay);
    }
    return undefined;
  }

  override format(spec: string): string {
    return this.strftime(spec);
  }

  strftime(format: string): string {
    return formatMoment({ ...this.day, ...midnight, offset: '', zoneName: '' }, format);
  }

  override toText(): string {
    return isoDay(this.day);
  }

  repr(): string {
    return `datetime.date(${this.day.year}, ${this.day.month}, ${this.day.day})`;
  }
}

function failMixedComparison(): never {
  return raise('TypeError', "can't compare datetime.datetime to datetime.date");
}

/** Python's `time`. */
export class PyTime extends HostObject {
  readonly typeName = 'datetime.time';
  readonly clock: Clock;
  readonly zone: TimeZone | undefined;
  readonly #methods: MethodTable<PyTime>;
  constructor(clock: Clock, zone: TimeZone | undefined, methods: MethodTable<PyTime>) {
    super();
    this.clock = clock;
    this.zone = zone;
    this.#methods = methods;
  }

  /** A time with the same methods. */
  with(clock: Clock, zone: TimeZone | undefined): PyTime {
    return new PyTime(clock, zone, this.#methods);
  }

  offsetSeconds(): number | undefined {
    return this.zone?.offsetSeconds(undefined);
  }

  #micros(): bigint {
    return clockMicros(this.clock) - BigInt(this.offsetSeconds() ?? 0) * 1_000_000n;
  }

  override attribute(name: string): Value | undefined {
    if (name === 'min') return this.with(midnight, undefined);
    if (name === 'max') return this.with(lastClock, undefined);
    const part = clockAttribute(this.clock, this.zone, name);
    return part === undefined ? boundMethod(this.#methods, this, name) : part;
  }

  override equals(other: Value): boolean {
    if (!(other instanceof PyTime)) return false;
    const bothAware = (this.offsetSeconds() === undefined) === (other.offsetSeconds() === undefined);
    return bothAware && this.#micros() === other.#micros();
  }

  override compare(other: Value): number | undefined {
    if (!(other instanceof PyTime)) return undefined;
    if ((this.offsetSeconds() === undefined) !== (other.offsetSeconds() === undefined)) {
      raise('TypeError', "can't compare offset-naive and offset-aware times");
    }
    return Number(this.#micros() - other.#micros());
  }

  override hashKey(): HashKey {
    return `time${this.#micros()}`;
  }

  isoFormat(timespec?: string): string {
    const offset = this.offsetSeconds();
    return isoClock(this.clock, timespec) + (offset === undefined ? '' : offsetText(offset, ':'));
  }

  override format(spec: string): string {
    return this.strftime(spec);
  }

  strftime(format: string): string {
    const offset = this.offsetSeconds();
    const zone = {
      offset: offset === undefined ? '' : offsetText(offset, ''),
      zoneName: this.zone?.zoneName(undefined) ?? '',
    };
    return formatMoment({ year: 1900, month: 1, day: 1, ...this.clock, ...zone }, format);
  }

  override toText(): string {
    return this.isoFormat();
  }

  repr(): string {
    return `datetime.time(${clockRepr(this.clock, this.zone)})`;
  }
}

function clockRepr({ hour, minute, second, microsecond, fold }: Clock, zone: TimeZone | undefined): string {
  const parts = [
    hour,
    minute,
    ...(second > 0 || microsecond > 0 ? [second] : []),
    ...(microsecond > 0 ? [microsecond] : []),
  ];
  return parts.join(', ') + (fold > 0 ? ', fold=1' : '') + (zone === undefined ? '' : `, tzinfo=${zone.repr()}`);
}

function clockAttribute(clock: Clock, zone: TimeZone | undefined, name: string): Value | undefined {
  switch (name) {
    case 'hour':
      return clock.hour;
    case 'minute':
      return clock.minute;
    case 'second':
      return clock.second;
    case 'microsecond':
      return clock.microsecond;
    case 'fold':
      return clock.fold;
    case 'tzinfo':
      return zone ?? null;
    case 'resolution':
      return new TimeDelta(1n);
    default:
      return undefined;
  }
}

/** Python's `datetime`. */
export class PyDateTime extends HostObject {
  readonly typeName = 'datetime.datetime';
  readonly day: Day;
  readonly clock: Clock;
  readonly zone: TimeZone | undefined;
  readonly #methods: MethodTable<PyDateTime>;
  constructor(day: Day, clock: Clock, zone: TimeZone | undefined, methods: MethodTable<PyDateTime>) {
    super();
    this.day = day;
    this.clock = clock;
    this.zone = zone;
    this.#methods = methods;
  }

  /** A datetime with the same methods. */
  with(day: Day, clock: Clock, zone: TimeZone | undefined): PyDateTime {
    return new PyDateTime(day, clock, zone, this.#methods);
  }

  /** A datetime at a wall clock. */
  atWall(wall: WallMicros, zone: TimeZone | undefined): PyDateTime {
    const { day, clock } = wallParts(wall);
    return this.with(day, clock, zone);
  }

  get wall(): WallMicros {
    return BigInt(toOrdinal(this.day)) * microsPerDay + clockMicros(this.clock);
  }

  offsetSeconds(): number | undefined {
    return this.zone?.offsetSeconds(this.wall);
  }

  /** The wall clock of UTC at this moment; that of the datetime itself when it has no zone. */
  get utc(): WallMicros {
    return this.wall - BigInt(this.offsetSeconds() ?? 0) * 1_000_000n;
  }

  override attribute(name: string): Value | undefined {
    if (name === 'year') return this.day.year;
    if (name === 'month') return this.day.month;
    if (name === 'day') return this.day.day;
    if (name === 'min') return this.with(firstDay, midnight, undefined);
    if (name === 'max') return this.with(lastDay, lastClock, undefined);
    const part = clockAttribute(this.clock, this.zone, name);
    return part === undefined ? boundMethod(this.#methods, this, name) : part;
  }

  #isAware(): boolean {
    return this.offsetSeconds() !== undefined;
  }

  override equals(other: Value): boolean {
    return other instanceof PyDateTime && this.#isAware() === other.#isAware() && this.utc === other.utc;
  }

  override compare(other: Value): number | undefined {
    if (other instanceof PyDate) failMixedComparison();
    if (!(other instanceof PyDateTime)) return undefined;
    if (this.#isAware() !== other.#isAware()) {
      raise('TypeError', "can't compare offset-naive and offset-aware datetimes");
    }
    return this.utc < other.utc ? -1 : this.utc > other.utc ? 1 : 0;
  }

  override hashKey(): HashKey {
    return `datetime${this.utc}`;
  }

  override arithmetic(
    operator: string,
    other: Value,
    { reflected }: { readonly reflected: boolean },
  ): Value | undefined {
    if (other instanceof TimeDelta && (operator === '+' || (operator === '-' && !reflected))) {
      return this.atWall(operator === '+' ? this.wall + other.micros : this.wall - other.micros, this.zone);
    }
    if (operator !== '-' || !(other instanceof PyDateTime)) return undefined;
    if (this.#isAware() !== other.#isAware()) {
      raise('TypeError', "can't subtract offset-naive and offset-aware datetimes");
    }
    const difference = this.zone === other.zone ? this.wall - other.wall : this.utc - other.utc;
    return new TimeDelta(reflected ? -difference : difference);
  }

  isoFormat(separator = 'T', timespec?: string): string {
    const offset = this.offsetSeconds();
    return `${isoDay(this.day)}${separator}${isoClock(this.clock, timespec)}${offset === undefined ? '' : offsetText(offset, ':')}`;
  }

  override format(spec: string): string {
    return this.strftime(spec);
  }

  strftime(format: string): string {
    const offset = this.offsetSeconds();
    const zone = {
      offset: offset === undefined ? '' : offsetText(offset, ''),
      zoneName: this.zone?.zoneName(this.wall) ?? '',
    };
    return formatMoment({ ...this.day, ...this.clock, ...zone }, format);
  }

  override toText(): string {
    return this.isoFormat(' ');
  }

  repr(): string {
    const { year, month, day } = this.day;
    return `datetime.datetime(${year}, ${month}, ${day}, ${clockRepr(this.clock, this.zone)})`;
  }
}

/** The start of Unix time as a wall clock of UTC. */
export const epochWall = BigInt(toOrdinal({ year: 1970, month: 1, day: 1 })) * microsPerDay;
