import { Callable, Dict, List, type HashKey, type Value } from '../../value.ts';
import { bindArguments, parameters } from '../arguments.ts';
import { raise } from '../error.ts';
import { boundMethod, methodTable } from '../methods/method-table.ts';
import { strOf } from '../strings.ts';
import { repr } from '../text.ts';
import { truthy } from '../truth.ts';
import { typeName } from '../type-name.ts';
import { TimeDelta } from './datetime/timedelta.ts';
import { TimeZone, type WallMicros } from './datetime/tzinfo.ts';
import { epochWall, PyDateTime } from './datetime/values.ts';
import { offsetAt, ruleAt, zoneNames, type ZoneRule } from './zone-rules.ts';

/** `pytz.utc`. */
class Utc extends TimeZone {
  readonly typeName = 'UTC';

  offsetSeconds(): number {
    return 0;
  }

  zoneName(): string {
    return 'UTC';
  }

  summerSeconds(): number {
    return 0;
  }

  override qualifiedTypeName(): string {
    return 'pytz.UTC';
  }

  override attribute(name: string): Value | undefined {
    return name === 'zone' ? 'UTC' : boundMethod(zoneMethods, this, name);
  }

  override hashKey(): HashKey {
    return 'pytz:UTC';
  }

  override toText(): string {
    return 'UTC';
  }

  repr(): string {
    return '<UTC>';
  }
}

/** `pytz.utc`, the same object everywhere. */
export const utc: TimeZone = new Utc();

/** `pytz.FixedOffset(minutes)`. */
class FixedOffset extends TimeZone {
  readonly typeName = '_FixedOffset';
  readonly minutes: number;
  constructor(minutes: number) {
    super();
    this.minutes = minutes;
  }

  offsetSeconds(): number {
    return this.minutes * 60;
  }

  zoneName(): undefined {
    return undefined;
  }

  summerSeconds(): number {
    return 0;
  }

  override qualifiedTypeName(): string {
    return 'pytz._FixedOffset';
  }

  override attribute(name: string): Value | undefined {
    return name === 'zone' ? null : boundMethod(zoneMethods, this, name);
  }

  override hashKey(): HashKey {
    return `pytz:fixed${this.minutes}`;
  }

  repr(): string {
    return `pytz.FixedOffset(${this.minutes})`;
  }
}

/** A zone of the database, with the rule that holds at some moment: pytz has an object for each of a zone's rules. */
class DatabaseZone extends TimeZone {
  readonly typeName: string;
  readonly name: string;
  readonly rule: ZoneRule;
  constructor(name: string, rule: ZoneRule) {
    super();
    this.name = name;
    this.rule = rule;
    this.typeName = name;
  }

  offsetSeconds(): number {
    return this.rule.offset;
  }

  zoneName(): string {
    return this.rule.abbreviation;
  }

  summerSeconds(): number {
    return this.rule.summer;
  }

  override at(moment: WallMicros): DatabaseZone {
    return new DatabaseZone(this.name, ruleAt(this.name, Number((moment - epochWall) / 1000n)));
  }

  override qualifiedTypeName(): string {
    return `pytz.tzfile.${this.name}`;
  }

  override attribute(name: string): Value | undefined {
    return name === 'zone' ? this.name : boundMethod(zoneMethods, this, name);
  }

  override equals(other: Value): boolean {
    return other instanceof DatabaseZone && other.name === this.name && other.rule.offset === this.rule.offset;
  }

  override hashKey(): HashKey {
    return `pytz:${this.name}:${this.rule.offset}`;
  }

  override toText(): string {
    return this.name;
  }

  repr(): string {
    const offset = TimeDelta.ofSeconds(this.rule.offset).toText();
    const sign = this.rule.offset >= 0 ? '+' : '';
    return `<DstTzInfo '${this.name}' ${this.rule.abbreviation}${sign}${offset} ${this.rule.summer === 0 ? 'STD' : 'DST'}>`;
  }
}

/** The rules a wall clock may stand under: one, two when it is ambiguous, none when it does not exist. */
function candidates(zone: DatabaseZone, wall: WallMicros): readonly DatabaseZone[] {
  const millis = Number((wall - epochWall) / 1000n);
  const offsets = new Set([offsetAt(zone.name, millis - 86_400_000), offsetAt(zone.name, millis + 86_400_000)]);
  const found: DatabaseZone[] = [];
  for (const offset of offsets) {
    const there = zone.at(wall - BigInt(offset) * 1_000_000n);
    if (there.rule.offset === offset) found.push(there);
  }
  return found;
}

function localize(zone: TimeZone, moment: PyDateTime, isSummer: Value): PyDateTime {
  if (moment.zone !== undefined) raise('ValueError', 'Not naive datetime (tzinfo is already set)');
  if (!(zone instanceof DatabaseZone)) return moment.with(moment.day, moment.clock, zone);
  const found = candidates(zone, moment.wall);
  const [only] = found;
  if (only !== undefined && found.length === 1) return moment.with(moment.day, moment.clock, only);
  const shown = moment.toText();
  if (isSummer === null) raise(only === undefined ? 'NonExistentTimeError' : 'AmbiguousTimeError', shown);
  if (only !== undefined) {
    const wanted = found.find(it => (it.rule.summer !== 0) === truthy(isSummer)) ?? only;
    return moment.with(moment.day, moment.clock, wanted);
  }
  // A wall clock in the gap takes the rule of the side it is said to stand on.
  const before = zone.at(moment.wall - BigInt(zone.rule.offset + 86_400) * 1_000_000n);
  const after = zone.at(moment.wall - BigInt(zone.rule.offset - 86_400) * 1_000_000n);
  const chosen = (after.rule.summer !== 0) === truthy(isSummer) ? after : before;
  return moment.with(moment.day, moment.clock, chosen);
}

const dateTimeArgument = (value: Value): PyDateTime =>
  value instanceof PyDateTime
    ? value
    : raise('AttributeError', `'${typeName(value)}' object has no attribute 'tzinfo'`);

const zoneMethods = methodTable<TimeZone>({
  localize: (zone, args) => {
    const { values } = bindArguments('localize', parameters('dt', ['is_dst', false]), args);
    return localize(zone, dateTimeArgument(values[0] ?? null), values[1] ?? null);
  },
  normalize: (zone, args) => {
    const { values } = bindArguments('normalize', parameters('dt', ['is_dst', false]), args);
    const moment = dateTimeArgument(values[0] ?? null);
    if (moment.zone === undefined) raise('ValueError', 'Naive time - no tzinfo set');
    const target = zone.at(moment.utc);
    return moment.atWall(moment.utc + BigInt(target.offsetSeconds(moment.utc) ?? 0) * 1_000_000n, target);
  },
  fromutc: (zone, args) => {
    const { values } = bindArguments('fromutc', parameters('dt'), args);
    const moment = dateTimeArgument(values[0] ?? null);
    const target = zone.at(moment.wall);
    return moment.atWall(moment.wall + BigInt(target.offsetSeconds(moment.wall) ?? 0) * 1_000_000n, target);
  },
  utcoffset: (zone, args) => {
    const { values } = bindArguments('utcoffset', parameters('dt', ['is_dst', null]), args);
    const moment = values[0] ?? null;
    if (moment === null && zone instanceof DatabaseZone) return null;
    const offset =
      zone instanceof DatabaseZone && moment instanceof PyDateTime && moment.zone === undefined
        ? localize(zone, moment, false).offsetSeconds()
        : zone.offsetSeconds(undefined);
    return offset === undefined ? null : TimeDelta.ofSeconds(offset);
  },
  tzname: (zone, args) => {
    const { values } = bindArguments('tzname', parameters('dt', ['is_dst', null]), args);
    const moment = values[0] ?? null;
    if (moment === null && zone instanceof DatabaseZone) return zone.name;
    if (zone instanceof DatabaseZone && moment instanceof PyDateTime && moment.zone === undefined) {
      return localize(zone, moment, false).zone?.zoneName(undefined) ?? null;
    }
    return zone.zoneName(undefined) ?? null;
  },
  dst: (zone, args) => {
    const { values } = bindArguments('dst', parameters('dt', ['is_dst', null]), args);
    const moment = values[0] ?? null;
    const there =
      zone instanceof DatabaseZone && moment instanceof PyDateTime && moment.zone === undefined
        ? localize(zone, moment, false).zone
        : zone;
    return TimeDelta.ofSeconds(there?.summerSeconds(undefined) ?? 0);
  },
});

/** `pytz.timezone(name)`. */
export function timeZone(name: Value): TimeZone {
  if (name === null) return raise('UnknownTimeZoneError', 'None');
  const text = strOf(name) ?? raise('AttributeError', `'${typeName(name)}' object has no attribute 'upper'`);
  if (text.toUpperCase() === 'UTC') return utc;
  const found = zoneNames().get(text.toLowerCase());
  if (found === undefined) return raise('UnknownTimeZoneError', repr(text));
  // A zone that is not localized has the first rule of its history: local mean time.
  return new DatabaseZone(found, ruleAt(found, -8_000_000_000_000));
}

/** The `pytz` module as dbt hands it to templates. */
export function pytzModule(): Dict {
  const names = [...zoneNames().values()].sort();
  return Dict.fromStrings([
    [
      'timezone',
      new Callable('timezone', args => timeZone(bindArguments('timezone', parameters('zone'), args).values[0] ?? null)),
    ],
    ['utc', utc],
    [
      'FixedOffset',
      new Callable('FixedOffset', args =>
        fixedOffset(bindArguments('FixedOffset', parameters('offset'), args).values[0] ?? null),
      ),
    ],
    ['all_timezones', new List(names)],
    ['common_timezones', new List(names.filter(it => it.includes('/') || it === 'UTC'))],
  ]);
}

function fixedOffset(minutes: Value): TimeZone {
  if (typeof minutes !== 'number') return raise('TypeError', `an integer is required, not ${typeName(minutes)}`);
  if (minutes === 0) return utc;
  return Math.abs(minutes) < 1440 ? new FixedOffset(minutes) : raise('ValueError', 'absolute offset is too large');
}
