import { Undefined, type UndefinedFlavour, type Value } from '../../value.ts';
import { getItem } from '../attributes.ts';
import { parseInt } from '../int.ts';
import { strOf } from '../strings.ts';

/** What filters do with an item before they compare it. */
export type Getter = (item: Value) => Value;

/** A getter of an attribute given as Jinja's filters take it: a dotted path, an index, or None for the item itself. */
export function attributeGetter(
  attribute: Value,
  flavour: UndefinedFlavour,
  options: { readonly default?: Value; readonly after?: Getter } = {},
): Getter {
  const parts = pathParts(attribute);
  const fallback = options.default ?? null;
  return item => {
    let value = item;
    for (const part of parts) {
      value = getItem(value, part, flavour);
      if (fallback !== null && value instanceof Undefined) value = fallback;
    }
    return options.after === undefined ? value : options.after(value);
  };
}

/** The parts of several paths, separated by commas: the sort filter's attribute. */
export function pathsOf(attribute: Value): readonly Value[] {
  const text = strOf(attribute);
  return text === undefined ? [attribute] : text.split(',');
}

function pathParts(attribute: Value): readonly Value[] {
  if (attribute === null) return [];
  const text = strOf(attribute);
  if (text === undefined) return [attribute];
  return text.split('.').map(part => (/^\p{Nd}+$/u.test(part) ? (parseInt(part) ?? part) : part));
}

/** What case-insensitive filters compare: the lower case of a text, any other value itself. */
export function ignoreCase(value: Value): Value {
  return strOf(value)?.toLowerCase() ?? value;
}
