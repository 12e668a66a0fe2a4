/** A value of SQL that is known without a warehouse. Times are milliseconds of UTC; `word` is a bare name such as `day`. */
export type Constant =
  | { readonly kind: 'number'; readonly value: number; readonly isFloat: boolean }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'text' | 'word'; readonly value: string }
  | { readonly kind: 'date'; readonly at: number }
  /** A time of some clock; an instant is the same everywhere, and shown as UTC. */
  | { readonly kind: 'timestamp'; readonly at: number; readonly isInstant?: boolean }
  | { readonly kind: 'interval'; readonly months: number; readonly milliseconds: number };

const DAY = 86_400_000;

const integer = (value: number): Constant => ({ kind: 'number', value, isFloat: false });

/** `a + b`, or `a - b` with the sign -1. */
export function added(a: Constant, b: Constant, sign: 1 | -1): Constant | undefined {
  if (a.kind === 'number' && b.kind === 'number') {
    return { kind: 'number', value: a.value + sign * b.value, isFloat: a.isFloat || b.isFloat };
  }
  if (a.kind === 'date' && b.kind === 'number') return { kind: 'date', at: a.at + sign * b.value * DAY };
  if (a.kind === 'date' && b.kind === 'date' && sign === -1) return integer((a.at - b.at) / DAY);
  if ((a.kind !== 'date' && a.kind !== 'timestamp') || b.kind !== 'interval') return undefined;
  return { kind: 'timestamp', at: monthsLater(a.at, sign * b.months) + sign * b.milliseconds };
}

/** The same day of another month, or that month's last. */
function monthsLater(at: number, months: number): number {
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.setUTCDate(Math.min(day, last));
}

/** `a * b`, `a / b`, and DuckDB's `a // b`; integers stay integers. */
export function multiplied(a: Constant, b: Constant, operator: '*' | '/' | '//'): Constant | undefined {
  if (a.kind === 'interval' && b.kind === 'number' && operator === '*') {
    return { ...a, months: a.months * b.value, milliseconds: a.milliseconds * b.value };
  }
  if (a.kind !== 'number' || b.kind !== 'number') return undefined;
  const isFloat = a.isFloat || b.isFloat;
  if (operator === '*') return { kind: 'number', value: a.value * b.value, isFloat };
  if (b.value === 0) return undefined;
  const quotient = a.value / b.value;
  return { kind: 'number', value: isFloat ? quotient : Math.trunc(quotient), isFloat };
}

/** `a < b` and the like; texts are dates beside dates. */
export function compared(operator: string, a: Constant, b: Constant): Constant | undefined {
  const [left, right] = [orderOf(a), orderOf(b)];
  if (left === undefined || right === undefined || typeof left !== typeof right) return undefined;
  const holds: Readonly<Record<string, boolean>> = {
    '<': left < right,
    '<=': left <= right,
    '>': left > right,
    '>=': left >= right,
    '=': left === right,
    '<>': left !== right,
    '!=': left !== right,
  };
  const value = holds[operator];
  return value === undefined ? undefined : { kind: 'boolean', value };
}

function orderOf(value: Constant): number | string | undefined {
  switch (value.kind) {
    case 'number':
    case 'text':
      return value.value;
    case 'date':
    case 'timestamp':
      return value.at;
    case 'boolean':
    case 'word':
    case 'interval':
      return undefined;
  }
}

/** `cast(value as type)`, for dates, times, whole numbers and intervals. */
export function castTo(value: Constant, type: string): Constant | undefined {
  if (type === 'interval') return value.kind === 'text' ? intervalOf(value.value) : undefined;
  if (type === 'date') {
    const at = timeOf(value);
    return at === undefined ? undefined : { kind: 'date', at: Math.floor(at / DAY) * DAY };
  }
  if (/^(timestamp|datetime)/.test(type)) {
    const at = timeOf(value);
    return at === undefined ? undefined : { kind: 'timestamp', at };
  }
  return /^(int|integer|bigint)$/.test(type) && value.kind === 'number' ? integer(Math.round(value.value)) : undefined;
}

const ISO_TIME = /^\s*(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?))?\s*$/;

/** `value at time zone 'UTC'`: the instant at which that clock shows the time, or what it shows at that instant. */
export function atTimeZone(value: Constant, zone: Constant): Constant | undefined {
  if (value.kind !== 'timestamp' || zone.kind !== 'text') return undefined;
  const offset = offsetOf(zone.value, value.at);
  if (offset === undefined) return undefined;
  if (value.isInstant === true) return { kind: 'timestamp', at: value.at + offset };
  return { kind: 'timestamp', at: value.at - (offsetOf(zone.value, value.at - offset) ?? offset), isInstant: true };
}

/** How far a zone's clocks are ahead of UTC; `undefined` for a zone of no such name. */
function offsetOf(zone: string, at: number): number | undefined {
  try {
    const shown = new Date(at).toLocaleString('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      timeZoneName: 'longOffset',
    });
    const [, sign = '', hours = '0', minutes = '0'] = /GMT(?:([-+])(\d\d):(\d\d))?/.exec(shown) ?? [];
    const size = Number(hours) * 3_600_000 + Number(minutes) * 60_000;
    return sign === '-' ? -size : size;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function timeOf(value: Constant): number | undefined {
  if (value.kind === 'date' || value.kind === 'timestamp') return value.at;
  const [, day, time = '00:00'] = (value.kind === 'text' && ISO_TIME.exec(value.value)) || [];
  if (day === undefined) return undefined;
  const at = Date.parse(`${day}T${time}Z`);
  return Number.isNaN(at) ? undefined : at;
}

function intervalOf(text: string): Constant | undefined {
  const [, count = '', unit = ''] = /^\s*(-?\d+)\s+([a-z]+?)s?\s*$/i.exec(text) ?? [];
  const months = MONTHS[unit.toLowerCase()];
  const milliseconds = MILLISECONDS[unit.toLowerCase()];
  if (months === undefined && milliseconds === undefined) return undefined;
  const times = Number(count);
  return { kind: 'interval', months: times * (months ?? 0), milliseconds: times * (milliseconds ?? 0) };
}

const MONTHS: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };
const MILLISECONDS: Readonly<Record<string, number>> = {
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: DAY,
  week: 7 * DAY,
};

/** `date_part('month', value)`, which is a float. */
export function partOf(name: Constant, value: Constant): Constant | undefined {
  const at = value.kind === 'text' ? undefined : timeOf(value);
  if (at === undefined || (name.kind !== 'text' && name.kind !== 'word')) return undefined;
  const date = new Date(at);
  const parts: Readonly<Record<string, number>> = {
    year: date.getUTCFullYear(),
    quarter: Math.floor(date.getUTCMonth() / 3) + 1,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    dow: date.getUTCDay(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
  const part = parts[name.value.toLowerCase()];
  return part === undefined ? undefined : { kind: 'number', value: part, isFloat: true };
}

/** `date_trunc('month', value)`: weeks start on Mondays. */
export function truncated(name: Constant, value: Constant): Constant | undefined {
  const at = value.kind === 'text' ? undefined : timeOf(value);
  if (at === undefined || (name.kind !== 'text' && name.kind !== 'word')) return undefined;
  const unit = name.value.toLowerCase();
  const date = new Date(at);
  const months = MONTHS[unit];
  if (months !== undefined) {
    const month = date.getUTCMonth();
    return { kind: 'timestamp', at: Date.UTC(date.getUTCFullYear(), month - (month % months), 1) };
  }
  const size = MILLISECONDS[unit];
  if (size === undefined) return undefined;
  // The first day of all was a Thursday.
  const shift = unit === 'week' ? 3 * DAY : 0;
  return { kind: 'timestamp', at: Math.floor((at + shift) / size) * size - shift };
}

/** How many times a period begins between two times, as `datediff` counts. */
export function periodsBetween(name: Constant, from: Constant, to: Constant): Constant | undefined {
  const [start, end] = [timeOf(from), timeOf(to)];
  if (start === undefined || end === undefined || (name.kind !== 'text' && name.kind !== 'word')) return undefined;
  const unit = name.value.toLowerCase();
  const months = MONTHS[unit];
  if (months !== undefined) return integer(monthOf(end, months) - monthOf(start, months));
  const size = MILLISECONDS[unit];
  if (size === undefined || unit === 'week') return undefined;
  return integer(Math.floor(end / size) - Math.floor(start / size));
}

function monthOf(at: number, months: number): number {
  const date = new Date(at);
  return Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / months);
}
