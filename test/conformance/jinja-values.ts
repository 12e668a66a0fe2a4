import { getAttribute } from '../../server/src/render/python/attributes.ts';
import { callableOf } from '../../server/src/render/python/call.ts';
import { Decimal } from '../../server/src/render/python/decimal.ts';
import { dictOf, setOf } from '../../server/src/render/python/hash.ts';
import { iterate } from '../../server/src/render/python/iterate.ts';
import { strOf } from '../../server/src/render/python/strings.ts';
import { toText } from '../../server/src/render/python/text.ts';
import { typeName } from '../../server/src/render/python/type-name.ts';
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
} from '../../server/src/render/value.ts';
import type { CallContext, HostObject, Value } from '../../server/src/render/value.ts';

/** A value as the cases spell it in JSON. */
export type Encoded = null | boolean | number | string | readonly Encoded[] | { readonly [key: string]: Encoded };

const NO_CALL: CallContext = {
  call: callee => callee,
  site: { file: '', range: { start: 0, end: 0 }, frame: undefined },
  lookup: () => undefined,
};

/** Reads values of cases; dates need the `datetime` module that templates get. */
export class Decoder {
  private readonly datetime: Value;
  constructor(modules: Value) {
    this.datetime = getAttribute(modules, 'datetime');
  }

  decode(encoded: Encoded): Value {
    if (encoded === null || typeof encoded !== 'object') return encoded;
    if (Array.isArray(encoded)) return new List(encoded.map((item: Encoded) => this.decode(item)));
    const object = encoded as { readonly [key: string]: Encoded };
    const keys = Object.keys(object);
    const tag = keys[0];
    if (keys.length === 1 && tag?.startsWith('$') === true) return this.decodeTagged(tag, object[tag] ?? null);
    return Dict.fromStrings(keys.map(key => [key, this.decode(object[key] ?? null)] as const));
  }

  private decodeTagged(tag: string, content: Encoded): Value {
    switch (tag) {
      case '$float':
        return new Float(parseFloatText(spelled(content)));
      case '$int':
        return BigInt(spelled(content));
      case '$tuple':
        return new Tuple(this.items(content));
      case '$set':
        return setOf(this.items(content));
      case '$dict':
        return dictOf(this.items(content).map(pair => [item(pair, 0), item(pair, 1)] as const));
      case '$markup':
        return new Markup(spelled(content));
      case '$decimal':
        return Decimal.parse(spelled(content)) ?? fail(`no decimal: ${spelled(content)}`);
      case '$datetime':
        return this.iso('datetime', spelled(content));
      case '$date':
        return this.iso('date', spelled(content));
      case '$time':
        return this.iso('time', spelled(content));
      case '$timedelta':
        return this.make('timedelta', this.items(content));
      default:
        return fail(`a value of kind ${tag}`);
    }
  }

  private items(content: Encoded): Value[] {
    if (!Array.isArray(content)) return fail('a list is expected');
    return content.map((it: Encoded) => this.decode(it));
  }

  private iso(type: string, text: string): Value {
    return call(getAttribute(getAttribute(this.datetime, type), 'fromisoformat'), [text]);
  }

  private make(type: string, positional: Value[]): Value {
    return call(getAttribute(this.datetime, type), positional);
  }
}

const item = (value: Value, index: number): Value => (value instanceof List ? (value.items[index] ?? null) : null);

function call(callee: Value, positional: Value[]): Value {
  return callableOf(callee).invoke({ positional, named: new Map() }, NO_CALL);
}

/** The text of a value that is spelled as one. */
function spelled(content: Encoded): string {
  return typeof content === 'string' ? content : fail('a text is expected');
}

function fail(message: string): never {
  throw new Error(message);
}

function parseFloatText(text: string): number {
  if (text === 'inf') return Infinity;
  return text === '-inf' ? -Infinity : text === 'nan' ? NaN : Number(text);
}

/** Spells a value as the cases do. */
export function encode(value: Value): Encoded {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return encodeInt(value);
  if (value instanceof Float) return { $float: toText(value) };
  if (value instanceof Spanned || value instanceof Marked) return value.text;
  if (value instanceof Markup) return { $markup: value.text };
  if (value instanceof List) return value.items.map(encode);
  if (value instanceof Tuple) return { $tuple: value.items.map(encode) };
  if (value instanceof PySet) return { $set: [...value.entries.values()].map(encode) };
  if (value instanceof Dict) return encodeDict(value);
  if (value instanceof Undefined) return { $undefined: value.name ?? null };
  if (value instanceof Callable) return { $callable: value.name };
  return encodeHost(value);
}

function encodeInt(value: number | bigint): Encoded {
  return Number.isSafeInteger(Number(value)) ? Number(value) : { $int: String(value) };
}

function encodeDict(value: Dict): Encoded {
  const entries = [...value.entries.values()];
  const isPlain = entries.every(entry => strOf(entry.key) !== undefined && !(entries.length === 1 && toText(entry.key).startsWith('$')));
  if (!isPlain) return { $dict: entries.map(entry => [encode(entry.key), encode(entry.value)]) };
  return Object.fromEntries(entries.map(entry => [toText(entry.key), encode(entry.value)]));
}

function encodeHost(value: HostObject): Encoded {
  const type = typeName(value);
  if (type.endsWith('Decimal')) return { $decimal: toText(value) };
  if (type.endsWith('timedelta')) {
    return { $timedelta: ['days', 'seconds', 'microseconds'].map(part => encode(getAttribute(value, part))) };
  }
  const tag = { datetime: '$datetime', date: '$date', time: '$time' }[type.replace('datetime.', '')];
  if (tag !== undefined) return { [tag]: toText(call(getAttribute(value, 'isoformat'), [])) };
  return { [`$${type}`]: [...(value.iterate() === undefined ? [] : iterate(value))].map(encode) };
}
