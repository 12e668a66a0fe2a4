import { HostObject, type HashKey, type Value } from '../../../value.ts';
import { bindOne } from '../../arguments.ts';
import { boundMethod, methodTable } from '../../methods/method-table.ts';
import { zeroPadded } from './calendar.ts';
import { TimeDelta } from './timedelta.ts';

/** A moment's wall clock, in microseconds since the day before 1 January of the year 1, without a zone. */
export type WallMicros = bigint;

/** Python's `tzinfo`: what a zone says about a wall clock. */
export abstract class TimeZone extends HostObject {
  /** Seconds east of UTC. */
  abstract offsetSeconds(wall: WallMicros | undefined): number | undefined;
  /** The zone's abbreviation. */
  abstract zoneName(wall: WallMicros | undefined): string | undefined;
  /** The part of the offset that is summer time, in seconds. */
  abstract summerSeconds(wall: WallMicros | undefined): number | undefined;

  /** The zone with the offset it has at a moment of UTC: a pytz zone is a different object for each of its offsets. */
  at(_utc: WallMicros): TimeZone {
    return this;
  }
}

/** Python's `datetime.timezone`: a fixed offset. */
export class FixedZone extends TimeZone {
  readonly typeName = 'datetime.timezone';
  readonly seconds: number;
  readonly givenName: string | undefined;
  constructor(seconds: number, givenName?: string) {
    super();
    this.seconds = seconds;
    this.givenName = givenName;
  }

  offsetSeconds(): number {
    return this.seconds;
  }

  zoneName(): string {
    if (this.givenName !== undefined) return this.givenName;
    return this.seconds === 0 ? 'UTC' : `UTC${offsetText(this.seconds, ':')}`;
  }

  summerSeconds(): undefined {
    return undefined;
  }

  override attribute(name: string): Value | undefined {
    return boundMethod(fixedZoneMethods, this, name);
  }

  override equals(other: Value): boolean {
    return other instanceof FixedZone && other.seconds === this.seconds;
  }

  override hashKey(): HashKey {
    return `zone${this.seconds}`;
  }

  override toText(): string {
    return this.zoneName();
  }

  repr(): string {
    if (this.seconds === 0 && this.givenName === undefined) return 'datetime.timezone.utc';
    const name = this.givenName === undefined ? '' : `, '${this.givenName}'`;
    return `datetime.timezone(${TimeDelta.ofSeconds(this.seconds).repr()}${name})`;
  }
}

const fixedZoneMethods = methodTable<FixedZone>({
  utcoffset: (zone, args) => {
    bindOne('timezone.utcoffset', args);
    return TimeDelta.ofSeconds(zone.seconds);
  },
  tzname: (zone, args) => {
    bindOne('timezone.tzname', args);
    return zone.zoneName();
  },
  dst: (_zone, args) => {
    bindOne('timezone.dst', args);
    return null;
  },
});

/** UTC as the `datetime` module has it. */
export const fixedUtc = new FixedZone(0);

/** An offset as `+HH:MM`, with seconds where it has them. */
export function offsetText(seconds: number, separator: string): string {
  const size = Math.abs(seconds);
  const parts = [Math.floor(size / 3600), Math.floor(size / 60) % 60, ...(size % 60 === 0 ? [] : [size % 60])];
  return (seconds < 0 ? '-' : '+') + parts.map(it => zeroPadded(it, 2)).join(separator);
}
