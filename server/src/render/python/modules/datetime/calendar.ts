/** A day of the proleptic Gregorian calendar. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The last ordinal there is: 31 December 9999. */
export const maxOrdinal = 3_652_059;

const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;

/** Whether a year has 366 days. */
const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** The number of days of a month. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The day's number in its year, from 1. */
export const dayOfYear = ({ year, month, day }: Day): number =>
  (daysBefore[month - 1] ?? 0) + (month > 2 && isLeapYear(year) ? 1 : 0) + day;

const daysBeforeYear = (year: number): number => {
  const before = year - 1;
  return before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
};

/** The number of the day, 1 for 1 January of the year 1. */
export const toOrdinal = (day: Day): number => daysBeforeYear(day.year) + dayOfYear(day);

/** The day of a number. */
export function fromOrdinal(ordinal: number): Day {
  let year = Math.floor(ordinal / 365.2425) + 1;
  while (daysBeforeYear(year) >= ordinal) year--;
  while (daysBeforeYear(year + 1) < ordinal) year++;
  let rest = ordinal - daysBeforeYear(year);
  let month = 1;
  while (rest > daysInMonth(year, month)) {
    rest -= daysInMonth(year, month);
    month++;
  }
  return { year, month, day: rest };
}

/** The day of the week, 0 for Monday. */
export const weekday = (day: Day): number => (toOrdinal(day) + 6) % 7;

/** ISO's year, week and day of the week (1 for Monday). */
export function isoCalendar(day: Day): { readonly year: number; readonly week: number; readonly weekday: number } {
  const ordinal = toOrdinal(day);
  const firstOf = (year: number): number => isoWeekOneMonday(year);
  let year = day.year;
  if (ordinal < firstOf(year)) year--;
  else if (ordinal >= firstOf(year + 1)) year++;
  return { year, week: Math.floor((ordinal - firstOf(year)) / 7) + 1, weekday: weekday(day) + 1 };
}

/** The ordinal of the Monday of ISO's first week of a year. */
export function isoWeekOneMonday(year: number): number {
  const first = daysBeforeYear(year) + 1;
  const firstWeekday = (first + 6) % 7;
  return first - firstWeekday + (firstWeekday > 3 ? 7 : 0);
}

export const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** A number with leading zeros. */
export const zeroPadded = (value: number, width: number): string => String(value).padStart(width, '0');
