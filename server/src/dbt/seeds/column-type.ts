/** What dbt takes a seed's column for, in the order it tries; each value of the column must be one. */
export type SeedType = 'number' | 'date' | 'datetime' | 'boolean' | 'text';

/**
 * The value of a CSV field as a type reads it, spelled plainly: `$1,000` is the number `1000`, `False` the boolean
 * `false`. `null` is the null that '' and 'null' stand for; `undefined` says that the field is no value of the type.
 */
export function readValue(field: string, type: SeedType): string | null | undefined {
  const text = field.trim();
  if (text === '' || (text.length === 4 && text.toLowerCase() === 'null')) return null;
  switch (type) {
    case 'number':
      return numberText(text);
    case 'date':
      return dateText(text);
    case 'datetime':
      return spacedDatetime(text) ?? isoDatetime(text);
    case 'boolean':
      return booleanText(text);
    case 'text':
      return field;
  }
}

/** The number of decimal places of a number's plain text, trailing zeros left out. */
export function decimalPlaces(number: string): number {
  const point = number.indexOf('.');
  return point < 0 ? 0 : number.slice(point + 1).replace(/0+$/, '').length;
}

const CURRENCIES = '؋$ƒ៛¥₡₱£€¢﷼₪₩₭₮₦฿₤₫';
const AROUND_CURRENCY = new RegExp(`^[${CURRENCIES}]+|[${CURRENCIES}]+$`, 'g');

function numberText(text: string): string | undefined {
  if (PLAIN_NUMBER.test(text)) return text;
  const withoutPercent = text.replaceAll(/^%+|%+$/g, '');
  const isNegative = withoutPercent.startsWith('-');
  const amount = (isNegative ? withoutPercent.slice(1) : withoutPercent)
    .replaceAll(AROUND_CURRENCY, '')
    .replaceAll(',', '');
  const plain = plainDecimal(amount.trim());
  if (plain === undefined || !isNegative || plain === 'NaN') return plain;
  return plain.startsWith('-') ? plain.slice(1) : `-${plain}`;
}

/** A number that is written as it is spelled here: nearly every one. */
const PLAIN_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** What Python's `Decimal` accepts, without its exponent and leading zeros. */
function plainDecimal(text: string): string | undefined {
  const special = /^([+-]?)(?:(inf(?:inity)?)|s?nan\d*)$/i.exec(text);
  if (special !== null) return special[2] === undefined ? 'NaN' : `${special[1] === '-' ? '-' : ''}Infinity`;
  const parts = /^([+-]?)(\d[\d_]*)?(?:\.(\d[\d_]*)?)?(?:e([+-]?\d+))?$/i.exec(text);
  if (parts === null || (parts[2] === undefined && parts[3] === undefined)) return undefined;
  const whole = (parts[2] ?? '').replaceAll('_', '');
  const fraction = (parts[3] ?? '').replaceAll('_', '');
  const shifted = shift(whole, fraction, Number(parts[4] ?? 0));
  return shifted === undefined ? undefined : `${parts[1] === '-' ? '-' : ''}${shifted}`;
}

/** More digits than any warehouse holds are no number worth writing out. */
const MAX_EXPONENT = 400;

function shift(whole: string, fraction: string, exponent: number): string | undefined {
  if (Math.abs(exponent) > MAX_EXPONENT) return undefined;
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const padded = digits.padEnd(point, '0').padStart(digits.length - Math.min(point, 0), '0');
  const at = Math.max(point, 0);
  const before = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const after = padded.slice(at);
  return after === '' ? before || '0' : `${before || '0'}.${after}`;
}

function dateText(text: string): string | undefined {
  const parts = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  return parts === null ? undefined : calendarDate(parts[1], parts[2], parts[3]);
}

function spacedDatetime(text: string): string | undefined {
  const parts = /^(\d{4}-\d{1,2}-\d{1,2})\s+(\d{1,2}):(\d{1,2}):(\d{1,2})$/.exec(text);
  if (parts === null) return undefined;
  return joined(dateText(parts[1] ?? ''), clockTime(parts[2], parts[3], parts[4]));
}

/** ISO 8601 with a `T`; a time with a zone is moved to UTC, where dbt's sessions are. */
function isoDatetime(text: string): string | undefined {
  const parts = /^(\d{4})-?(\d\d)-?(\d\d)T(\d\d)(?::?(\d\d)(?::?(\d\d)([.,]\d+)?)?)?(Z|[+-]\d\d(?::?\d\d)?)?$/.exec(
    text,
  );
  if (parts === null) return undefined;
  const [, year, month, day, hours, minutes = '00', seconds = '00', fraction = '', zone] = parts;
  const local = joined(calendarDate(year, month, day), clockTime(hours, minutes, seconds));
  if (local === undefined) return undefined;
  const inUtc = zone === undefined ? local : movedToUtc(local, zone);
  const micros = fraction.slice(1, 7).replace(/0+$/, '');
  return micros === '' ? inUtc : `${inUtc}.${micros}`;
}

function movedToUtc(local: string, zone: string): string {
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d\d):?(\d\d)?/.exec(zone) ?? [];
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  const moved = new Date(Date.parse(`${local.replace(' ', 'T')}Z`) - offset * 60_000);
  return moved.toISOString().slice(0, 19).replace('T', ' ');
}

function joined(date: string | undefined, time: string | undefined): string | undefined {
  return date === undefined || time === undefined ? undefined : `${date} ${time}`;
}

function calendarDate(year = '', month = '', day = ''): string | undefined {
  const number = Number(month);
  const isReal = number >= 1 && number <= 12 && Number(day) >= 1 && Number(day) <= daysOf(Number(year), number);
  return isReal ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : undefined;
}

/** The days of a month of the Gregorian calendar. */
function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function clockTime(hours = '', minutes = '', seconds = ''): string | undefined {
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  return [hours, minutes, seconds].map(part => part.padStart(2, '0')).join(':');
}

function booleanText(text: string): string | undefined {
  const plain = text.replaceAll(',', '').trim().toLowerCase();
  return plain === 'true' || plain === 'false' ? plain : undefined;
}
