import {
  Callable,
  Dict,
  Float,
  HostObject,
  List,
  Marked,
  Markup,
  PySet,
  Spanned,
  Tuple,
  Undefined,
  type UndefinedFlavour,
  type Value,
} from '../value.ts';
import { failUndefined } from './error.ts';
import { bindOne } from './arguments.ts';
import { builtinFunction } from './methods/method-table.ts';
import { formatMap, formatText, type FieldLookup } from './str-format.ts';
import { dictAttribute } from './methods/dict.ts';
import { floatAttribute, intAttribute } from './methods/number.ts';
import { hashKey, isUnhashable } from './hash.ts';
import { listAttribute, tupleAttribute } from './methods/list.ts';
import { markupAttribute } from './methods/markup.ts';
import { NamedTuple } from './named-tuple.ts';
import { setAttribute } from './methods/set.ts';
import { strAttribute } from './methods/str.ts';
import { hasUnderscored } from './underscored.ts';
import { PyIterator } from './iterate.ts';
import { characters, codePointLength, strOf } from './strings.ts';
import { typeName } from './type-name.ts';
import { undefinedMember, undefinedUnsafe } from './undefined.ts';

/** `value.name` as Jinja's sandbox answers it: the attribute, then the item, then an undefined of the flavour. */
export function getAttribute(value: Value, name: string, flavour: UndefinedFlavour = 'default'): Value {
  if (value instanceof Undefined) return undefinedAttribute(value, name, flavour);
  const attribute = attributeOf(value, name, flavour);
  if (attribute !== undefined) return name.startsWith('_') ? undefinedUnsafe(value, name, flavour) : attribute;
  if (isInternal(value, name)) return undefinedUnsafe(value, name, flavour);
  const item = itemOf(value, name);
  return item === undefined ? undefinedMember(value, name, flavour) : item;
}

/** `value[key]` as Jinja's sandbox answers it: the item, then the attribute of that name, then an undefined. */
export function getItem(value: Value, key: Value, flavour: UndefinedFlavour = 'default'): Value {
  if (value instanceof Undefined) {
    return value.flavour === 'capturing' ? value : failUndefined(value);
  }
  const item = itemOf(value, key);
  if (item !== undefined) return item;
  const name = strOf(key);
  if (name !== undefined) {
    const attribute = attributeOf(value, name, flavour);
    if (isInternal(value, name) || (attribute !== undefined && name.startsWith('_'))) {
      return undefinedUnsafe(value, name, flavour);
    }
    if (attribute !== undefined) return attribute;
  }
  return undefinedMember(value, key instanceof Spanned ? key.text : key, flavour);
}

/** Whether Python has an attribute of that name which the sandbox refuses. */
function isInternal(value: Value, name: string): boolean {
  if (name.startsWith('_')) return hasUnderscored(value, name);
  if (name === 'mro') return value !== null && typeof value === 'object' && typeName(value) === 'type';
  return (name === 'gi_frame' || name === 'gi_code') && value instanceof PyIterator && value.typeName === 'generator';
}

/**
 * Python's `getattr(value, name)` for names without a leading underscore; `undefined` when there is none. What a format
 * does not find in its fields is an undefined of the flavour.
 */
export function attributeOf(value: Value, name: string, flavour: UndefinedFlavour = 'default'): Value | undefined {
  if (typeof value === 'string') return textAttribute(value, name, flavour);
  if (typeof value === 'number' || typeof value === 'bigint') return intAttribute(value, name);
  if (typeof value === 'boolean') return intAttribute(value ? 1 : 0, name);
  return value === null ? undefined : objectAttribute(value, name, flavour);
}

function objectAttribute(
  value: Exclude<Value, null | string | number | bigint | boolean>,
  name: string,
  flavour: UndefinedFlavour,
): Value | undefined {
  if (value instanceof Dict) return dictAttribute(value, name);
  if (value instanceof HostObject) return value.attribute(name);
  if (value instanceof List) return listAttribute(value, name);
  if (value instanceof Spanned || value instanceof Marked) return textAttribute(value, name, flavour);
  if (value instanceof Callable) return value.attributes.get(name);
  if (value instanceof Tuple) {
    const named = value instanceof NamedTuple ? value.named(name) : undefined;
    return named === undefined ? tupleAttribute(value, name) : named;
  }
  if (value instanceof PySet) return setAttribute(value, name);
  if (value instanceof Float) return floatAttribute(value.value, name);
  if (!(value instanceof Markup)) return undefined;
  return formatMethod(value, name, flavour) ?? markupAttribute(value, name);
}

/**
 * The sandbox formats by its own rules: the fields of a format go through the same doors as the template's, and what
 * is made is of the class of the format.
 */
function formatMethod(
  format: string | Spanned | Marked | Markup,
  name: string,
  flavour: UndefinedFlavour,
): Callable | undefined {
  if (name !== 'format' && name !== 'format_map') return undefined;
  const fields: FieldLookup = {
    attribute: (value, attribute) => getAttribute(value, attribute, flavour),
    item: (value, key) => getItem(value, key, flavour),
  };
  const text = typeof format === 'string' ? format : format.text;
  const options = { escape: format instanceof Markup };
  return builtinFunction(name, args => {
    const made =
      name === 'format'
        ? formatText(text, args, fields, options)
        : formatMap(text, bindOne('format_map', args), fields, options);
    if (format instanceof Markup) return new Markup(made);
    return format instanceof Marked ? new Marked(made, format.mark) : made;
  });
}

const textAttribute = (value: string | Spanned | Marked, name: string, flavour: UndefinedFlavour): Value | undefined =>
  strAttribute(typeof value === 'string' ? value : value.text, name) ?? formatMethod(value, name, flavour);

/** Python's `value[key]`; `undefined` where it raises KeyError, IndexError or TypeError. */
export function itemOf(value: Value, key: Value): Value | undefined {
  if (value instanceof Dict) return isUnhashable(key) ? undefined : dictItem(value, key);
  if (value instanceof List || value instanceof Tuple) return indexed(value.items, key);
  const text = strOf(value);
  if (text !== undefined) {
    const character = characterAt(text, key);
    return character !== undefined && value instanceof Markup ? new Markup(character) : character;
  }
  return value instanceof HostObject ? value.item(key) : undefined;
}

function dictItem(dict: Dict, key: Value): Value | undefined {
  if (typeof key === 'string') return dict.getString(key);
  if (key instanceof Tuple && key.items.some(isUnhashable)) return undefined;
  return dict.entries.get(hashKey(key))?.value;
}

function indexed(items: readonly Value[], key: Value): Value | undefined {
  const index = typeof key === 'boolean' ? Number(key) : key;
  if (typeof index !== 'number') return undefined;
  return items[index < 0 ? index + items.length : index];
}

function characterAt(text: string, key: Value): string | undefined {
  const index = typeof key === 'boolean' ? Number(key) : key;
  if (typeof index !== 'number') return undefined;
  return characters(text)[index < 0 ? index + codePointLength(text) : index];
}

/** dbt's parse-time undefined has a few attributes of its own and answers every other with an undefined. */
function undefinedAttribute(value: Undefined, name: string, flavour: UndefinedFlavour): Value {
  if (name.startsWith('_')) {
    if (hasUnderscored(value, name)) return undefinedUnsafe(value, name, flavour);
    if (value.flavour === 'capturing') return /^__.*__$/.test(name) ? value : undefinedUnsafe(value, name, flavour);
    return failUndefined(value);
  }
  if (value.flavour !== 'capturing') return failUndefined(value);
  switch (name) {
    case 'name':
      return value.name ?? null;
    case 'hint':
    case 'node':
      return null;
    case 'unsafe_callable':
    case 'alters_data':
      return false;
    default:
      return new Undefined(`'${name}' is undefined`, name, 'capturing');
  }
}
