import { pythonCodePoint } from '../../base/surrogate.ts';
import {
  Callable,
  Dict,
  Float,
  List,
  Marked,
  Markup,
  PySet,
  Spanned,
  Tuple,
  Undefined,
  type HostObject,
  type Value,
} from '../value.ts';
import { NamedTuple } from './named-tuple.ts';
import { floatText } from './float.ts';
import { intText } from './int.ts';
import { spend, spendOnText } from './meter.ts';

/** `str(value)`: what `{{ value }}` prints. */
export function toText(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'bigint') return intText(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value === null ? 'None' : objectText(value);
}

type ObjectValue = Exclude<Value, null | string | number | bigint | boolean>;

function objectText(value: ObjectValue): string {
  if (value instanceof Spanned || value instanceof Markup || value instanceof Marked) return value.text;
  if (value instanceof Undefined) return '';
  if (isHost(value)) return value.toText();
  return repr(value);
}

/** Whether the value brings its own text. */
function isHost(value: ObjectValue): value is HostObject {
  return 'toText' in value;
}

/** `repr(value)`: how the value prints inside a list. */
export function repr(value: Value): string {
  return reprWithin(value, []);
}

function reprWithin(value: Value, parents: object[]): string {
  spend(2);
  if (typeof value === 'string') {
    spendOnText(value.length);
    return reprText(value);
  }
  if (value === null || typeof value !== 'object') return toText(value);
  if (value instanceof List) return nested(value, parents, '[...]', () => `[${reprItems(value.items, parents)}]`);
  if (value instanceof Dict) return nested(value, parents, '{...}', () => `{${reprEntries(value, parents)}}`);
  if (value instanceof Float) return floatText(value.value);
  if (value instanceof Tuple) {
    if (value instanceof NamedTuple && value.shownAs !== undefined) return reprNamed(value, value.shownAs, parents);
    const tail = value.items.length === 1 ? ',' : '';
    return nested(value, parents, '(...)', () => `(${reprItems(value.items, parents)}${tail})`);
  }
  if (value instanceof Spanned || value instanceof Marked) return reprText(value.text);
  if (value instanceof PySet) {
    return value.entries.size === 0 ? 'set()' : `{${reprItems([...value.entries.values()], parents)}}`;
  }
  if (value instanceof Markup) return `Markup(${reprText(value.text)})`;
  if (value instanceof Undefined) return 'Undefined';
  return value instanceof Callable ? reprCallable(value) : value.repr();
}

/** A container inside itself prints as an ellipsis. */
function nested(value: object, parents: object[], ellipsis: string, print: () => string): string {
  if (parents.includes(value)) return ellipsis;
  parents.push(value);
  const text = print();
  parents.pop();
  return text;
}

const reprItems = (items: readonly Value[], parents: object[]): string =>
  items.map(item => reprWithin(item, parents)).join(', ');

function reprNamed(tuple: NamedTuple, type: string, parents: object[]): string {
  const parts = tuple.items.map((item, index) => `${tuple.names[index] ?? ''}=${reprWithin(item, parents)}`);
  return `${type}(${parts.join(', ')})`;
}

function reprEntries(dict: Dict, parents: object[]): string {
  const parts: string[] = [];
  for (const { key, value } of dict.entries.values()) {
    parts.push(`${reprWithin(key, parents)}: ${reprWithin(value, parents)}`);
  }
  return parts.join(', ');
}

function reprCallable(value: Callable): string {
  if (value.typeName === 'Macro') return value.name === '' ? '<Macro anonymous>' : `<Macro ${reprText(value.name)}>`;
  if (value.typeName === 'type') return `<class '${value.name}'>`;
  return value.typeName === 'builtin_function_or_method'
    ? `<built-in method ${value.name}>`
    : `<function ${value.name}>`;
}

/** Characters that Python's `repr` shows as escapes: all that are not printable, and the backslash. */
const escaped = /[\\\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** `repr` of a str: single quotes, unless the text has those and no double ones. */
export function reprText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  if (/^[ !#-&(-[\]-~]*$/.test(text)) return `${quote}${text}${quote}`;
  const body = text.replace(escaped, escapeCharacter);
  return quote === '"' ? `"${body}"` : `'${body.replaceAll("'", "\\'")}'`;
}

function escapeCharacter(character: string): string {
  switch (character) {
    case '\\':
      return '\\\\';
    case '\n':
      return '\\n';
    case '\r':
      return '\\r';
    case '\t':
      return '\\t';
    default: {
      const code = pythonCodePoint(character.codePointAt(0) ?? 0);
      const hex = code.toString(16);
      if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
      return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
    }
  }
}

/** `ascii(value)`: the repr with everything beyond ASCII escaped. */
export function asciiRepr(value: Value): string {
  return repr(value).replace(/[^\x20-\x7e]/gu, escapeCharacter);
}
