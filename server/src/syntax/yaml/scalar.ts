import type { YamlScalar } from './tree.ts';

/** What a scalar means by YAML 1.1, as PyYAML's safe loader reads it. */
export type ScalarValue =
  | { readonly type: 'null' }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'int'; readonly value: number | bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'date' | 'datetime'; readonly text: string }
  | { readonly type: 'str'; readonly value: string };

/** The meaning of a scalar: quoted and block scalars are text, plain ones are recognised by their spelling. */
export function scalarValue(scalar: YamlScalar): ScalarValue {
  const tag = scalar.tag?.replace(/^!!|^!<tag:yaml\.org,2002:|>$/g, '');
  if (tag !== undefined && tag !== '!') return taggedValue(tag, scalar.text);
  if (scalar.style !== 'plain') return { type: 'str', value: scalar.text };
  return plainValue(scalar.text);
}

/** The meaning of plain text, as PyYAML's implicit resolvers see it. */
export function plainValue(text: string): ScalarValue {
  if (!MAY_MEAN_MORE.test(text)) return { type: 'str', value: text };
  if (NULL.test(text)) return { type: 'null' };
  if (TRUE.test(text)) return { type: 'bool', value: true };
  if (FALSE.test(text)) return { type: 'bool', value: false };
  if (INT.test(text)) return { type: 'int', value: intValue(text) };
  if (FLOAT.test(text)) return { type: 'float', value: floatValue(text) };
  return timestamp(text) ?? { type: 'str', value: text };
}

/** How all begin that are more than their text: as numbers do, or as a word of at most five letters. Few scalars do. */
const MAY_MEAN_MORE = /^(?:[-+.~0-9]|[nNtTfFyYoO][a-zA-Z]{0,4}$|$)/;
const NULL = /^(?:~|null|Null|NULL|)$/;
const TRUE = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const INT =
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const DATE = /^(\d{4})-(\d\d?)-(\d\d?)$/;
const DATETIME =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|([-+])(\d\d?)(?::?(\d\d))?))?$/;

function taggedValue(tag: string, text: string): ScalarValue {
  switch (tag) {
    case 'int':
      return { type: 'int', value: intValue(text) };
    case 'float':
      return { type: 'float', value: floatValue(text) };
    case 'bool':
      return { type: 'bool', value: TRUE.test(text) };
    case 'null':
      return { type: 'null' };
    case 'timestamp':
      return timestamp(text) ?? { type: 'str', value: text };
    default:
      return { type: 'str', value: text };
  }
}

function intValue(text: string): number | bigint {
  const digits = text.replaceAll('_', '').replace(/^[-+]/, '');
  const size = digits.includes(':')
    ? sexagesimal(digits)
    : BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  const value = text.startsWith('-') ? -size : size;
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

function sexagesimal(digits: string): bigint {
  return digits.split(':').reduce((total, part) => total * 60n + BigInt(part), 0n);
}

function floatValue(text: string): number {
  const plain = text.replaceAll('_', '').toLowerCase();
  const sign = plain.startsWith('-') ? -1 : 1;
  const size = plain.replace(/^[-+]/, '');
  if (size === '.inf') return sign * Infinity;
  if (size === '.nan') return NaN;
  if (!size.includes(':')) return sign * Number(size);
  return sign * size.split(':').reduce((total, part) => total * 60 + Number(part), 0);
}

/** Python's `str` of the date or datetime; PyYAML keeps the offset of a timestamp that has one, and calls `Z` UTC. */
function timestamp(text: string): ScalarValue | undefined {
  const date = DATE.exec(text);
  // PyYAML wants two digits of a bare date, but one is enough before a time.
  if (date !== null) return /^\d{4}-\d\d-\d\d$/.test(text) ? { type: 'date', text } : undefined;
  const match = DATETIME.exec(text);
  if (match === null) return undefined;
  const [
    ,
    year = '',
    month = '',
    day = '',
    hour = '',
    minute = '',
    second = '',
    fraction = '',
    zone,
    sign,
    hours,
    minutes,
  ] = match;
  const two = (part: string | undefined): string => (part ?? '').padStart(2, '0');
  const micro = fraction.slice(0, 6).padEnd(6, '0');
  const offset = zone === undefined ? '' : zone === 'Z' ? '+00:00' : `${sign ?? '+'}${two(hours)}:${two(minutes)}`;
  const time = `${two(hour)}:${minute}:${second}${Number(micro) === 0 ? '' : `.${micro}`}`;
  return { type: 'datetime', text: `${year}-${two(month)}-${two(day)} ${time}${offset}` };
}
