/** How many minutes a time zone is ahead of UTC at an instant, given in microseconds since 1970. */
export type ZoneOffset = (micros: bigint) => number;

/** UTC itself. */
export const utc: ZoneOffset = () => 0;

/** The offsets of a named time zone; those of UTC where the name is unknown to this runtime. */
export function zoneOffset(timeZone: string): ZoneOffset {
  const format = offsetFormat(timeZone);
  if (format === undefined) return utc;
  const known = new Map<bigint, number>();
  return micros => {
    // Offsets change on full quarters of an hour only.
    const quarter = micros / QUARTER_MICROS;
    const offset = known.get(quarter) ?? offsetAt(format, quarter);
    known.set(quarter, offset);
    return offset;
  };
}

const QUARTER_MICROS = 900_000_000n;
const LAST_DATE_MS = 8.64e15;

function offsetFormat(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  } catch {
    // Intl has no other way to say that it does not know a zone.
    return undefined;
  }
}

function offsetAt(format: Intl.DateTimeFormat, quarter: bigint): number {
  const ms = Math.min(Math.max(Number(quarter) * 900_000, -LAST_DATE_MS), LAST_DATE_MS);
  const name = format.formatToParts(ms).find(part => part.type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? [];
  if (hours === undefined || minutes === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
