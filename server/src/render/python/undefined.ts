import { Undefined, type UndefinedFlavour, type Value } from '../value.ts';
import { repr, toText } from './text.ts';
import { objectTypeRepr, typeName } from './type-name.ts';

/** The undefined that a name without a value gives. */
export function undefinedName(name: string, flavour: UndefinedFlavour): Undefined {
  return new Undefined(`${repr(name)} is undefined`, name, flavour);
}

/** The undefined with a message of its own. */
export function undefinedHint(hint: string, flavour: UndefinedFlavour): Undefined {
  return new Undefined(hint, undefined, flavour);
}

/** The undefined that a failed lookup of an attribute or item gives. */
export function undefinedMember(object: Value, key: Value, flavour: UndefinedFlavour): Undefined {
  const name = toText(key);
  // dbt's parse-time undefined forgets the object it was looked up in.
  if (flavour === 'capturing') return new Undefined(`${repr(key)} is undefined`, name, flavour);
  const what = objectTypeRepr(object);
  const message =
    typeof key === 'string' ? `${repr(what)} has no attribute ${repr(key)}` : `${what} has no element ${repr(key)}`;
  return new Undefined(message, name, flavour);
}

/** The undefined that an attribute gives which the sandbox does not hand out. */
export function undefinedUnsafe(object: Value, name: string, flavour: UndefinedFlavour): Undefined {
  const type = typeName(object);
  const message = `access to attribute ${repr(name)} of ${repr(type.slice(type.lastIndexOf('.') + 1))} object is unsafe.`;
  return new Undefined(message, name, flavour, flavour === 'capturing' ? 'UndefinedError' : 'SecurityError');
}
